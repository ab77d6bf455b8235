"""A query in terms that every engine translates clause by clause (made by `search.ranking`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Never:
    """No document."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Documents of one of these kinds (none: of any kind) that are meant for one of these audiences."""

    kinds: tuple[str, ...]
    audience: tuple[str, ...]


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


Clause = All | Never | Scope | Terms | InOrder | Beginning | Between | Without | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder: who stands on it or above, and in which form the words are found there.

    Steps are numbered from the top and each contains those before it; what is no step (number None) stands for
    itself.
    """

    clause: Callable[[], Clause]  # worked out only when it is needed
    form: str  # "exact", "folded", "stem", "key" or "fuzzy"
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is found and in which order.

    `match` decides what is found, with `scope` (kinds of things, audience) and `filters` (chosen facets). For
    relevance a document stands on the first of `rungs` that it meets. The same told word by word, for few hits:
    `leaves` says by which clauses each part of the query is met, best first, and `step` makes of the place that each
    part has in its list (None where it has none) the number of the document's step. There are no leaves where parts
    alone do not tell.
    """

    match: Clause
    rungs: Callable[[], Iterator[Rung]]  # worked out rung by rung: most searches need the first few
    leaves: Callable[[], Sequence[Sequence[Clause]] | None]
    step: Callable[[Sequence[int | None]], int]
    scope: Clause
    filters: Mapping[str, Clause]

    def base(self, ignoring: str = "") -> Clause:
        """Everything found, `ignoring` the filter of one facet."""
        return all_of([self.match, *self.conditions(ignoring)])

    def conditions(self, ignoring: str = "") -> list[Clause]:
        """Scope and filters, which hold on every rung."""
        return [self.scope, *(clause for facet, clause in self.filters.items() if facet != ignoring)]

    def has_no_words(self) -> bool:
        """Whether nothing was typed that narrows the search."""
        return isinstance(self.match, All)

    def finds_everything(self) -> bool:
        """Whether neither words nor filters narrow the search."""
        return self.has_no_words() and not self.filters


def all_of(clauses: Iterable[Clause]) -> Clause:
    """The clauses together, as simply as possible."""
    flat: dict[Clause, None] = {}
    for clause in clauses:
        if isinstance(clause, AllOf):
            flat.update(dict.fromkeys(clause.clauses))
        else:
            flat[clause] = None
    if len(flat) == 1:
        return next(iter(flat))
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
        if isinstance(clause, AnyOf):
            flat.update(dict.fromkeys(clause.clauses))
        else:
            flat[clause] = None
    if len(flat) == 1:
        return next(iter(flat))
    flat.pop(Never(), None)
    if All() in flat:
        return All()
    if len(flat) < 2:
        return next(iter(flat), Never())
    return AnyOf(tuple(flat))
