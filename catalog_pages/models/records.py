"""Bibliographic records and their whole MARC."""

from __future__ import annotations

import zlib

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog_pages.classes import main_class
from catalog_pages.links import leads_to_work
from catalog_pages.querysets import Availability, RecordQuerySet
from catalog_pages.shelf_order import LONGEST_SHELF_KEY
from catalog_pages.works import WORK_KEY_LENGTH
from search.sorting import LONGEST_KEY

SORT_KEY_LENGTH = 200
HEADING_LENGTH = 255


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


class AgeGroup(models.TextChoices):
    """For whom a work is meant: the shelves of the children's store (A25, A38). Empty: for grown-ups, or not said."""

    PRESCHOOL = "0-6", _("Up to 6 years")
    PRIMARY = "7-10", _("7 to 10 years")
    MIDDLE = "11-14", _("11 to 14 years")
    YOUTH = "15-18", _("15 to 18 years")
    CHILDREN = "0-14", _("Children of any age")  # where nothing more exact is known


class Record(models.Model):
    """One bibliographic record: the columns that pages and search need; its whole MARC is in MarcSource."""

    source = models.SlugField(_("source"), max_length=50, default="local", db_index=False)
    control_number = models.CharField(_("control number"), max_length=100)
    title = models.TextField(_("title"))
    subtitle = models.TextField(_("subtitle"), blank=True)
    title_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, blank=True)
    statement = models.TextField(_("statement of responsibility"), blank=True)
    # The title under which all editions and translations of the work are gathered (MARC 240, 130).
    uniform_title = models.CharField(_("uniform title"), max_length=HEADING_LENGTH, blank=True, default="")
    variant_titles = models.JSONField(_("other titles"), default=list, blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    variant_authors = models.JSONField(_("authors in other scripts"), default=list, blank=True)
    author_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, blank=True)
    # title_sort is by the library's alphabet, for lists in all languages; this one by that of the record's own.
    title_key = models.CharField(max_length=LONGEST_KEY, editable=False, blank=True, default="")
    shelf_key = models.CharField(max_length=LONGEST_SHELF_KEY, editable=False, blank=True, default="")
    # What the editions of one work have in common; see catalog_pages.works.
    work_key = models.CharField(max_length=WORK_KEY_LENGTH, editable=False, blank=True, default="")
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
    age_group = models.CharField(
        _("age group"), max_length=5, choices=AgeGroup.choices, blank=True, default=""
    )
    # An article of the press belongs to the periodical, issue or book it stands in.
    host = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("published in")
    )
    host_part = models.CharField(_("volume, issue, pages"), max_length=HEADING_LENGTH, blank=True, default="")
    cover = models.ForeignKey(
        "library.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
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
            models.Index(fields=["work_key"], name="record_work"),
            # Few among many: what articles of the press are linked to.
            models.Index(fields=["id"], condition=Q(material="periodical"), name="record_periodical"),
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
    def is_online(self) -> bool:
        """Whether a link leads to the work itself."""
        return any(leads_to_work(link) for link in self.links)

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
    # Written or changed by hand, so that an import does not write over it unasked.
    edited = models.BooleanField(default=False)
    # The import that wrote it last; no foreign key, imports are forgotten before their records.
    import_number = models.BigIntegerField(null=True, blank=True)
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
