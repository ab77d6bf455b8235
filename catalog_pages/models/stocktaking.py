"""The count of a library's store: what was scanned, what moved meanwhile, what is missing (A27)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.items import Item
from catalog_pages.models.records import HEADING_LENGTH

BARCODE_LENGTH = 60


class CopiedItem(models.Model):
    """What lists and minutes say of a copy, written down: they stay readable when the copy is gone."""

    barcode = models.CharField(_("barcode"), max_length=BARCODE_LENGTH, blank=True)
    accession_number = models.CharField(_("accession number"), max_length=60, blank=True)
    call_number = models.CharField(_("call number"), max_length=HEADING_LENGTH, blank=True)
    title = models.CharField(_("title"), max_length=HEADING_LENGTH, blank=True)
    author = models.CharField(_("author"), max_length=HEADING_LENGTH, blank=True)
    year = models.IntegerField(_("year"), null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    status_before = models.CharField(_("status before"), max_length=12, choices=Item.Status.choices)

    class Meta:
        abstract = True

    @classmethod
    def columns_of(cls, item: Item) -> dict[str, Any]:
        """The columns for one copy, whose record must be loaded."""
        return {
            "barcode": item.barcode or "",
            "accession_number": item.accession_number,
            "call_number": item.call_number,
            "title": item.record.title[:HEADING_LENGTH],
            "author": item.record.author[:HEADING_LENGTH],
            "year": item.record.year,
            "price": item.price,
            "status_before": item.status,
        }


class Stocktaking(models.Model):
    """One count of a branch's store, or of a part of it; several people scan, on as many days as they need."""

    class State(models.TextChoices):
        OPEN = "open", _("Being counted")
        CLOSING = "closing", _("The lists are being made")
        COUNTED = "counted", _("Counted, not yet approved")
        APPROVING = "approving", _("Being written into the register")
        APPROVED = "approved", _("Approved")
        CANCELLED = "cancelled", _("Cancelled")

    UNFINISHED = (State.OPEN, State.CLOSING, State.COUNTED, State.APPROVING)

    branch = models.ForeignKey(
        "library.Branch", models.PROTECT, related_name="stocktakings", verbose_name=_("library")
    )
    store = models.CharField(_("store"), max_length=8, choices=Item.Store.choices, default=Item.Store.LIBRARY)
    shelf = models.CharField(_("shelf"), max_length=100, blank=True)
    class_scheme = models.CharField(_("class scheme"), max_length=8, blank=True)
    class_from = models.CharField(_("from class number"), max_length=100, blank=True)
    class_to = models.CharField(_("to class number"), max_length=100, blank=True)
    # Of the classes above: in these bounds lie the shelf keys of the copies to be counted.
    key_from = models.CharField(max_length=160, editable=False, blank=True, default="")
    key_to = models.CharField(max_length=160, editable=False, blank=True, default="")
    # Names and offices, as typed: [{"name": …, "office": …}].
    commission = models.JSONField(_("commission"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    started_on = models.DateField(_("begun on"), default=timezone.localdate)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("opened by")
    )
    # Copies that came later are not expected.
    last_item = models.BigIntegerField(editable=False, default=0)
    closed_at = models.DateTimeField(_("counted until"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    # What the minutes count, by kind and by class; see catalog_pages.stocktaking.tally.
    totals = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("stocktaking")
        verbose_name_plural = _("stocktakings")
        ordering = ["-pk"]
        permissions = [("approve_stocktaking", _("Can approve a stocktaking"))]
        indexes = [models.Index(fields=["state", "branch"], name="stocktaking_state")]

    def __str__(self) -> str:
        return f"{self.branch}, {self.get_store_display()}, {self.started_on:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Scan(models.Model):
    """One thing found at a count. What was undone stays: its sender may send it again and must hear the same."""

    class Verdict(models.TextChoices):
        COUNTED = "counted", _("Counted")
        FOUND = "found", _("Counted: it was missing")
        ON_LOAN = "loan", _("Counted: on loan by our data, but here")
        AWAY = "away", _("Counted: by our data it is not on the shelf")
        OTHER_BRANCH = "branch", _("Belongs to another library")
        OTHER_STORE = "store", _("Belongs to the other store")
        OTHER_PLACE = "place", _("Belongs to another shelf")
        WRITTEN_OFF = "gone", _("Withdrawn or lost by our data")
        UNKNOWN = "unknown", _("Unknown barcode")

    OF_THIS_STORE = (Verdict.COUNTED, Verdict.FOUND, Verdict.ON_LOAN, Verdict.AWAY)
    BY_DATA_ELSEWHERE = (Verdict.ON_LOAN, Verdict.AWAY)
    MISPLACED = (Verdict.OTHER_BRANCH, Verdict.OTHER_STORE, Verdict.OTHER_PLACE)
    SURPLUS = (Verdict.UNKNOWN, Verdict.WRITTEN_OFF)

    stocktaking = models.ForeignKey(Stocktaking, models.CASCADE, related_name="scans", db_index=False)
    # Given by the sender, so that a list sent twice is counted once.
    client_id = models.UUIDField(default=uuid.uuid4)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    # The copy's own barcode where it is known; else what was scanned.
    barcode = models.CharField(_("barcode"), max_length=BARCODE_LENGTH)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    title = models.CharField(_("title"), max_length=HEADING_LENGTH, blank=True)
    shelf = models.CharField(_("counted at shelf"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=HEADING_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["stocktaking", "client_id"], name="scan_sent_once"),
            models.UniqueConstraint(
                fields=["stocktaking", "item"], condition=Q(undone=False), name="scan_item_once"
            ),
            models.UniqueConstraint(
                fields=["stocktaking", "barcode"], condition=Q(undone=False), name="scan_barcode_once"
            ),
        ]
        indexes = [
            # Cover progress by verdict, person and shelf; the second also finds a person's last scans.
            models.Index(fields=["stocktaking", "undone", "verdict", "id"], name="scan_verdict"),
            models.Index(fields=["stocktaking", "undone", "by", "id"], name="scan_person"),
            models.Index(fields=["stocktaking", "undone", "shelf"], name="scan_shelf"),
        ]

    def __str__(self) -> str:
        return self.barcode


class MovedItem(models.Model):
    """A copy that went out, came back or arrived while its store was counted: not missing, if nobody scanned it."""

    stocktaking = models.ForeignKey(Stocktaking, models.CASCADE, related_name="moved", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["stocktaking", "item"], name="moved_item_once")]

    def __str__(self) -> str:
        return str(self.item_id)


class MissingItem(CopiedItem):
    """A copy that should have stood on the shelf and was not found."""

    stocktaking = models.ForeignKey(Stocktaking, models.CASCADE, related_name="missing", db_index=False)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    shelf_key = models.CharField(max_length=160, blank=True, default="")
    found_at = models.DateTimeField(_("found again"), null=True, blank=True)

    class Meta:
        verbose_name = _("missing item")
        verbose_name_plural = _("missing items")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["stocktaking", "item"], name="missing_item_once")]
        indexes = [models.Index(fields=["stocktaking", "id"], name="missing_item_walk")]

    def __str__(self) -> str:
        return self.title or self.barcode
