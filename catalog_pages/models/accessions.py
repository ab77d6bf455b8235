"""The accession register (A22), and the numbers that are given one after the other."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.items import Item

DAYS_TO_ACCOUNTING = 10


class NumberSeries(models.Model):
    """Numbers given one after the other: of copies, of the register, of barcodes.

    For one library and store, for one library, for a store of all libraries, or for all: the narrowest is used.
    """

    class Kind(models.TextChoices):
        ITEM = "item", _("Accession numbers of items")
        ACCESSION = "accession", _("Numbers of the accession register")
        BARCODE = "barcode", _("Barcodes")

    kind = models.CharField(_("of what"), max_length=10, choices=Kind.choices)
    branch = models.ForeignKey(
        "library.Branch", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("library"),
        help_text=_("Empty: for all libraries together."),
    )  # fmt: skip
    store = models.CharField(
        _("store"), max_length=8, choices=Item.Store.choices, blank=True, default="",
        help_text=_("Empty: for both stores together."),
    )  # fmt: skip
    prefix = models.CharField(
        _("begins with"), max_length=20, blank=True, default="", help_text=_("For example the year: 2026/")
    )
    digits = models.PositiveSmallIntegerField(
        _("digits"), default=1, validators=[MaxValueValidator(18)],
        help_text=_("Shorter numbers get zeros before them."),
    )  # fmt: skip
    last = models.PositiveBigIntegerField(
        _("last number given"), default=0, validators=[MaxValueValidator(10**17)]
    )

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        ordering = ["kind", "branch", "store"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "branch", "store"],
                name="number_series_once",
                violation_error_message=_("There is such a series already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "store"],
                condition=Q(branch=None),
                name="number_series_of_all_once",
                violation_error_message=_("There is such a series already."),
            ),
        ]

    def __str__(self) -> str:
        place = str(self.branch) if self.branch_id else ""
        return ", ".join(filter(None, [str(self.get_kind_display()), place, str(self.get_store_display())]))

    def number(self, value: int) -> str:
        """A value as it is written."""
        return f"{self.prefix}{value:0{self.digits}d}"

    def value(self, number: str) -> int | None:
        """The value of a number of this series; None for any other text."""
        rest = number.removeprefix(self.prefix)
        is_ours = number.startswith(self.prefix) and rest.isascii() and rest.isdecimal() and len(rest) < 18
        return int(rest) if is_ours else None


class Accession(models.Model):
    """One entry of the register: what came into a store at once, from where, by which paper."""

    class Source(models.TextChoices):
        PURCHASE = "purchase", _("Purchase")
        TRANSFER = "transfer", _("Transfer from another library")
        SENT = "sent", _("Sent by the ministry")
        GIFT = "gift", _("Gift")
        SURPLUS = "surplus", _("Surplus found at the count")

    # Without a paper that names the price, a commission sets the value.
    BY_COMMISSION = (Source.GIFT, Source.SURPLUS)

    number = models.CharField(_("number"), max_length=60)
    branch = models.ForeignKey(
        "library.Branch", models.PROTECT, related_name="accessions", verbose_name=_("library"), db_index=False
    )
    store = models.CharField(_("store"), max_length=8, choices=Item.Store.choices, default=Item.Store.LIBRARY)
    date = models.DateField(_("date"), default=timezone.localdate)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.PURCHASE)
    supplier = models.CharField(_("supplier or giver"), max_length=255, blank=True)
    document_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    commission = models.CharField(
        _("minutes of the commission"), max_length=255, blank=True,
        help_text=_("For gifts without a price: number and date of the minutes that set the value."),
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True)
    sent_to_accounting_on = models.DateField(_("receipt sent to accounting"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("accession")
        verbose_name_plural = _("accessions")
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "store", "number"],
                name="accession_number_once",
                violation_error_message=_("This number stands in the register already."),
            )
        ]
        indexes = [
            models.Index(fields=["date", "id"], name="accession_date"),
            models.Index(
                fields=["date", "id"],
                condition=Q(sent_to_accounting_on=None, source="purchase"),
                name="accession_due",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def due_on(self) -> date | None:
        """The day by which the receipt of a purchase must be with accounting; None when it is, or need not be."""
        if self.source != self.Source.PURCHASE or self.sent_to_accounting_on:
            return None
        return self.date + timedelta(days=DAYS_TO_ACCOUNTING)

    @property
    def is_late(self) -> bool:
        due = self.due_on
        return due is not None and due < timezone.localdate()
