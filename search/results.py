"""What the search answers with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from search.highlighting import marked
from search.query import Node


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many hits have it, and whether the reader has chosen it."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetList:
    """A part of a facet's values, and how many there are in all."""

    values: list[FacetValue]
    total: int


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of one group of kinds."""

    total: int
    ids: list[str]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits."""

    total: int
    ids: list[str]
    page: int
    per_page: int
    pages: int
    facets: dict[str, list[FacetValue]]
    notice: str | None  # "unparsed", "too_long", "ignored_field" or None
    query: Node = field(repr=False)
    best: str = ""  # how the first hit has the words: "exact", "folded", "stem", "key", "fuzzy" or ""
    widened: bool = False  # words one letter away were searched too, because few hits have those typed
    did_you_mean: list[str] = field(default_factory=list)  # whole queries that find something
    near: Mapping[str, Sequence[str]] = field(
        default_factory=dict, repr=False
    )  # what typed words may mean too

    def highlight(self, text: str, language: str | None = None) -> SafeString:
        """The text as HTML, with the words that the query means inside <mark>; quicker if its language is known."""
        return marked(text, self.query, self.near, language)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion of what is being typed, with the number of records that it leads to."""

    text: str
    kind: str  # "title", "author" or "subject"
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """How the search is."""

    ok: bool
    engine: str
    documents: int = 0
    generation: str = ""
    detail: str = ""
