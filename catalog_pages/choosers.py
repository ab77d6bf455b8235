"""Choosing a record in staff forms and pages: found by the search, never by reading the whole table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenResponseMixin,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from catalog_pages.covers import cover
from catalog_pages.models.records import Record
from library.audiences import search_audience
from search.errors import SearchUnavailable
from search.service import DEEPEST_HIT, search

PER_PAGE = 10
LONGEST_SHOWN = 90
# The address of a record's page, copied from the browser.
_ADDRESS = re.compile(r"/catalogue/(\d{1,18})(?:[/.?#]|$)")


class FoundRecords:
    """One page of what the search finds, to be cut by a paginator that knows the total."""

    ordered = True

    def __init__(self, total: int, rows: Sequence[Record]):
        self.total = total
        self.rows = rows

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, _part: slice) -> Sequence[Record]:
        return self.rows


class RecordFilterForm(BaseFilterForm):
    """Words of a title, an author, a subject; an ISBN, a barcode; or the address of a record's page."""

    q = forms.CharField(
        label=_("Title, author, ISBN or barcode"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    @property
    def words(self) -> str:
        """What was typed; and the note that the form was used, which Wagtail's templates ask for."""
        words = self.cleaned_data["q"].strip() if self.is_valid() else ""
        self.is_searching, self.search_query = bool(words), words
        return words


class _RecordResults:
    """The part of Wagtail's chooser that reads the rows: here from the search."""

    model_class = Record
    filter_form_class = RecordFilterForm
    results_template_name = "catalog_pages/choosers/results.html"
    search_is_away = False
    # Of the view that this is mixed into.
    request: HttpRequest
    filter_form: RecordFilterForm
    title_column: Column

    def get_results_page(self, request: HttpRequest) -> Any:
        number = request.GET.get("p", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        if page * PER_PAGE > DEEPEST_HIT:
            raise Http404
        found = self._found(self.filter_form.words, page)
        self.paginator = WagtailPaginator(found, per_page=PER_PAGE)
        return self.paginator.get_page(page)

    def _found(self, words: str, page: int) -> FoundRecords:
        if address := _ADDRESS.search(words):
            rows = list(Record.objects.filter(pk=int(address[1])).select_related("cover"))
            return FoundRecords(len(rows), rows)
        try:
            found = search(
                words,
                sort="relevance" if words else "added",
                page=page,
                per_page=PER_PAGE,
                audience=search_audience(self.request.user),
            )
        except SearchUnavailable:
            self.search_is_away = True
            return FoundRecords(0, [])
        ids = [int(name.partition(":")[2]) for name in found.ids]
        by_id = Record.objects.select_related("cover").in_bulk(ids)
        rows = [by_id[pk] for pk in ids if pk in by_id]
        return FoundRecords(min(found.total, DEEPEST_HIT), rows)

    @property
    def columns(self) -> list[Column]:
        return [
            Column("cover", label="", accessor=lambda record: cover(record, size="s"), width="3rem"),
            self.title_column,
            Column("author", label=_("Author"), accessor=lambda record: record.author[:LONGEST_SHOWN]),
            Column("year", label=_("Year"), accessor=lambda record: str(record.year or record.year_text)),
            Column("material", label=_("Kind"), accessor=lambda record: record.get_material_display()),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "search_is_away": self.search_is_away}  # type: ignore[misc]


class RecordChooseView(_RecordResults, ChooseView):
    """The window in which a record is chosen."""


class RecordChooseResultsView(_RecordResults, ChooseResultsView):
    """Its rows, after every word that is typed."""


class _RecordTitle(ChosenResponseMixin):
    def get_display_title(self, instance: Record) -> str:
        return display_title(instance)


class RecordChosenView(_RecordTitle, ChosenView):
    """The answer once a record is chosen."""


class RecordChosenMultipleView(_RecordTitle, ChosenMultipleView):
    """The answer once several are chosen, in the order of the rows."""

    def get_objects(self, pks: Sequence[str]) -> list[Record]:
        numbers = [int(pk) for pk in pks[:DEEPEST_HIT] if pk.isascii() and pk.isdigit() and len(pk) < 19]
        found = Record.objects.in_bulk(numbers)
        return [found[pk] for pk in numbers if pk in found]


class BaseRecordChooser(BaseChooser):
    """The field of a form that holds a record."""

    def get_display_title(self, instance: Record) -> str:
        return display_title(instance)


class RecordChooserViewSet(ChooserViewSet):
    """Choosing records in forms, and in blocks of pages (RecordChooserBlock)."""

    model = Record
    icon = "openquote"
    choose_one_text = _("Choose a record")
    choose_another_text = _("Choose another record")
    edit_item_text = _("Edit this record")
    page_title = _("Choose a record")
    search_tab_label = _("Search")
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    chosen_view_class = RecordChosenView
    chosen_multiple_view_class = RecordChosenMultipleView
    base_widget_class = BaseRecordChooser


def display_title(record: Record) -> str:
    """A record in one line: title, author, year."""
    parts = (record.title, record.author, str(record.year or ""))
    return " · ".join(part[:LONGEST_SHOWN] for part in parts if part)


record_chooser = RecordChooserViewSet("record_chooser", url_prefix="catalogue/choose-record")
RecordChooserBlock = record_chooser.get_block_class(
    name="RecordChooserBlock", module_path="catalog_pages.choosers"
)
