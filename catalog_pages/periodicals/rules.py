"""On which days the issues of a periodical are to be expected: pure rules over days."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WORKING_WEEK = (0, 1, 2, 3, 4)
MONTHS = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a periodical appears from ``first`` to ``last``; see Subscription for the frequencies."""

    frequency: str
    first: date
    last: date
    weekdays: tuple[int, ...] = ()
    per_year: int = 0

    def days(self, after: date, until: date, is_free: Callable[[date], bool]) -> Iterator[date]:
        """The days of issues behind ``after`` up to ``until``; ``is_free`` names public holidays."""
        start, end = max(self.first, after + DAY), min(self.last, until)
        if self.frequency in MONTHS:
            yield from self._by_months(MONTHS[self.frequency], start, end)
        elif self.frequency == "per_year":
            yield from self._by_year(start, end)
        else:
            weekdays = self.weekdays or WORKING_WEEK
            day = start
            while day <= end:
                if day.weekday() in weekdays and not is_free(day):
                    yield day
                day += DAY

    def _by_months(self, step: int, start: date, end: date) -> Iterator[date]:
        """The day of the month of the first issue, or the last day of a shorter month."""
        month = self.first.year * 12 + self.first.month - 1
        while True:
            year, number = divmod(month, 12)
            day = date(year, number + 1, min(self.first.day, monthrange(year, number + 1)[1]))
            if day > end:
                return
            if day >= start:
                yield day
            month += step

    def _by_year(self, start: date, end: date) -> Iterator[date]:
        """Issues spread evenly over each year."""
        for year in range(start.year, end.year + 1):
            length = 366 if isleap(year) else 365
            for number in range(self.per_year):
                day = date(year, 1, 1) + timedelta(days=number * length // self.per_year)
                if start <= day <= end:
                    yield day


def number_after(last: tuple[date, str] | None, day: date, first_number: int) -> str:
    """The number of the issue of ``day``; ``last`` is the issue before it. Each year begins again with 1."""
    if last is None:
        return str(first_number)
    before, number = last
    if before.year != day.year:
        return "1"
    # After a double number "7–8" comes 9.
    tail = number.replace("–", "-").rpartition("-")[2].strip()
    return str(int(tail) + 1) if tail.isascii() and tail.isdecimal() and len(tail) < 7 else "1"
