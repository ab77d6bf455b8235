"""What is amiss in records, found behind the writes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.records import Record


class Finding(models.Model):
    """Something that a librarian should look at in a record; kept by catalog_pages.quality.findings."""

    class Kind(models.TextChoices):
        CAPITALS = "capitals", _("Written wholly in capitals")
        NO_TITLE = "no_title", _("No title")
        NO_LANGUAGE = "no_language", _("No language")
        NO_ISBN = "no_isbn", _("Book since 1970 without ISBN")
        YEAR = "year", _("Impossible year")
        CLASS_NUMBER = "class_number", _("Class number outside the scheme")
        UNLINKED = "unlinked", _("Heading without an authority")
        BARCODE = "barcode", _("Barcode that another item has")
        NO_ITEMS = "no_items", _("No items")

    DETAIL_LENGTH = 200

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="findings", db_index=False, verbose_name=_("record")
    )
    kind = models.CharField(_("What is amiss"), max_length=12, choices=Kind.choices)
    detail = models.CharField(_("value"), max_length=DETAIL_LENGTH, blank=True, default="")

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [models.UniqueConstraint(fields=["record", "kind"], name="finding_once")]
        indexes = [models.Index(fields=["kind", "record"], name="finding_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.detail}" if self.detail else str(self.get_kind_display())
