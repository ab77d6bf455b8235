"""Freezing the figures of a year into plain values that a page can keep, and reading them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation

from library.models import Branch
from library.statistics import published
from library.statistics.figures import Figure, read, source_of
from library.text import in_language

if TYPE_CHECKING:
    from home.models import YearlyReportPage


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a report: what it is now, and what it was before it was corrected."""

    label: str
    number: int
    source: str
    day: date | None
    figure: Figure | None = None
    before: int | None = None
    reason: str = ""
    corrected_on: date | None = None
    own_words: bool = False  # written by staff, in the language of the page


def freeze(year: int) -> dict[str, Any]:
    """The figures of a year as they stand now: numbers, names in every language, day and source of each.

    Nothing in it refers to anything: it stays readable when a library is closed or a figure counted no more.
    """
    day = timezone.localdate()
    today = day.isoformat()
    known = published()
    # A report is written early in the following year: what there is then is as good as at its end.
    rows = read(year, states=year >= day.year - 1)
    codes = {code for found in rows.values() for code in found}
    figures = [
        {
            "name": name,
            "label": _in_all_languages(known[name].label),
            "source": _in_all_languages(source_of(known[name])),
            "taken_on": today,
            "by_month": getattr(known[name], "by_month", True),
            "rows": found,
        }
        for name, found in rows.items()
    ]
    branches = {branch.code: branch.name for branch in Branch.objects.filter(code__in=codes)}
    return {"year": year, "taken_on": today, "branches": branches, "figures": figures}


def frozen_figures(taken: Mapping[str, Any]) -> list[tuple[Figure, date | None]]:
    """The frozen figures in the active language, with the day each was taken."""
    return [
        (
            Figure(
                entry["name"],
                in_language(entry["label"]),
                in_language(entry["source"]),
                entry["rows"],
                entry["by_month"],
            ),
            _day(entry.get("taken_on", "")),
        )
        for entry in taken.get("figures", [])
    ]


def branch_names(taken: Mapping[str, Any]) -> dict[str, str]:
    """How the libraries were called when the figures were taken."""
    return {code: in_language(name) or code for code, name in taken.get("branches", {}).items()}


def day_of(taken: Mapping[str, Any]) -> date | None:
    """When the figures were taken; None where there are none."""
    return _day(taken.get("taken_on", ""))


def rows_of(page: YearlyReportPage, words: YearlyReportPage | None = None) -> list[Row]:
    """The figures of a report, corrected and further ones too, those of the portal first.

    `page` is the source, whose numbers hold; `words` the page shown, whose reasons and further figures are taken
    where it has some, since it may be in another language.
    """
    corrections = {block.value["figure"]: block.value for block in _blocks(page, "correction")}
    reasons = {block.value["figure"]: block.value["reason"] for block in _blocks(words or page, "correction")}
    rows = []
    for figure, day in frozen_figures(page.taken):
        right = corrections.get(figure.name)
        if right is None or right["number"] == figure.total:
            rows.append(Row(figure.label, figure.total, figure.source, day, figure))
            continue
        reason = reasons.get(figure.name) or right["reason"]
        rows.append(
            Row(
                figure.label, right["number"], figure.source, day, figure,
                before=figure.total, reason=reason, corrected_on=right["corrected_on"],
            )
        )  # fmt: skip
    further = list(_blocks(words or page, "further")) or list(_blocks(page, "further"))
    rows += [
        Row(block.value["label"], block.value["number"], block.value["source"], block.value["counted_on"],
            own_words=True)
        for block in further
    ]  # fmt: skip
    return rows


def _blocks(page: YearlyReportPage, kind: str) -> Iterator[Any]:
    return (block for block in page.figures if block.block_type == kind)


def _in_all_languages(words: Any) -> dict[str, str]:
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(words)
    return texts


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
