"""The lists of a count, on the page and as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.models import Item, MissingItem, Scan, Stocktaking

STEP = 1000


@dataclass(frozen=True, slots=True)
class CountList:
    """One list: its rows, its columns, and what stands in them."""

    code: str
    label: str | Promise
    rows: Callable[[Stocktaking], QuerySet[Any]]
    headings: tuple[str | Promise, ...]
    values: Callable[[Any], Sequence[Any]]
    takes_notes: bool = False

    def table(self, stocktaking: Stocktaking) -> Iterator[Sequence[Any]]:
        """All rows, read while they are written."""
        return map(self.values, self.rows(stocktaking).order_by("pk").iterator(STEP))


def _missing(stocktaking: Stocktaking) -> QuerySet[MissingItem]:
    return stocktaking.missing.all()


def _missing_values(row: MissingItem) -> Sequence[Any]:
    found = row.found_at.date().isoformat() if row.found_at else ""
    return [
        row.barcode, row.accession_number, row.call_number, row.author, row.title, row.year, row.price,
        str(Item.Status(row.status_before).label), found,
    ]  # fmt: skip


def _scans(*verdicts: str) -> Callable[[Stocktaking], QuerySet[Scan]]:
    def rows(stocktaking: Stocktaking) -> QuerySet[Scan]:
        found = stocktaking.scans.filter(undone=False, verdict__in=verdicts)
        return found.select_related("by", "item__branch")

    return rows


def _scan_values(row: Scan) -> Sequence[Any]:
    item = row.item
    belongs = f"{item.branch}, {item.get_store_display()}" if item else ""
    place = " · ".join(part for part in (item.call_number, item.shelf) if part) if item else ""
    return [
        row.barcode, row.title, str(row.get_verdict_display()), belongs, place, row.shelf,
        row.by.get_username() if row.by else "", row.note,
    ]  # fmt: skip


_SCAN_HEADINGS = (
    _("Barcode"), _("Title"), _("Verdict"), _("Belongs to"), _("Call number, shelf"), _("Counted at shelf"), _("By"),
    _("Note"),
)  # fmt: skip

LISTS = {
    found.code: found
    for found in (
        CountList(
            "missing", _("Missing"), _missing,
            (
                _("Barcode"), _("Accession number"), _("Call number"), _("Author"), _("Title"), _("Year"), _("Price"),
                _("Status before"), _("Found again"),
            ),
            _missing_values,
        ),
        CountList("surplus", _("Surplus"), _scans(*Scan.SURPLUS), _SCAN_HEADINGS, _scan_values, takes_notes=True),
        CountList("misplaced", _("Misplaced"), _scans(*Scan.MISPLACED), _SCAN_HEADINGS, _scan_values),
        CountList(
            "by-data-elsewhere", _("Here, but elsewhere by our data"), _scans(*Scan.BY_DATA_ELSEWHERE),
            _SCAN_HEADINGS, _scan_values,
        ),
        CountList("counted", _("Counted"), _scans(*Scan.OF_THIS_STORE), _SCAN_HEADINGS, _scan_values),
    )
}  # fmt: skip
