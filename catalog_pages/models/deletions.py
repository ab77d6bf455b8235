"""What remains of deleted records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeletedRecord(models.Model):
    """What remains of a record that was deleted, for those who have fetched it: its number, when, its sets.

    Written by catalog_pages.deletions.
    """

    record_id = models.BigIntegerField(primary_key=True)
    deleted_at = models.DateTimeField()
    sets = models.TextField(default=" ")  # between blanks, so that one is found whole

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("deleted records")
        indexes = [models.Index(fields=["deleted_at", "record_id"], name="record_deleted")]

    def __str__(self) -> str:
        return str(self.record_id)

    @property
    def set_list(self) -> list[str]:
        """The sets it was in."""
        return self.sets.split()
