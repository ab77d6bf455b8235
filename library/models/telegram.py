"""Posts in the library's channel in Telegram."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models.images import PortalImage


class PostState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")


class TelegramPost(models.Model):
    """One thing announced once: the key says what, and is never posted twice."""

    key = models.CharField(_("key"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"))
    picture = models.ForeignKey(
        PortalImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=PostState.choices, default=PostState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    next_try = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    message = models.CharField(_("number in the channel"), max_length=40, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("post in Telegram")
        verbose_name_plural = _("posts in Telegram")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try"], name="library_telegram_due")]

    def __str__(self) -> str:
        return self.title
