"""What is counted, by day, branch and kind. Nothing here tells who did it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.models.branches import Branch


class DailyCount(models.Model):
    """How often something happened on one day, at one branch (or nowhere in particular), of one kind."""

    day = models.DateField(_("day"))
    name = models.CharField(_("what"), max_length=60)
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("library")
    )
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    count = models.PositiveBigIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts by day")
        constraints = [
            # An empty branch differs from every other empty one, so it needs a constraint of its own.
            models.UniqueConstraint(
                fields=["name", "day", "branch", "kind"],
                condition=models.Q(branch__isnull=False),
                name="daily_count_once_a_branch",
            ),
            models.UniqueConstraint(
                fields=["name", "day", "kind"],
                condition=models.Q(branch__isnull=True),
                name="daily_count_once_nowhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name} {self.kind}: {self.count}"


class SearchedWords(models.Model):
    """What readers search for, without who does.

    Until five different days have asked for the same words, there is only a code made from them, which leads back to
    nothing; what only one person would type never stands here in words.
    """

    key = models.CharField(_("code"), max_length=64, unique=True)
    words = models.CharField(_("words"), max_length=100, blank=True)
    days = models.PositiveIntegerField(_("different days"), default=1)
    last_day = models.DateField(_("last searched"), db_index=True)
    count = models.PositiveBigIntegerField(_("searches"), default=0)
    without_hits = models.PositiveBigIntegerField(_("found nothing"), default=0)

    class Meta:
        verbose_name = _("searched words")
        verbose_name_plural = _("searched words")
        indexes = [
            models.Index(fields=["-count"], condition=~models.Q(words=""), name="searched_words_often"),
        ]

    def __str__(self) -> str:
        return self.words or "…"
