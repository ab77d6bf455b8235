"""A year of all branches on one page: one letter a day, so that gaps and mistakes leap to the eye."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from library.calendar import calendars
from library.models import Branch
from library.opening import Day, OpeningCalendar, Source


@dataclass(frozen=True, slots=True)
class Row:
    """One branch in one month: its cells, and on how many days it opens."""

    branch: Branch
    cells: SafeString
    open_days: int


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    days: Sequence[date]
    rows: Sequence[Row]


def marks() -> dict[str, str]:
    """The sign of each kind of day; a letter, never colour alone."""
    return {
        "open": pgettext("sign in the year overview: open", "•"),
        "closed": pgettext("sign in the year overview: closed by the week", "–"),
        "holiday": pgettext("sign in the year overview: public holiday", "H"),
        "moved": pgettext("sign in the year overview: moved working day", "M"),
        "single": pgettext("sign in the year overview: single day, open", "S"),
        "single-closed": pgettext("sign in the year overview: single day, closed", "C"),
    }


def year_of(branches: Sequence[Branch], year: int) -> list[Month]:
    """The twelve months of a year, each with a row for every branch; four queries for any number of branches."""
    found = calendars(branches, first=date(year, 1, 1), last=date(year, 12, 31))
    signs = marks()
    months = []
    for number in range(1, 13):
        days = [date(year, number, day) for day in range(1, monthrange(year, number)[1] + 1)]
        rows = [_row(branch, found[branch.pk], days, signs) for branch in branches]
        months.append(Month(days[0], days, rows))
    return months


def kind_of(day: Day) -> str:
    """Which of marks() stands for a day."""
    if day.source is Source.DATED:
        return "single" if day.spans else "single-closed"
    if day.source is Source.HOLIDAY:
        return "holiday"
    if day.source is Source.MOVED:
        return "moved"
    return "open" if day.spans else "closed"


def _row(branch: Branch, calendar: OpeningCalendar, days: Sequence[date], signs: dict[str, str]) -> Row:
    plans = [calendar.on(day) for day in days]
    kinds = [kind_of(plan) for plan in plans]
    cells = mark_safe("".join(_cell(kind, signs[kind]) for kind in kinds))  # noqa: S308 each cell is escaped
    return Row(branch, cells, sum(1 for plan in plans if plan.spans))


@lru_cache(maxsize=256)
def _cell(kind: str, sign: str) -> SafeString:
    # 23,000 cells a page: a template would take a second for what is one of six strings.
    return format_html('<td class="day-{}">{}</td>', kind, sign)
