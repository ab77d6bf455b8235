"""From clauses to tantivy's queries, as far as an open index can answer them at all."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tantivy

from search.engines.tantivy_schema import SCHEMA
from search.layout import WIDE_FIELDS, WORD_FIELDS
from search.plan import (
    All,
    AllOf,
    AnyOf,
    Beginning,
    Between,
    Clause,
    InOrder,
    Never,
    Plan,
    Scope,
    Terms,
    Without,
    all_of,
    any_of,
)

MOST_KEPT_COUNTS = 50_000
MOST_KEPT_LIGHTER = 1000
MANY_DOCUMENTS = 20_000
KEPT_BEGINNINGS = 256
# What none of the first has, none of the second has: most forms of a typed word are in no document at all.
WIDER = {f"{field}_{form}": wide for field in WORD_FIELDS for form, wide in WIDE_FIELDS.items()}


@dataclass(slots=True)
class Commit:
    """What is known of one commit of the index: worked out once, and true until the next one.

    `scopes` are the tokens of field "scope" with the number of documents of each; `tallies` the hits and facets of
    questions that find very many documents, by what was asked.
    """

    scopes: Sequence[tuple[str, int]] = ()
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    lighter: dict[Clause, Clause] = field(default_factory=dict)
    tallies: dict[Hashable, Any] = field(default_factory=dict)


class Reading:
    """One look at the index: clauses are pruned of what it does not hold, and translated."""

    def __init__(self, searcher: tantivy.Searcher, commit: Commit) -> None:
        self.searcher = searcher
        self.commit = commit
        self._pruned: dict[int, tuple[Terms, Clause]] = {}

    def documents(self, field_name: str, value: str) -> int:
        """How many documents have this token; some may be gone."""
        counts = self.commit.counts
        known = counts.get((field_name, value))
        if known is None:
            wider = WIDER.get(field_name)
            if wider and not self.documents(wider, value):
                return 0
            if len(counts) >= MOST_KEPT_COUNTS:
                counts.clear()
            known = counts[field_name, value] = self.searcher.doc_freq(field_name, value)
        return known

    def count(self, clause: Clause) -> int:
        """How many documents meet a pruned clause."""
        if isinstance(clause, Never):
            return 0
        return int(self.searcher.search(translated(clause), 1).count)  # type: ignore[attr-defined]  # not in its stubs

    def base(self, plan: Plan, ignoring: str = "") -> Clause:
        """Everything that a plan finds, pruned, and with as few lists of documents to go through as may be."""
        return all_of([self._lighter(self.pruned(plan.match)), *map(self.pruned, plan.conditions(ignoring))])

    def _lighter(self, clause: Clause) -> Clause:
        """The clause without tokens whose documents all have another token of it.

        A common word stands in the index in several forms, mostly on the same documents.
        """
        match clause:
            case AllOf(clauses):
                return all_of([self._lighter(part) for part in clauses])
            case Terms() | AnyOf():
                lists = _tokens(clause)
                if len(lists) < 2 or sum(self.documents(*token) for token in lists) < MANY_DOCUMENTS:
                    return clause
                lighter = self.commit.lighter
                if clause not in lighter:
                    if len(lighter) >= MOST_KEPT_LIGHTER:
                        lighter.clear()
                    lighter[clause] = self._without_repetition(lists)
                return lighter[clause]
        return clause

    def _without_repetition(self, lists: Sequence[tuple[str, str]]) -> Clause:
        kept: Clause = Never()
        for field_name, value in sorted(lists, key=lambda token: -self.documents(*token)):
            more = Terms(field_name, (value,))
            if isinstance(kept, Never) or self.count(AllOf((more, Without(kept)))):
                kept = any_of([kept, more])
        return kept

    def pruned(self, clause: Clause) -> Clause:
        """The clause without tokens that no document holds, so that hopeless rungs cost nothing."""
        match clause:
            case Terms():
                return self._terms(clause)
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

    def _terms(self, terms: Terms) -> Clause:
        # The same clause stands on many rungs.
        kept, pruned = self._pruned.get(id(terms), (None, None))
        if kept is not terms or pruned is None:
            known = tuple([value for value in terms.values if self.documents(terms.field, value)])
            pruned = Terms(terms.field, known) if known else Never()
            self._pruned[id(terms)] = (terms, pruned)
        return pruned

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
        for token, count in self.commit.scopes:
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


def _tokens(clause: Clause) -> list[tuple[str, str]]:
    """The tokens of which one is enough to meet the clause; none where other things meet it, too."""
    parts = clause.clauses if isinstance(clause, AnyOf) else (clause,)
    if not all(isinstance(part, Terms) for part in parts):
        return []
    return [(part.field, value) for part in parts if isinstance(part, Terms) for value in part.values]


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
            return _beginning(field, value)
        case Between(field, low, high):
            return query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)
        case AllOf(clauses):
            return _conjunction(clauses)
        case Without():
            return _conjunction((clause,))
    raise TypeError(f"not a clause: {clause!r}")


@lru_cache(KEPT_BEGINNINGS)
def _beginning(field: str, value: str) -> tantivy.Query:
    """Building the automaton takes about a millisecond, and one search asks for it on every rung."""
    return tantivy.Query.regex_query(SCHEMA, field, re.escape(value) + ".*")


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
