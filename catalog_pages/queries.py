"""What a reader asked of the catalogue, read from the address and written back into addresses."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PER_PAGE = 20
LONGEST_VALUE = 300
LONGEST_WORDS = 1000  # characters; the search reads fewer and says so
MOST_VALUES = 40
LAST_YEAR = 2100
# The direction of writing: embeddings, overrides and isolates with their ends, and the two marks.
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u200e\u200f"

# The facets that are lists of choices; the years have a chart of their own.
CHOICE_FACETS = ("available", "branch", "material", "language", "author", "subject")

FACET_LABELS: Mapping[str, Promise] = {
    "available": _("On the shelf now"),
    "branch": _("Library"),
    "material": _("Kind"),
    "language": _("Language"),
    "author": _("Author"),
    "subject": _("Subject"),
    "year": _("Year"),
}

# How the page with all values of a facet is called.
FACET_LISTS: Mapping[str, Promise] = {
    "branch": _("All libraries"),
    "material": _("All kinds"),
    "language": _("All languages"),
    "author": _("All authors"),
    "subject": _("All subjects"),
}

SORT_LABELS: Mapping[str, Promise] = {
    "relevance": _("Best match"),
    "added": _("Newly added"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "title": _("Title"),
    "author": _("Author"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A search as the reader made it. Unknown parameters, facets and sorts are left out, never an error."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: str = ""
    page: int = 1
    literal: bool = False  # spelt just as typed: no other endings, scripts or similar words

    @classmethod
    def read(cls, parameters: QueryDict) -> "Wish":
        """The wish that an address holds."""
        chosen = {name: _values(parameters.getlist(name)) for name in CHOICE_FACETS}
        first, last = _years(parameters)
        return cls(
            text=read_words(parameters.get("q", "")),
            chosen={name: values for name, values in chosen.items() if values},
            year_from=first,
            year_to=last,
            sort=parameters["sort"] if parameters.get("sort") in SORT_LABELS else "",
            page=read_page(parameters.get("page", "")),
            literal=parameters.get("literal") == "1",
        )

    @property
    def filters(self) -> dict[str, Sequence[str]]:
        """The filters in the form the search takes."""
        filters: dict[str, Sequence[str]] = dict(self.chosen)
        if self.has_years:
            last = LAST_YEAR if self.year_to is None else self.year_to
            filters["year"] = [f"{self.year_from or 0}-{last}"]
        return filters

    @property
    def has_years(self) -> bool:
        return self.year_from is not None or self.year_to is not None

    @property
    def filter_count(self) -> int:
        """How many filters are applied, the years counting as one."""
        return sum(len(values) for values in self.chosen.values()) + self.has_years

    @property
    def order(self) -> str:
        """The order asked for, or the one that suits: best first for words, newest additions without."""
        return self.sort or ("relevance" if self.text else "added")

    @property
    def is_bare(self) -> bool:
        """Whether this is simply the catalogue: no words, no filters, first page."""
        return not (self.text or self.filter_count or self.sort or self.page > 1)

    def query_string(self) -> str:
        """``?q=…`` with everything that is asked for, in a settled order; ``?`` alone clears an address."""
        return f"?{urlencode(self.pairs())}"

    def pairs(self, *, but: str = "") -> list[tuple[str, str]]:
        """The parameters of the address, in a settled order; without the values of the facet `but`."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [
            (name, value) for name in CHOICE_FACETS if name != but for value in self.chosen.get(name, ())
        ]
        ends = (("year_from", self.year_from), ("year_to", self.year_to))
        pairs += [(name, str(year)) for name, year in ends if year is not None and but != "year"]
        pairs += [("literal", "1")] if self.literal else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs

    def at_page(self, page: int) -> "Wish":
        return replace(self, page=page)

    def as_typed(self, literal: bool = True) -> "Wish":
        """The same search, only for what is spelt just so; or, with False, for everything that may be meant."""
        return replace(self, literal=literal, page=1)

    def with_text(self, text: str) -> "Wish":
        """Other words under the same filters."""
        return replace(self, text=text, literal=False, page=1)

    def between(self, first: int, last: int) -> "Wish":
        """The same within these years."""
        return replace(self, year_from=first, year_to=last, page=1)

    def without(self, facet: str, value: str) -> "Wish":
        """The same without one value of one facet."""
        if facet == "year":
            return replace(self, year_from=None, year_to=None, page=1)
        kept = tuple(other for other in self.chosen.get(facet, ()) if other != value)
        chosen = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen=chosen | ({facet: kept} if kept else {}), page=1)

    def without_facet(self, facet: str) -> "Wish":
        """The same without any value of one facet."""
        if facet == "year":
            return self.without("year", "")
        chosen = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen=chosen, page=1)

    def without_filters(self) -> "Wish":
        return Wish(text=self.text, sort=self.sort, literal=self.literal)

    def words_only(self) -> "Wish":
        """The words and their order alone: no filters, and whatever they may mean."""
        return Wish(text=self.text, sort=self.sort)


def read_text(typed: str) -> str:
    """What was typed, without characters that control something: they find nothing and would turn the page's text."""
    evened = (" " if letter.isspace() else letter for letter in typed)
    return "".join(letter for letter in evened if not _is_control(letter)).strip()


def read_words(typed: str) -> str:
    """The words of a search; what is longer than any search that is read would only make every address longer."""
    return read_text(typed[: 2 * LONGEST_WORDS])[:LONGEST_WORDS].strip()


def _is_control(letter: str) -> bool:
    return (
        unicodedata.category(letter) == "Cc"
        or unicodedata.bidirectional(letter) in DIRECTIONS
        or letter in MARKS
    )


def _values(values: Sequence[str]) -> tuple[str, ...]:
    clean = (read_text(value) for value in values[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in clean if 0 < len(value) <= LONGEST_VALUE))


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) <= LAST_YEAR else None


def _years(parameters: QueryDict) -> tuple[int | None, int | None]:
    """Both ends from the two fields of the form, or from ``year=1987`` or ``year=1950-1999``."""
    first, last = parameters.get("year_from", "").strip(), parameters.get("year_to", "").strip()
    if not (first or last) and (year := parameters.get("year", "").strip()):
        first, _dash, last = year.partition("-")
        last = last or first
    years = _year(first), _year(last)
    if years[0] is not None and years[1] is not None and years[0] > years[1]:
        return years[1], years[0]
    return years


def read_page(text: str) -> int:
    """The number of a page in an address; the first where there is none or nonsense."""
    return max(1, int(text[:12])) if text.isascii() and text.isdigit() else 1
