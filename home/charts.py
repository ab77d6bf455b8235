"""Charts of figures: columns for the months, bars for the libraries, drawn as inline SVG by the templates.

Widths are shares of the space there is and heights are fixed, so that the letters keep their size on every screen.
Each bar has its number beside it, and what is unfinished has a pattern: nothing is told by colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names
from django.utils import timezone
from django.utils.dates import MONTHS

from library import names
from library.statistics.figures import Figure

HEIGHT = 196  # the whole chart
HEAD = 58  # room for a number of seven digits, upright on phones
PLOT = 112
SLOT = 100 / 12
BAR = 62  # per cent of a month's slot
LONGEST_BAR = 100.0
FIRST_BARS = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A month: where its column stands (per cent across, pixels down) and what it says."""

    name: str
    short: str
    month: int
    number: int
    x: float
    middle: float
    width: float
    y: int
    height: int
    running: bool  # the month is not over
    ahead: bool  # it has not begun


@dataclass(frozen=True, slots=True)
class MonthChart:
    columns: list[Column]
    running: bool
    height: int = HEIGHT
    ground: int = HEAD + PLOT


@dataclass(frozen=True, slots=True)
class Bar:
    """A library and its share of the longest bar, in per cent."""

    name: str
    number: int
    width: float


@dataclass(frozen=True, slots=True)
class BranchChart:
    """The libraries with the largest numbers, and the others."""

    first: list[Bar]
    others: list[Bar]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its charts, each None where there is nothing to draw."""

    figure: Figure
    months: MonthChart | None
    branches: BranchChart | None


def draw(figure: Figure, year: int, branch_names: Mapping[str, str], today: date | None = None) -> Drawn:
    """Both charts of a figure; `branch_names` says how libraries are called, by code."""
    months = draw_months(figure.months, year, today) if figure.by_month else None
    return Drawn(figure, months, draw_branches(figure.branches, branch_names))


def draw_months(numbers: Sequence[int], year: int, today: date | None = None) -> MonthChart | None:
    """A column for each of the twelve months; None where all are nothing."""
    if len(numbers) != 12 or not any(numbers):
        return None
    today = today or timezone.localdate()
    now = (today.year, today.month)
    columns = [
        _column(month, number, max(numbers), running=(year, month) == now, ahead=(year, month) > now)
        for month, number in enumerate(numbers, start=1)
    ]
    return MonthChart(columns, running=any(column.running for column in columns))


def _column(month: int, number: int, most: int, *, running: bool, ahead: bool) -> Column:
    height = max(round(PLOT * number / most), 2) if number else 0
    x = (month - 1) * SLOT + SLOT * (100 - BAR) / 200
    width = SLOT * BAR / 100
    return Column(
        name=str(MONTHS[month]),
        short=_short_name(month),
        month=month, number=number, x=round(x, 3), middle=round(x + width / 2, 3), width=round(width, 3),
        y=HEAD + PLOT - height, height=height, running=running, ahead=ahead and not number,
    )  # fmt: skip


def _short_name(month: int) -> str:
    """The month as it stands alone below its column; what is short anyway is written whole ("May", «март»)."""
    # The names that Babel has for "stand-alone" come in whatever language was asked for first.
    short = get_month_names("abbreviated", "format", names.active_locale())[month].rstrip(".")
    whole = str(MONTHS[month])
    if len(whole) > 4:
        return short
    return whole if short[0].isupper() else whole.lower()


def draw_branches(numbers: Mapping[str, int], branch_names: Mapping[str, str]) -> BranchChart | None:
    """A bar for each library that has a number, the longest first; None for fewer than two."""
    found = sorted(
        ((branch_names.get(code, code), number) for code, number in numbers.items() if number),
        key=lambda pair: (-pair[1], pair[0]),
    )
    if len(found) < 2:
        return None
    most = found[0][1]
    bars = [Bar(name, number, round(max(LONGEST_BAR * number / most, 0.4), 2)) for name, number in found]
    return BranchChart(bars[:FIRST_BARS], bars[FIRST_BARS:])
