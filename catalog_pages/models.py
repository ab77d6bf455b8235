"""Bibliographic records, their whole MARC, and the items that stand on the shelves."""

from __future__ import annotations

import zlib

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog_pages.classes import main_class
from catalog_pages.querysets import Availability, ItemQuerySet, RecordQuerySet
from catalog_pages.shelf_order import LONGEST_SHELF_KEY
from search.alphabets import TAILORINGS
from search.sorting import LONGEST_KEY

SORT_KEY_LENGTH = 200
HEADING_LENGTH = 255
# The languages in whose order headings can be listed; each has a column of keys.
ALPHABETS = tuple(TAILORINGS)


class Material(models.TextChoices):
    BOOK = "book", _("Book")
    PERIODICAL = "periodical", _("Periodical")
    ARTICLE = "article", _("Article")
    MAP = "map", _("Map")
    SCORE = "score", _("Score")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    PICTURE = "picture", _("Picture")
    ELECTRONIC = "electronic", _("Electronic resource")
    MANUSCRIPT = "manuscript", _("Manuscript")
    OBJECT = "object", _("Object")


class ClassScheme(models.TextChoices):
    DDC = "ddc", _("Dewey Decimal Classification")
    UDC = "udc", _("Universal Decimal Classification")
    BBK = "bbk", _("Library-Bibliographical Classification")


class Record(models.Model):
    """One bibliographic record: the columns that pages and search need; its whole MARC is in MarcSource."""

    source = models.SlugField(_("source"), max_length=50, default="local", db_index=False)
    control_number = models.CharField(_("control number"), max_length=100)
    title = models.TextField(_("title"))
    subtitle = models.TextField(_("subtitle"), blank=True)
    title_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, blank=True)
    statement = models.TextField(_("statement of responsibility"), blank=True)
    variant_titles = models.JSONField(_("other titles"), default=list, blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    variant_authors = models.JSONField(_("authors in other scripts"), default=list, blank=True)
    author_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, blank=True)
    # title_sort is by the library's alphabet, for lists in all languages; this one by that of the record's own.
    title_key = models.CharField(max_length=LONGEST_KEY, editable=False, blank=True, default="")
    shelf_key = models.CharField(max_length=LONGEST_SHELF_KEY, editable=False, blank=True, default="")
    language = models.CharField(_("language"), max_length=3, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    material = models.CharField(
        _("kind of material"), max_length=20, choices=Material.choices, default=Material.BOOK
    )
    year = models.IntegerField(_("year"), null=True, blank=True)
    year_text = models.CharField(_("date as printed"), max_length=HEADING_LENGTH, blank=True)
    edition = models.CharField(_("edition"), max_length=HEADING_LENGTH, blank=True)
    place = models.CharField(_("place"), max_length=HEADING_LENGTH, blank=True)
    publisher = models.CharField(_("publisher"), max_length=HEADING_LENGTH, blank=True)
    extent = models.CharField(_("extent"), max_length=HEADING_LENGTH, blank=True)
    series = models.TextField(_("series"), blank=True)
    isbns = models.JSONField(_("ISBN"), default=list, blank=True)
    issns = models.JSONField(_("ISSN"), default=list, blank=True)
    class_scheme = models.CharField(_("class scheme"), max_length=8, choices=ClassScheme.choices, blank=True)
    class_number = models.CharField(_("class number"), max_length=100, blank=True)
    subjects = models.JSONField(_("subjects"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    contents = models.TextField(_("contents"), blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    is_synthetic = models.BooleanField(_("generated for tests"), default=False, editable=False)

    objects = RecordQuerySet.as_manager()

    # What for_results() attaches.
    availability: Availability

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "control_number"], name="record_control_number_unique"),
            models.CheckConstraint(condition=~Q(control_number=""), name="record_control_number_given"),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="record_changed"),
            # Lists that are walked in both directions from any place: the shelf, titles from A to Z.
            models.Index(fields=["shelf_key", "id"], name="record_shelf"),
            models.Index(fields=["language", "title_key", "id"], name="record_title"),
            models.Index(fields=["title_sort", "id"], name="record_title_all"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog_pages:record", args=[self.pk])

    @property
    def author(self) -> str:
        """The first author heading, or nothing."""
        return self.authors[0] if self.authors else ""

    @property
    def main_class(self) -> int | None:
        """The main class, 0 to 9, that gives the label its colour."""
        return main_class(self.class_scheme, self.class_number)


class MarcSource(models.Model):
    """The whole record as it came: ISO 2709 in UTF-8, compressed, in a table of its own.

    ``checksum`` is that of the bytes delivered, before any conversion, so that an unchanged record is
    known without being parsed; it precedes ``data`` so that reading it does not read the data.
    """

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="marc_source")
    checksum = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    # The rules its fields follow: marc21, unimarc (with RUSMARC) or irbis.
    format = models.CharField(max_length=10, default="marc21")
    data = models.BinaryField()

    class Meta:
        verbose_name = _("MARC source")
        verbose_name_plural = _("MARC sources")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def iso2709(self) -> bytes:
        """The record in ISO 2709, UTF-8."""
        return zlib.decompress(self.data)


class Item(models.Model):
    """One copy of a record, held by a branch."""

    class Status(models.TextChoices):
        AVAILABLE = "available", _("Available")
        ON_LOAN = "on_loan", _("On loan")
        IN_TRANSIT = "in_transit", _("On its way to another library")
        LOST = "lost", _("Lost")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFERENCE = "reference", _("For reading in the library")

    GONE = (Status.LOST, Status.WITHDRAWN)
    ON_SHELF = (Status.AVAILABLE, Status.REFERENCE)

    record = models.ForeignKey(Record, models.CASCADE, related_name="items", db_index=False)
    branch = models.ForeignKey("library.Branch", models.PROTECT, related_name="items", db_index=False)
    barcode = models.CharField(_("barcode"), max_length=60, unique=True, null=True, blank=True)
    call_number = models.CharField(_("call number"), max_length=HEADING_LENGTH, blank=True)
    # The record's, so that the shelf of one library can be walked as fast as that of all.
    shelf_key = models.CharField(max_length=LONGEST_SHELF_KEY, editable=False, blank=True, default="")
    shelf = models.CharField(_("shelf"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.AVAILABLE)
    available = models.BooleanField(_("available now"), default=True, db_index=True)
    loanable = models.BooleanField(_("lent"), default=True)
    accession_number = models.CharField(_("accession number"), max_length=60, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(available=False) | Q(status__in=["available", "reference"]),
                name="item_available_stands_on_shelf",
            ),
            models.CheckConstraint(
                condition=Q(barcode__isnull=True) | ~Q(barcode=""), name="item_barcode_not_empty"
            ),
        ]
        indexes = [
            # Covers the counting of items per record and branch on a page of results.
            models.Index(fields=["record", "status", "branch", "available"], name="item_availability"),
            models.Index(fields=["branch", "shelf_key", "record"], name="item_shelf"),
        ]

    def __str__(self) -> str:
        return self.barcode or self.call_number or str(self.pk)


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
