"""What the page of statistics and yearly reports show, and their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.dates import MONTHS
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from home.charts import draw
from home.yearly.freezing import branch_names, day_of, frozen_figures, rows_of
from library.following import holds_until
from library.models import Branch
from library.spreadsheets import csv_lines
from library.statistics.figures import NOWHERE, Figure, YearOfFigures, figures_of, years

if TYPE_CHECKING:
    from home.models import YearlyReportPage

AN_HOUR = timedelta(hours=1)


def statistics_context(query: Mapping[str, str], locale_id: int) -> dict[str, Any]:
    """The figures that ?year=, ?branch= and ?figure= name. Raises Http404 where there are none by these names."""
    found, branch, figures = _wanted(query)
    # Counters change with every reader; the page is as old as its figures.
    holds_until(found.read_at + AN_HOUR)
    one = query.get("figure", "")
    if one:
        figures = [figure for figure in figures if figure.name == one]
        if not figures:
            raise Http404
    names = all_names()
    return {
        "years": years(),
        "year": found.year,
        "read_at": found.read_at,
        "branch": branch,
        "branches": Branch.objects.on_site(),
        "one": figures[0] if one else None,
        "matrix": matrix(figures[0], names) if one and figures[0].by_month else [],
        "months": [str(MONTHS[month]) for month in range(1, 13)],
        "drawn": [draw(figure, found.year, names) for figure in figures],
        "report": _report_of(found.year, locale_id),
    }


def statistics_table(query: Mapping[str, str]) -> HttpResponseBase:
    """The same as CSV."""
    found, branch, figures = _wanted(query)
    ending = f"-{branch.code}" if branch else ""
    return _sent(list(_lines(figures, found.year, all_names())), f"statistics-{found.year}{ending}.csv")


def report_context(page: YearlyReportPage) -> dict[str, Any]:
    """The figures of a report as they were taken, with charts; corrections are marked."""
    source = page.source
    names = branch_names(source.taken)
    rows = rows_of(source, page)
    return {
        "rows": rows,
        "corrected": [row for row in rows if row.before is not None],
        "taken_on": day_of(source.taken),
        "drawn": [
            chart
            for chart in (draw(row.figure, page.year, names) for row in rows if row.figure)
            if chart.months or chart.branches
        ],
    }


def report_table(page: YearlyReportPage) -> HttpResponseBase:
    """The frozen figures as CSV."""
    taken = page.source.taken
    figures = [figure for figure, _day in frozen_figures(taken)]
    rows = list(_lines(figures, page.year, branch_names(taken)))
    for row in rows_of(page.source, page):
        if row.figure is None or row.before is not None:
            place = _("Of no library in particular") if row.figure is None else _("All libraries, corrected")
            rows.append((row.label, place, str(page.year), row.number, row.reason or row.source))
    return _sent(rows, f"yearly-report-{page.year}.csv")


def matrix(figure: Figure, names: Mapping[str, str]) -> list[tuple[str, list[int], int]]:
    """A row for each library, by name in the order of the libraries: its months and their sum."""
    order = {code: place for place, code in enumerate(names)}
    rows = sorted(figure.rows.items(), key=lambda row: order.get(row[0], len(order)))
    return [(_place(code, names), list(numbers), sum(numbers)) for code, numbers in rows if any(numbers)]


def all_names() -> dict[str, str]:
    """How the libraries are called, by code, in their order."""
    return {branch.code: str(branch) for branch in Branch.objects.only("code", "name")}


def _wanted(query: Mapping[str, str]) -> tuple[YearOfFigures, Branch | None, list[Figure]]:
    known = years()
    text = query.get("year", "")
    if text and text not in map(str, known):
        raise Http404
    code = query.get("branch", "")
    branch = Branch.objects.on_site().filter(code=code[:50]).first() if code and "\0" not in code else None
    if code and branch is None:
        raise Http404
    found = figures_of(int(text) if text else known[0])
    figures = [figure.of_branch(branch.code) for figure in found.figures] if branch else found.figures
    return found, branch, [figure for figure in figures if figure.total]


def _report_of(year: int, locale_id: int) -> Any:
    from home.models import YearlyReportPage

    reports = YearlyReportPage.objects.live().public().filter(year=year, locale=locale_id)
    return reports.defer_streamfields().defer("taken").first()


def _sent(rows: list[tuple[Any, ...]], name: str) -> HttpResponseBase:
    """The rows as a download. They are written out before: while it streams, another language may be active."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _lines(figures: Iterable[Figure], year: int, names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    yield _("Figure"), _("Library"), _("Month"), _("Number"), _("Where it comes from")
    for figure in figures:
        for code, numbers in figure.rows.items():
            for month, number in enumerate(numbers, start=1):
                moment = f"{year}-{month:02}" if figure.by_month else str(year)
                if number:
                    yield figure.label, _place(code, names), moment, number, figure.source


def _place(code: str, names: Mapping[str, str]) -> str:
    return _("Of no library in particular") if code == NOWHERE else names.get(code, code)
