"""All values of one facet on a page of their own: to find within, to sort, to choose several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog_pages.facets import Choice, value_names
from catalog_pages.pages import PageNumbers
from catalog_pages.queries import FACET_LISTS, Wish, read_page, read_text
from search.analysis import fold
from search.documents import EVERYONE
from search.results import FacetValue
from search.service import facet_values
from search.sorting import sort_key

PER_PAGE = 60
# Facets whose values are codes: readers look for their names, which the search does not know. They are few.
CODED_FACETS = ("branch", "material", "language")
MOST_CODES = 1000
LONGEST_FIND = 100
ORDERS: dict[str, Promise] = {"count": _("Most titles first"), "name": _("A to Z")}


@dataclass(frozen=True, slots=True)
class FacetQuestion:
    """Which part of a facet's values, within which search. Unknown parameters are left out."""

    wish: Wish
    facet: str
    find: str = ""
    order: str = "count"
    page: int = 1

    @classmethod
    def read(cls, facet: str, parameters: QueryDict) -> "FacetQuestion":
        """The question that an address holds; ``at`` is the page of values, for ``page`` is that of the hits."""
        order = parameters.get("order", "")
        return cls(
            wish=Wish.read(parameters).at_page(1),
            facet=facet,
            find=read_text(parameters.get("find", ""))[:LONGEST_FIND],
            order=order if order in ORDERS else "count",
            page=read_page(parameters.get("at", "")),
        )

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form must send along unseen: the search without the values of this facet."""
        return self.wish.pairs(but=self.facet)


@dataclass(frozen=True, slots=True)
class FacetListing:
    """One page of a facet's values; chosen values that are not on it stand before them."""

    question: FacetQuestion
    choices: list[Choice]
    chosen_elsewhere: list[Choice]
    total: int

    @property
    def label(self) -> str:
        return str(FACET_LISTS[self.question.facet])

    @property
    def numbers(self) -> PageNumbers:
        return PageNumbers(self.question.page, -(-self.total // PER_PAGE))


def list_values(question: FacetQuestion, *, audience: Sequence[str] = (EVERYONE,)) -> FacetListing:
    """The values asked for, with how many hits each would leave. Raises `SearchUnavailable`."""
    find = _coded_values if question.facet in CODED_FACETS else _own_values
    values, total, name = find(question, audience)
    chosen = question.wish.chosen.get(question.facet, ())
    listed = {found.value for found in values}
    return FacetListing(
        question=question,
        choices=[Choice(v.value, name(v.value), v.count, v.value in chosen) for v in values],
        chosen_elsewhere=[Choice(value, name(value), None, True) for value in chosen if value not in listed],
        total=total,
    )


Found = tuple[Sequence[FacetValue], int, Callable[[str], str]]


def _own_values(question: FacetQuestion, audience: Sequence[str]) -> Found:
    """Values that are names themselves: the search finds and sorts them."""
    found = facet_values(
        question.wish.text,
        question.facet,
        filters=question.wish.filters,
        find=question.find,
        order=question.order,
        limit=PER_PAGE,
        offset=(question.page - 1) * PER_PAGE,
        literal=question.wish.literal,
        audience=audience,
    )
    return found.values, found.total, str


def _coded_values(question: FacetQuestion, audience: Sequence[str]) -> Found:
    """Values that are codes: found and sorted by their names in the reader's language."""
    wish = question.wish
    everything = facet_values(
        wish.text,
        question.facet,
        filters=wish.filters,
        limit=MOST_CODES,
        literal=wish.literal,
        audience=audience,
    ).values
    codes = [value.value for value in everything] + list(wish.chosen.get(question.facet, ()))
    name = value_names(question.facet, codes)
    wanted = fold(question.find).split()
    values = [value for value in everything if all(part in fold(name(value.value)) for part in wanted)]
    if question.order == "name":
        language = get_language() or ""
        values.sort(key=lambda value: sort_key(name(value.value), language, language))
    start = (question.page - 1) * PER_PAGE
    return values[start : start + PER_PAGE], len(values), name
