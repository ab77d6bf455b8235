"""The figures of a year for readers: what is counted and what is measured, by library and month (A1, A3).

Read in a handful of queries whatever the number of libraries, and kept: an hour for this year, a day for others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Min, Sum
from django.db.models.functions import ExtractMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models import Branch, DailyCount
from library.statistics.counting import Measure, Statistic, published

SHAPE = 1  # raise it when what is kept changes, so that no old copy is read from the cache
MOST_YEARS = 10
NOWHERE = ""
COUNTED = _("Counted by the portal day by day")
_AN_HOUR, _A_DAY = 60 * 60, 24 * 60 * 60
Rows = dict[str, list[int]]  # by code of a library: a number for each month, or one number


@dataclass(frozen=True, slots=True)
class Figure:
    """What one statistic came to; `rows` has twelve numbers a library, or one where it is a state of today."""

    name: str
    label: str
    source: str
    rows: Mapping[str, Sequence[int]]
    by_month: bool = True
    description: str = ""

    @property
    def total(self) -> int:
        return sum(sum(row) for row in self.rows.values())

    @property
    def months(self) -> list[int]:
        """The sums of the months; empty for a state of today."""
        return [sum(column) for column in zip(*self.rows.values(), strict=True)] if self.by_month else []

    @property
    def branches(self) -> dict[str, int]:
        """The sums of the libraries, by code; what belongs to none is left out."""
        return {code: sum(row) for code, row in self.rows.items() if code != NOWHERE}

    def of_branch(self, code: str) -> "Figure":
        """The same of one library only."""
        rows = {code: self.rows[code]} if code in self.rows else {}
        return Figure(self.name, self.label, self.source, rows, self.by_month, self.description)


@dataclass(frozen=True, slots=True)
class YearOfFigures:
    """All figures of a year that came to anything, and when they were read."""

    year: int
    read_at: datetime
    figures: list[Figure]


def years() -> list[int]:
    """The years of which anything is known, the newest first; ten at most."""
    today = timezone.localdate()
    key = f"library:years:{SHAPE}:{today.year}"
    first = cache.get(key)
    if first is None:
        first = min((day.year for day in _first_days()), default=today.year)
        cache.set(key, first, _AN_HOUR)
    return list(range(today.year, max(min(first, today.year), today.year - MOST_YEARS + 1) - 1, -1))


def figures_of(year: int, *, fresh: bool = False) -> YearOfFigures:
    """The figures of a year in the active language. `fresh` reads them anew instead of from the cache."""
    key = f"library:figures:{SHAPE}:{year}"
    kept: tuple[datetime, dict[str, Rows]] | None = None if fresh else cache.get(key)
    if kept is None:
        kept = (timezone.now(), read(year))
        cache.set(key, kept, _AN_HOUR if year >= timezone.localdate().year else _A_DAY)
    read_at, rows = kept
    known = published()
    return YearOfFigures(
        year, read_at, [_figure(known[name], found) for name, found in rows.items() if name in known]
    )


def read(year: int, *, states: bool = False) -> dict[str, Rows]:
    """The numbers of a year, by statistic and library, as they stand now; what came to nothing is left out.

    What is a state of today is among them for this year only, or where `states` are wanted.
    """
    known = published()
    states = states or year == timezone.localdate().year
    cells: dict[str, list[tuple[int, int | None, int]]] = defaultdict(list)
    for name, month, branch, number in _counted(year, [name for name in known if is_counted(known[name])]):
        cells[name].append((month, branch, number))
    for name, measure in known.items():
        if isinstance(measure, Measure) and (measure.by_month or states):
            cells[name] = list(measure.read(year))
    codes = dict(Branch.objects.values_list("pk", "code"))
    found = {name: _rows(cells[name], codes, is_counted(one) or one.by_month) for name, one in known.items()}
    return {name: rows for name, rows in found.items() if any(map(any, rows.values()))}


def is_counted(statistic: Statistic | Measure) -> bool:
    return isinstance(statistic, Statistic)


def source_of(statistic: Statistic | Measure) -> Any:
    """Where the figure comes from, in words."""
    return statistic.source if isinstance(statistic, Measure) else COUNTED


def _figure(one: Statistic | Measure, rows: Rows) -> Figure:
    by_month = one.by_month if isinstance(one, Measure) else True
    return Figure(one.name, str(one.label), str(source_of(one)), rows, by_month, str(one.description))


def _rows(cells: Iterable[tuple[int, int | None, int]], codes: Mapping[int, str], by_month: bool) -> Rows:
    rows: Rows = defaultdict(lambda: [0] * (12 if by_month else 1))
    for month, branch, number in cells:
        rows[codes.get(branch, NOWHERE) if branch else NOWHERE][month - 1 if by_month else 0] += number
    return dict(rows)


def _counted(year: int, names: Sequence[str]) -> Iterable[tuple[str, int, int | None, int]]:
    days = DailyCount.objects.filter(name__in=names, day__range=(date(year, 1, 1), date(year, 12, 31)))
    return (
        days.order_by()
        .annotate(month=ExtractMonth("day"))
        .values_list("name", "month", "branch")
        .annotate(Sum("count"))
    )


def _first_days() -> Iterable[date]:
    known = published().values()
    names = [one.name for one in known if is_counted(one)]
    found = [DailyCount.objects.filter(name__in=names).aggregate(day=Min("day"))["day"]]
    found += [one.first_day() for one in known if isinstance(one, Measure)]
    return [day for day in found if day]
