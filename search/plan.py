"""A query in terms that every engine translates clause by clause (made by `search.ranking`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Never:
    """No document."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Documents with at least one of these tokens in the field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InOrder:
    """Documents with these tokens side by side in the field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Documents with a token in the field that begins so."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """Documents with a number in the field within these bounds, both included; None is unbounded."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that do not meet the clause."""

    clause: "Clause"


@dataclass(frozen=True, slots=True)
class AllOf:
    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    clauses: tuple["Clause", ...]


Clause = All | Never | Terms | InOrder | Beginning | Between | Without | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Plan:
    """What is found and in which order.

    `match` decides what is found, with `scope` (kinds of things) and `filters` (chosen facets). For relevance a
    document stands on the first rung of `titles`, then of `steps`, that it meets; each step contains the one before.
    """

    match: Clause
    titles: tuple[Clause, ...]
    steps: Callable[[], Iterator[Clause]]  # worked out step by step: most searches need the first few
    scope: Clause
    filters: Mapping[str, Clause]
    literal: bool = False

    def has_words(self) -> bool:
        """Whether anything was typed that narrows the search."""
        return not isinstance(self.match, All)

    def base(self, ignoring: str = "") -> Clause:
        """Everything found, `ignoring` the filter of one facet."""
        return all_of([self.match, *self.conditions(ignoring)])

    def conditions(self, ignoring: str = "") -> list[Clause]:
        """Scope and filters, which hold on every rung."""
        return [self.scope, *(clause for facet, clause in self.filters.items() if facet != ignoring)]

    def finds_everything(self) -> bool:
        """Whether neither words nor filters narrow the search."""
        return isinstance(self.match, All) and not self.filters


def all_of(clauses: Iterable[Clause]) -> Clause:
    """The clauses together, as simply as possible."""
    flat: dict[Clause, None] = {}
    for clause in clauses:
        flat.update(dict.fromkeys(clause.clauses if isinstance(clause, AllOf) else [clause]))
    flat.pop(All(), None)
    if Never() in flat:
        return Never()
    if len(flat) < 2:
        return next(iter(flat), All())
    return AllOf(tuple(flat))


def any_of(clauses: Iterable[Clause]) -> Clause:
    """One of the clauses, as simply as possible."""
    flat: dict[Clause, None] = {}
    for clause in clauses:
        flat.update(dict.fromkeys(clause.clauses if isinstance(clause, AnyOf) else [clause]))
    flat.pop(Never(), None)
    if All() in flat:
        return All()
    if len(flat) < 2:
        return next(iter(flat), Never())
    return AnyOf(tuple(flat))
