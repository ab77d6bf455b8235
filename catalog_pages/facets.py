"""Facets as the results page shows them: labelled choices, applied filters, the chart of years."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog_pages.labels import material_name
from catalog_pages.ornaments import number
from catalog_pages.queries import CHOICE_FACETS, FACET_LABELS, FACET_LISTS, LAST_YEAR, Wish
from library.models import Branch
from library.names import language_name

SHOWN = 6  # choices of a facet in view; the rest are behind "more"
MOST_CHOICES = 30
MOST_BARS = 30
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 1000)
OLD_SHARE = 0.04  # so many of the hits, at most, share the first bar of the chart


# Facets with more values than fit below each other have a page of their own instead.
LONG_FACETS = ("author", "subject")


def value_names(facet: str, values: Collection[str]) -> Callable[[str], str]:
    """How to call these values of a facet in the reader's language. Asks the database for names of branches only."""
    if facet == "branch":
        names = {branch.code: str(branch) for branch in Branch.objects.filter(code__in=set(values))}
        return lambda value: names.get(value, value)
    if facet == "language":
        return language_name
    if facet == "material":
        return material_name
    if facet == "available":
        return lambda _value: _("On the shelf now")
    return str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with its name in the reader's language and the number of hits it would leave."""

    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its choices: first those in view, then those behind "more"; and the page of all, if need be."""

    name: str
    label: str
    choices: list[Choice]
    all_address: str = ""
    all_label: str = ""

    @property
    def in_view(self) -> int:
        """So many are in view: all that are chosen, for the form sends what stands in it."""
        return max(SHOWN, sum(choice.selected for choice in self.choices))

    @property
    def shown(self) -> list[Choice]:
        return self.choices[: self.in_view]

    @property
    def more(self) -> list[Choice]:
        return [] if self.name in LONG_FACETS else self.choices[self.in_view : MOST_CHOICES]


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied filter and the address of the same search without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: a stretch of years, its hits, and where it is drawn (numbers as SVG takes them)."""

    first: int
    last: int
    count: int
    x: str
    width: str
    y: str
    height: str
    selected: bool
    address: str  # the same search within these years

    @property
    def years(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class YearChart:
    """Hits by year, gathered into as many bars as fit; drawn in a box of 100 by 32 units."""

    bars: list[Bar]
    WIDTH = 100
    HEIGHT = 32

    @property
    def first(self) -> int:
        return self.bars[0].first

    @property
    def last(self) -> int:
        return self.bars[-1].last


class FacetPanel:
    """Everything the results page needs around the hits. Asks the database once, for names of branches."""

    def __init__(self, wish: Wish, counts: Mapping[str, Sequence]) -> None:
        self.wish = wish
        self.counts = counts

    @cached_property
    def _names(self) -> dict[str, Callable[[str], str]]:
        return {facet: value_names(facet, self._values(facet)) for facet in CHOICE_FACETS}

    def _values(self, facet: str) -> set[str]:
        return {found.value for found in self.counts.get(facet, ())} | set(self.wish.chosen.get(facet, ()))

    def label(self, facet: str, value: str) -> str:
        """The name of a value in the reader's language."""
        return self._names[facet](value)

    def facets(self) -> list[Facet]:
        """The facets that leave a choice, in the order of the page."""
        facets = [self._facet(name) for name in CHOICE_FACETS]
        return [facet for facet in facets if facet.choices]

    def _facet(self, name: str) -> Facet:
        choices = self._choices(name)
        in_view = SHOWN if name in LONG_FACETS else MOST_CHOICES
        address = ""
        if len(choices) > in_view:
            whole = self.wish.at_page(1).query_string()
            address = reverse("catalog_pages:facet", args=[name]) + whole
        list_name = str(FACET_LISTS[name]) if address else ""
        return Facet(name, str(FACET_LABELS[name]), choices[: MOST_CHOICES + 1], address, list_name)

    def _choices(self, facet: str) -> list[Choice]:
        chosen = self.wish.chosen.get(facet, ())
        found = {value.value: value.count for value in self.counts.get(facet, ()) if value.value}
        missing = [(value, None) for value in chosen if value not in found]
        # A chosen value must stand in view, however rare it is.
        known = sorted(found.items(), key=lambda pair: pair[0] not in chosen)
        pairs = [*missing, *known[: MOST_CHOICES + 1]]
        return [Choice(value, self.label(facet, value), count, value in chosen) for value, count in pairs]

    def chips(self) -> list[Chip]:
        """The applied filters, each with the address that takes it away."""
        chips = [
            Chip(
                str(FACET_LABELS[facet]),
                self.label(facet, value),
                self.wish.without(facet, value).query_string(),
            )
            for facet in CHOICE_FACETS
            for value in self.wish.chosen.get(facet, ())
        ]
        if self.wish.has_years:
            years = f"{self.wish.year_from or ''}–{self.wish.year_to or ''}"
            if self.wish.year_from == self.wish.year_to:
                years = str(self.wish.year_from)
            chips.append(Chip(str(FACET_LABELS["year"]), years, self.wish.without("year", "").query_string()))
        if self.wish.literal:
            as_meant = self.wish.as_typed(False).query_string()
            chips.append(Chip(_("Exactly as typed"), _("Exactly as typed"), as_meant))
        return chips

    def years(self) -> YearChart | None:
        """The chart of years; None where there are fewer than two different years."""
        counts = {
            int(found.value): found.count for found in self.counts.get("year", ()) if found.value.isdigit()
        }
        if len(counts) < 2:
            return None
        oldest, last = min(counts), max(counts)
        usual = _usual_start(counts)
        step = next(size for size in STEPS if (last - usual) / size < MOST_BARS)
        start = usual - usual % step
        totals = [0] * ((last - start) // step + 1)
        for year, count in counts.items():
            totals[max(0, year - start) // step] += count
        width = YearChart.WIDTH / len(totals)
        bars = []
        for index, total in enumerate(totals):
            first = min(oldest, start) if index == 0 else start + index * step
            years = first, min(last, start + (index + 1) * step - 1)
            bars.append(self._bar(years, total, max(totals), index * width, width))
        return YearChart(bars)

    def _bar(self, years: tuple[int, int], count: int, most: int, x: float, width: float) -> Bar:
        first, last = years
        height = 0.0 if not count else max(1.0, YearChart.HEIGHT * count / most)
        in_range = (self.wish.year_from or 0) <= last and first <= (self.wish.year_to or LAST_YEAR)
        return Bar(
            first=first,
            last=last,
            count=count,
            x=number(x + width * 0.1),
            width=number(width * 0.8),
            y=number(YearChart.HEIGHT - height),
            height=number(height),
            selected=in_range and self.wish.has_years,
            address=self.wish.between(first, last).query_string(),
        )


def _usual_start(counts: Mapping[int, int]) -> int:
    """The year from which the chart is drawn year by year: a few very old titles share its first bar."""
    few, seen = sum(counts.values()) * OLD_SHARE, 0
    for year in sorted(counts):
        seen += counts[year]
        if seen > few:
            return year
    return min(counts)
