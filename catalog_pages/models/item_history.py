"""What happened to a copy: its events, and its ways from library to library. Readers are never named here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.items import Item


class ItemEvent(models.Model):
    """One thing that happened to a copy. ``data`` holds plain values: what was before, what is after, why."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        STATUS = "status", _("Status")
        SENT = "sent", _("Sent")
        RECEIVED = "received", _("Received")
        LOST = "lost", _("Lost on the way")
        CALLED_BACK = "called_back", _("Not sent after all")

    item = models.ForeignKey(Item, models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event of an item")
        verbose_name_plural = _("events of items")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["item", "id"], name="item_event_of_item")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class ItemMove(models.Model):
    """A copy's way from one library to another: under way until it is received, lost or called back."""

    class Outcome(models.TextChoices):
        RECEIVED = "received", _("Received")
        LOST = "lost", _("Lost on the way")
        CALLED_BACK = "called_back", _("Not sent after all")

    item = models.ForeignKey(Item, models.CASCADE, related_name="moves")
    from_branch = models.ForeignKey(
        "library.Branch", models.PROTECT, related_name="+", verbose_name=_("from")
    )
    to_branch = models.ForeignKey("library.Branch", models.PROTECT, related_name="+", verbose_name=_("to"))
    # What the copy returns to where it arrives.
    status_before = models.CharField(
        max_length=12, choices=Item.Status.choices, default=Item.Status.AVAILABLE
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True, default="")

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(outcome=""), name="item_is_on_one_way_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["to_branch", "id"], condition=Q(outcome=""), name="move_expected"),
            models.Index(fields=["from_branch", "id"], condition=Q(outcome=""), name="move_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.from_branch} → {self.to_branch}"
