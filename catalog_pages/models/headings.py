"""Authors and subjects as browsed: listed once, with the records counted under them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.alphabets import TAILORINGS
from search.sorting import LONGEST_KEY

# The languages in whose order headings can be listed; each has a column of keys.
ALPHABETS = tuple(TAILORINGS)


class Heading(models.Model):
    """An author or a subject of the records: listed once, with its place in the order of each language.

    Kept by catalog_pages.headings, never by hand.
    """

    class Kind(models.TextChoices):
        AUTHOR = "author", _("Author")
        SUBJECT = "subject", _("Subject")

    TEXT_LENGTH = 300

    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.CharField(max_length=TEXT_LENGTH)
    records = models.IntegerField(default=0)
    # The heading as typed without marks and special letters: what the beginning of a word finds.
    fold_key = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_az = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_tr = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_uz = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_kk = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_ru = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_ka = models.CharField(max_length=LONGEST_KEY, editable=False)
    key_en = models.CharField(max_length=LONGEST_KEY, editable=False)

    class Meta:
        verbose_name = _("heading")
        verbose_name_plural = _("headings")
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="heading_once")]
        indexes = [
            *(
                models.Index(fields=["kind", f"key_{language}", "id"], name=f"heading_{language}")
                for language in ALPHABETS
            ),
            models.Index(fields=["kind", "fold_key"], name="heading_fold"),
        ]

    def __str__(self) -> str:
        return self.text


class CountedRecord(models.Model):
    """The headings a record is counted under, so that a change takes away just what it had added.

    No foreign key: the row of a deleted record waits until its headings have been counted down.
    """

    record_id = models.BigIntegerField(primary_key=True)
    headings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("counted record")
        verbose_name_plural = _("counted records")

    def __str__(self) -> str:
        return str(self.record_id)


class ChangedRecords(models.Model):
    """Records whose headings are still to be counted: a row for every write, made in its transaction."""

    records = models.JSONField()

    class Meta:
        verbose_name = _("records to count")
        verbose_name_plural = _("records to count")

    def __str__(self) -> str:
        return str(self.pk)
