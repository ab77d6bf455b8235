"""Proposals to take copies out of the register, and what became of them (A27)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.items import Item
from catalog_pages.models.records import HEADING_LENGTH
from catalog_pages.models.stocktaking import CopiedItem


class WeedingList(models.Model):
    """A list of copies proposed for weeding by a commission, decided by somebody else than who proposed it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        WRITING_OFF = "writing", _("Being written off")
        WRITTEN_OFF = "done", _("Written off")
        REFUSED = "refused", _("Refused")

    branch = models.ForeignKey(
        "library.Branch", models.PROTECT, related_name="weeding_lists", verbose_name=_("library")
    )
    name = models.CharField(_("name"), max_length=HEADING_LENGTH)
    commission = models.JSONField(_("commission"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    created_on = models.DateField(_("begun on"), default=timezone.localdate)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("drawn up by")
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decision_note = models.TextField(_("reason of the decision"), blank=True)
    written_off_at = models.DateTimeField(_("written off"), null=True, blank=True)

    class Meta:
        verbose_name = _("weeding list")
        verbose_name_plural = _("weeding lists")
        ordering = ["-pk"]
        permissions = [("approve_weeding", _("Can approve weeding"))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class WeedingEntry(CopiedItem):
    """One copy of a list, with its reason. It stands on one undecided list at a time."""

    class Reason(models.TextChoices):
        WORN = "worn", _("Worn or damaged")
        OUTDATED = "outdated", _("Outdated")
        SURPLUS = "surplus", _("Too many copies")
        LOST = "lost", _("Lost")
        OTHER = "other", _("Other reason")

    weeding_list = models.ForeignKey(WeedingList, models.CASCADE, related_name="entries", db_index=False)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="weeding_entries")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=HEADING_LENGTH, blank=True)
    # False once the list is refused or the copy written off: then it may stand on another list.
    is_pending = models.BooleanField(default=True, editable=False)
    written_off_at = models.DateTimeField(_("written off"), null=True, blank=True)
    obstacle = models.CharField(_("why not written off"), max_length=HEADING_LENGTH, blank=True)

    class Meta:
        verbose_name = _("entry of a weeding list")
        verbose_name_plural = _("entries of weeding lists")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["weeding_list", "item"], name="weeding_entry_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_pending=True), name="weeding_item_on_one_list"
            ),
        ]
        indexes = [models.Index(fields=["weeding_list", "id"], name="weeding_entry_walk")]

    def __str__(self) -> str:
        return self.title or self.barcode
