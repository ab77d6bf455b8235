"""From clauses to tantivy's queries, as far as an open index can answer them at all."""

import re
from collections.abc import Sequence

import tantivy

from search.engines.tantivy_schema import SCHEMA
from search.plan import (
    All,
    AllOf,
    AnyOf,
    Beginning,
    Between,
    Clause,
    InOrder,
    Never,
    Scope,
    Terms,
    Without,
    all_of,
    any_of,
)

MOST_KEPT_COUNTS = 50_000


class Reading:
    """One look at the index: clauses are pruned of what it does not hold, and translated.

    `scopes` are the tokens of field "scope" with the number of documents of each; `counts` keeps what was asked since
    the last commit.
    """

    def __init__(
        self,
        searcher: tantivy.Searcher,
        scopes: Sequence[tuple[str, int]],
        counts: dict[tuple[str, str], int] | None = None,
    ) -> None:
        self.searcher = searcher
        self._scopes = scopes
        self._counts = {} if counts is None else counts

    def documents(self, field: str, value: str) -> int:
        """How many documents have this token; some may be gone."""
        known = self._counts.get((field, value))
        if known is None:
            if len(self._counts) >= MOST_KEPT_COUNTS:
                self._counts.clear()
            known = self._counts[field, value] = self.searcher.doc_freq(field, value)
        return known

    def pruned(self, clause: Clause) -> Clause:
        """The clause without tokens that no document holds, so that hopeless rungs cost nothing."""
        match clause:
            case Terms(field, values):
                known = tuple([value for value in values if self.documents(field, value)])
                return Terms(field, known) if known else Never()
            case AllOf(clauses):
                return all_of(self._pruned_until_never(clauses))
            case AnyOf(clauses):
                return any_of([self.pruned(part) for part in clauses])
            case InOrder(field, values):
                return clause if all(self.documents(field, value) for value in values) else Never()
            case Without(part):
                pruned = self.pruned(part)
                return All() if isinstance(pruned, Never) else Without(pruned)
            case Scope():
                return self._scope(clause)
        return clause

    def _pruned_until_never(self, clauses: Sequence[Clause]) -> list[Clause]:
        found: list[Clause] = []
        for part in clauses:
            found.append(self.pruned(part))
            if isinstance(found[-1], Never):
                return [Never()]
        return found

    def _scope(self, scope: Scope) -> Clause:
        """By the shorter list: of the documents within, or of those outside, which are few in most libraries."""
        within: list[tuple[str, int]] = []
        outside: list[tuple[str, int]] = []
        for token, count in self._scopes:
            kind, *audience = token.split(" ")
            is_within = (not scope.kinds or kind in scope.kinds) and not set(audience).isdisjoint(
                scope.audience
            )
            (within if is_within else outside).append((token, count))
        if not within:
            return Never()
        if sum(count for _, count in outside) < sum(count for _, count in within):
            return Without(Terms("scope", tuple(token for token, _ in outside))) if outside else All()
        return Terms("scope", tuple(token for token, _ in within))


def translated(clause: Clause) -> tantivy.Query:
    """The clause as tantivy's query; a scope must have been pruned."""
    query = tantivy.Query
    match clause:
        case Terms(field, values) if len(values) == 1:
            return query.term_query(SCHEMA, field, values[0], "basic")
        case Terms(field, values):
            terms = [query.term_query(SCHEMA, field, value, "basic") for value in values]
            return query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        case AnyOf(clauses):
            return query.boolean_query([(tantivy.Occur.Should, translated(part)) for part in clauses])
        case All():
            return query.all_query()
        case Never():
            return query.empty_query()
        case InOrder(field, values):
            return query.phrase_query(SCHEMA, field, list(values))
        case Beginning(field, value):
            return query.regex_query(SCHEMA, field, re.escape(value) + ".*")
        case Between(field, low, high):
            return query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)
        case AllOf(clauses):
            return _conjunction(clauses)
        case Without():
            return _conjunction((clause,))
    raise TypeError(f"not a clause: {clause!r}")


def _conjunction(clauses: Sequence[Clause]) -> tantivy.Query:
    parts = [
        (tantivy.Occur.MustNot, translated(part.clause))
        if isinstance(part, Without)
        else (tantivy.Occur.Must, translated(part))
        for part in clauses
    ]
    if all(occur == tantivy.Occur.MustNot for occur, _ in parts):
        parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(parts)
