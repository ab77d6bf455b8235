"""Lists of books that staff put together: a page that chooses records and says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from catalog_pages.choosers import RecordChooserBlock
from catalog_pages.models.records import Record
from library.models import BasePage


class ChosenRecordBlock(blocks.StructBlock):
    """A record and what the librarian says of it."""

    record = RecordChooserBlock(label=_("Record"))
    note = blocks.TextBlock(label=_("Why read it"), required=False, max_length=600, rows=2)

    class Meta:
        icon = "openquote"
        label = _("Book or other record")


LIST_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("Heading"), icon="title", max_length=120)),
    (
        "text",
        blocks.RichTextBlock(
            label=_("Text"), icon="pilcrow", features=["bold", "italic", "ol", "ul", "link", "document-link"]
        ),
    ),
    ("record", ChosenRecordBlock()),
]


class ListPage(BasePage):
    """A list of books on a subject, in the order that staff gave it."""

    class Layout(models.TextChoices):
        NOTES = "notes", _("One below the other, with notes")
        COVERS = "covers", _("A shelf of covers")

    template = "catalog_pages/lists/list_page.html"
    subpage_types: list[str] = []

    intro = models.TextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences that say what is here."),
    )
    layout = models.CharField(
        _("how it is shown"), max_length=6, choices=Layout.choices, default=Layout.NOTES
    )
    body = StreamField(LIST_BLOCKS, blank=True, max_num=300, verbose_name=_("content"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("layout"), FieldPanel("body")]

    class Meta:
        verbose_name = _("list of books")
        verbose_name_plural = _("lists of books")

    @property
    def record_ids(self) -> list[int]:
        """The numbers of the records chosen, in their order; those deleted since are left out."""
        return [record.pk for record, _note in self._chosen()]

    def records(self, limit: int | None = None) -> list[Record]:
        """The records with their availability, in three queries for any number."""
        return Record.objects.for_results(self.record_ids[:limit])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        by_id = {record.pk: record for record in self.records()}
        context["parts"] = list(self._parts(by_id))
        context["total"] = len(by_id)
        context["ids"] = list(by_id)
        context["ancestors"] = self.get_ancestors().filter(depth__gt=2).specific(defer=True)
        language = self.content_language
        if language != get_language():
            context["foreign_language"] = (language, dict(settings.LANGUAGES)[language])
        return context

    @property
    def content_language(self) -> str:
        """The language its words are really in: an alias shows the words of the page it stands for."""
        source = self
        while source.alias_of_id:
            source = source.alias_of
        return str(source.locale.language_code)

    def _chosen(self) -> Iterator[tuple[Record, str]]:
        for block in self.body:
            if block.block_type == "record" and block.value.get("record"):
                yield block.value["record"], block.value.get("note") or ""

    def _parts(self, by_id: dict[int, Record]) -> Iterator[tuple[str, Any]]:
        """Headings and texts as they are; records that follow each other together, as one list."""
        run: list[tuple[Record, str]] = []
        for block in self.body:
            if block.block_type == "record":
                chosen = block.value.get("record")
                if chosen and chosen.pk in by_id:
                    run.append((by_id[chosen.pk], block.value.get("note") or ""))
                continue
            if run:
                yield "records", run
                run = []
            yield block.block_type, block.value
        if run:
            yield "records", run
