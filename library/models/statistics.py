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
