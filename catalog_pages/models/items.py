"""The copies that stand on the shelves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.records import HEADING_LENGTH, Record
from catalog_pages.querysets import ItemQuerySet
from catalog_pages.shelf_order import LONGEST_SHELF_KEY


class Item(models.Model):
    """One copy of a record, held by a branch."""

    class Status(models.TextChoices):
        AVAILABLE = "available", _("Available")
        ON_LOAN = "on_loan", _("On loan")
        IN_TRANSIT = "in_transit", _("On its way to another library")
        PROCESSING = "processing", _("Being prepared for the shelf")
        REPAIR = "repair", _("Being bound or repaired")
        MISSING = "missing", _("Not found at the count")
        LOST = "lost", _("Lost")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFERENCE = "reference", _("For reading in the library")

    class Store(models.TextChoices):
        """Two stores are kept and counted apart (A22, A27)."""

        LIBRARY = "library", _("Library store")
        CHILDREN = "children", _("Children's store")

    class LoanClass(models.TextChoices):
        NORMAL = "normal", _("Lent")
        SHORT = "short", _("Short loan")
        IN_HOUSE = "in_house", _("In the library only")
        RARE = "rare", _("Rare or valuable, not lent")

    GONE = (Status.MISSING, Status.LOST, Status.WITHDRAWN)
    LENT = (LoanClass.NORMAL, LoanClass.SHORT)
    ON_SHELF = (Status.AVAILABLE, Status.REFERENCE)

    record = models.ForeignKey(Record, models.CASCADE, related_name="items", db_index=False)
    branch = models.ForeignKey("library.Branch", models.PROTECT, related_name="items", db_index=False)
    barcode = models.CharField(_("barcode"), max_length=60, unique=True, null=True, blank=True)
    call_number = models.CharField(_("call number"), max_length=HEADING_LENGTH, blank=True)
    # The record's, so that the shelf of one library can be walked as fast as that of all.
    shelf_key = models.CharField(max_length=LONGEST_SHELF_KEY, editable=False, blank=True, default="")
    shelf = models.CharField(_("shelf"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.AVAILABLE)
    available = models.BooleanField(_("available now"), default=True, db_index=True)
    # Follows from loan class, status and legal deposit; see catalog_pages.services.new_item.
    loanable = models.BooleanField(_("lent"), default=True)
    store = models.CharField(_("store"), max_length=8, choices=Store.choices, default=Store.LIBRARY)
    loan_class = models.CharField(
        _("loan class"), max_length=8, choices=LoanClass.choices, default=LoanClass.NORMAL
    )
    is_legal_deposit = models.BooleanField(
        _("legal deposit"), default=False, help_text=_("Read in the library only, never weeded (A27, A45).")
    )
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)
    shelved_on = models.DateField(_("on the shelf since"), null=True, blank=True)
    accession_number = models.CharField(_("accession number"), max_length=60, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    accession = models.ForeignKey(
        "catalog_pages.Accession", models.PROTECT, null=True, blank=True, related_name="items",
        verbose_name=_("accession"), db_index=False,
    )  # fmt: skip

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(available=False) | Q(status__in=["available", "reference"]),
                name="item_available_stands_on_shelf",
            ),
            models.CheckConstraint(
                condition=Q(barcode__isnull=True) | ~Q(barcode=""), name="item_barcode_not_empty"
            ),
        ]
        indexes = [
            # Covers the counting of items per record and branch on a page of results.
            models.Index(fields=["record", "status", "branch", "available"], name="item_availability"),
            models.Index(fields=["branch", "shelf_key", "record"], name="item_shelf"),
            # What came in when, in all libraries or in one: new arrivals and lists of acquisitions.
            models.Index(
                fields=["arrived_on", "record", "branch"],
                name="item_arrived",
                condition=Q(arrived_on__isnull=False),
            ),
            # Staff look copies up by the beginnings of their numbers; see catalog_pages.items.finding.
            models.Index(
                fields=["accession_number"], opclasses=["varchar_pattern_ops"], name="item_accession_number"
            ),
            models.Index(fields=["call_number"], opclasses=["varchar_pattern_ops"], name="item_call_number"),
            models.Index(fields=["status", "branch"], name="item_status"),
            # Of half a million imported copies none has an entry in the register.
            models.Index(
                fields=["accession"], condition=Q(accession__isnull=False), name="item_of_accession"
            ),
            models.Index(
                fields=["arrived_on"],
                condition=Q(arrived_on__isnull=False, shelved_on__isnull=True),
                name="item_waits_for_shelf",
            ),
        ]

    def __str__(self) -> str:
        return self.barcode or self.call_number or str(self.pk)
