"""The port between the portal and a search engine. All engines pass one contract suite (tests/search)."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document
from search.plan import Clause, Plan

# The field that each order of results sorts by, and whether the highest comes first. "relevance" climbs the plan's
# ladder and uses its field where documents stand on one rung.
ORDERS = {
    "relevance": ("sort_rank", True),
    "newest": ("sort_newest", True),
    "oldest": ("sort_oldest", False),
    "added": ("sort_added", True),
    "title": ("sort_title", False),
    "author": ("sort_author", False),
}


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of ids with the number of all hits and the counts of each facet's values, highest first."""

    total: int
    ids: list[str]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    best: str = ""  # form of the highest rung on which anything stands; "" for orders other than relevance


@dataclass(frozen=True, slots=True)
class Suggested:
    """One completion of what is being typed."""

    kind: str
    text: str
    count: int


class IndexWriter(Protocol):
    """Writes to one generation. Nothing is visible before `commit`; leaving without it drops what was written."""

    def index(self, documents: Iterable[Document]) -> None:
        """Add these documents, replacing those with the same ids."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents with these ids, if they are there."""

    def commit(self, stamp: str) -> None:
        """Make everything written so far lasting and visible, and leave this stamp in the index."""


class Engine(Protocol):
    """A search engine that keeps any number of generations of the index side by side.

    Whatever goes wrong in it is raised as `SearchUnavailable`, a second writer as `EngineBusy`.
    """

    name: str

    def ping(self) -> str:
        """A word on the engine (its version) when it answers."""

    def writer(
        self, generation: str, *, bulk: bool = False, expected: int = 0
    ) -> AbstractContextManager[IndexWriter]:
        """A writer for this generation, which is created if need be.

        `bulk` is for building a whole index, of about so many documents as `expected` says.
        """

    def stamp(self, generation: str) -> str | None:
        """The stamp of the last commit to this generation; None when the engine does not hold it."""

    def drop(self, generation: str) -> None:
        """Remove a generation, if it is there."""

    def revision(self, generation: str) -> str:
        """Changes whenever something was committed, as far as the engine can tell without a request."""

    def count(self, generation: str, clause: Clause) -> int:
        """How many documents meet the clause."""

    def search(
        self,
        generation: str,
        plan: Plan,
        *,
        facets: Sequence[str] = (),
        facet_limit: int = 20,
        order: str = "relevance",
        offset: int = 0,
        limit: int = 20,
        enough: int = 0,
    ) -> Hits:
        """One page of what the plan finds; counts of a facet ignore its own filter.

        Of fewer hits than are `enough` the number may be all that is worked out.
        """

    def suggest(
        self, generation: str, prefix: str, kinds: Mapping[str, int], scope: Clause
    ) -> list[Suggested]:
        """The commonest titles, authors and subjects that begin so: so many of each kind as `kinds` asks for."""

    def known(self, generation: str, field: str, values: Iterable[str]) -> dict[str, int]:
        """Those of the tokens that stand in the field, with the number of documents (some may be gone by now)."""

    def beginning(self, generation: str, field: str, start: str, limit: int) -> dict[str, int]:
        """The commonest tokens in the field that begin so, with the number of documents."""

    def browse(self, generation: str, facet: str, start: str, limit: int) -> list[tuple[str, int]]:
        """The values of a facet that begin with `start`, in the order of their characters, with counts."""
