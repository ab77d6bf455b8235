"""Records under the entries of the authority file that their names and subjects mean."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.records import Record
from library.models.authorities import HEADING_LENGTH


class RecordAuthority(models.Model):
    """One heading of a record and the entry it means; kept by catalog_pages.authorities.linking, never by hand.

    ``position`` is its place among the record's authors or subjects, ``heading`` the part that was linked, as the
    record came with it, ``subdivision`` what followed behind the dash.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        SUBJECT = "subject", _("Subject")

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="authority_links", db_index=False, verbose_name=_("record")
    )
    authority = models.ForeignKey(
        "library.Authority",
        models.PROTECT,
        related_name="record_links",
        db_index=False,
        verbose_name=_("authority"),
    )
    role = models.CharField(_("role"), max_length=7, choices=Role.choices)
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=HEADING_LENGTH)
    subdivision = models.TextField(_("subdivision"), blank=True, default="")

    class Meta:
        verbose_name = _("heading of a record")
        verbose_name_plural = _("headings of records")
        constraints = [
            models.UniqueConstraint(fields=["record", "role", "position"], name="record_authority_once")
        ]
        indexes = [models.Index(fields=["authority", "role", "record"], name="record_authority_works")]

    def __str__(self) -> str:
        return f"{self.heading} — {self.subdivision}" if self.subdivision else self.heading


class ChangedAuthority(models.Model):
    """An entry whose records are still to follow it: a row for every change, made in its transaction.

    ``after`` is the last record that has followed, so that a run that was cut off goes on from there.
    """

    authority = models.ForeignKey("library.Authority", models.CASCADE, related_name="+")
    after = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("authority to follow")
        verbose_name_plural = _("authorities to follow")

    def __str__(self) -> str:
        return str(self.authority_id)
