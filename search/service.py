"""What the rest of the portal asks the search."""

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.cache import cache

from search.analysis import fold, words
from search.asking import CACHE_SECONDS, Question, answer, find_hits
from search.documents import ALL_FACETS, EVERYONE
from search.engines import current_engine
from search.engines.base import ORDERS, Engine, Hits, Suggested
from search.errors import SearchUnavailable, TooDeep
from search.generations import live_generation
from search.layout import SUGGESTION_KINDS, suggestion_prefix
from search.models import Generation
from search.plan import All, Scope
from search.query import has_words, parse
from search.results import FacetList, FacetValue, Group, SearchPage, Status, Suggestion
from search.sorting import filing_key

__all__ = [
    "SORTS",
    "FacetList",
    "FacetValue",
    "Group",
    "SearchPage",
    "Status",
    "Suggestion",
    "facet_values",
    "ping",
    "search",
    "search_groups",
    "suggest",
]

SORTS = ("relevance", "title", "author", "newest", "oldest", "added")
DEEPEST_HIT = 10_000
MOST_PER_PAGE = 100
MOST_FACET_VALUES = 1000
MOST_LISTED_VALUES = 100_000
REMEMBERED_VALUES = 100_000  # all authors of a big catalogue: a list of more would find none of them kept
SHORTEST_SUGGESTED = 2
LONGEST_KEPT_SUGGESTED = 3
SUGGESTION_SHARES = {"title": 4, "author": 2, "subject": 2}  # of eight


def search(
    text: str,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    facets: Sequence[str] = (),
    facet_limit: int = 20,
    sort: str = "relevance",
    page: int = 1,
    per_page: int = 20,
    kinds: Sequence[str] = ("record",),
    literal: bool = False,
    widen: bool = True,
    audience: Sequence[str] = (EVERYONE,),
) -> SearchPage:
    """One page of what is found for a typed text.

    Several values of one filter are alternatives, different filters are all required; counts of a facet ignore its
    own filter. Filter "year" takes "1987" and "1950-1999". Unknown sorts and facets are passed over. `literal` finds
    the words as typed, up to letters that keyboards lack, and nothing else; without `widen`, few hits stay few.
    `audience` says who asks: what is meant for none of these is not found. Raises `TooDeep` beyond the ten-thousandth
    hit and `SearchUnavailable` when no index answers.
    """
    page, per_page = max(page, 1), min(max(per_page, 1), MOST_PER_PAGE)
    if page * per_page > DEEPEST_HIT:
        raise TooDeep(f"No more than {DEEPEST_HIT} hits are shown.")
    question = Question(text, parse(text), filters or {}, kinds, literal, audience, widen)
    asked = [facet for facet in facets if facet in ALL_FACETS]
    place = {
        "facet_limit": min(max(facet_limit, 1), MOST_FACET_VALUES),
        "order": sort if sort in ORDERS else "relevance",
        "offset": (page - 1) * per_page,
        "limit": per_page,
    }
    found = answer(lambda engine, generation: find_hits(engine, generation, question, asked, place))
    return SearchPage(
        total=found.hits.total,
        ids=found.hits.ids,
        page=page,
        per_page=per_page,
        pages=-(-min(found.hits.total, DEEPEST_HIT // per_page * per_page) // per_page),
        facets={
            facet: [
                FacetValue(value, count, value in question.filters.get(facet, ())) for value, count in values
            ]
            for facet, values in found.hits.facets.items()
        },
        notice=question.parsed.notice,
        query=question.parsed.tree,
        best=found.hits.best if has_words(question.parsed.tree) else "",
        widened=bool(found.near),
        did_you_mean=found.did_you_mean,
        near=found.near,
    )


def search_groups(
    text: str,
    groups: Mapping[str, Sequence[str]],
    *,
    limit: int = 3,
    literal: bool = False,
    audience: Sequence[str] = (EVERYONE,),
) -> dict[str, Group]:
    """The best hits of each group of kinds (`{"library": ("branch", "page")}`), by the group's name, for one text.

    With `limit` 0 they are only counted, which costs much less.
    """
    parsed = parse(text)
    questions = {
        name: Question(text, parsed, kinds=kinds, literal=literal, audience=audience)
        for name, kinds in groups.items()
    }

    def ask(engine: Engine, generation: Generation) -> dict[str, Hits]:
        if limit <= 0:
            return {
                name: Hits(engine.count(generation.name, question.plan().base()), [], {})
                for name, question in questions.items()
            }
        return {
            name: engine.search(generation.name, question.plan(), limit=min(limit, MOST_PER_PAGE))
            for name, question in questions.items()
        }

    return {name: Group(hits.total, hits.ids) for name, hits in answer(ask).items()}


def facet_values(
    text: str,
    facet: str,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    find: str = "",
    order: str = "count",
    limit: int = 50,
    offset: int = 0,
    kinds: Sequence[str] = ("record",),
    literal: bool = False,
    audience: Sequence[str] = (EVERYONE,),
) -> FacetList:
    """A part of all values that a facet has among what `search` finds; the filter of the facet itself does not count.

    `find` keeps the values that have all its words, begun or whole, up to missing letters of the keyboard. `order` is
    "count" (the commonest first) or "name". An unknown facet has no values. Raises `SearchUnavailable`.
    """
    if facet not in ALL_FACETS:
        return FacetList([], 0)
    question = Question(text, parse(text), filters or {}, kinds, literal, audience)
    chosen = set(question.filters.get(facet, ()))
    found = answer(lambda engine, generation: _with_all_values(engine, generation, question, facet))
    wanted = fold(find).split()
    values = [(value, count) for value, count in found.facets[facet] if count and _has_words(value, wanted)]
    if order == "name":
        values.sort(key=lambda found: _filed(found[0]))
    shown = values[max(offset, 0) :][: max(limit, 0)]
    return FacetList([FacetValue(value, count, value in chosen) for value, count in shown], len(values))


def _with_all_values(engine: Engine, generation: Generation, question: Question, facet: str) -> Hits:
    place: dict[str, Any] = {"facet_limit": MOST_LISTED_VALUES, "order": "relevance", "offset": 0, "limit": 1}
    plan = question.plan()
    if plan.finds_everything():  # so long a list is not worth keeping
        return engine.search(generation.name, plan, facets=[facet], **place)
    return find_hits(engine, generation, question, [facet], place).hits


def _has_words(value: str, wanted: Sequence[str]) -> bool:
    if not all(part in _folded(value) for part in wanted):  # most are not, and this costs least
        return False
    folded = [fold(word) for word in words(value)] if wanted else []
    return all(any(word.startswith(part) for word in folded) for part in wanted)


@lru_cache(REMEMBERED_VALUES)
def _folded(value: str) -> str:
    return fold(value)


@lru_cache(REMEMBERED_VALUES)
def _filed(value: str) -> str:
    return filing_key(value, "")


def suggest(text: str, *, limit: int = 8, audience: Sequence[str] = (EVERYONE,)) -> list[Suggestion]:
    """Titles, authors and subjects that begin with what is typed, from two letters on; the commonest first."""
    prefix = suggestion_prefix(text[:100])
    if len(prefix) < SHORTEST_SUGGESTED:
        return []

    def ask(engine: Engine, generation: Generation) -> list[Suggested]:
        def look_up() -> list[Suggested]:
            return engine.suggest(generation.name, prefix, dict.fromkeys(SUGGESTION_KINDS, limit), scope)

        if len(prefix) > LONGEST_KEPT_SUGGESTED:
            return look_up()
        # Few letters begin very many titles, and are typed by everybody: the answer may lag behind the index.
        asked = zlib.crc32(repr((prefix, limit, sorted(audience))).encode())
        key = f"suggest:{generation.name}:{asked}"
        kept: list[Suggested] | None = cache.get(key)
        if kept is None:
            cache.set(key, kept := look_up(), CACHE_SECONDS)
        return kept

    scope = Scope(("record",), tuple(sorted(set(audience))))
    found = answer(ask)
    by_kind = {kind: [item for item in found if item.kind == kind] for kind in SUGGESTION_KINDS}
    shares = {kind: max(limit * share // 8, 1) for kind, share in SUGGESTION_SHARES.items()}
    best = [item for kind in SUGGESTION_KINDS for item in by_kind[kind][: shares[kind]]]
    spare = [item for kind in SUGGESTION_KINDS for item in by_kind[kind][shares[kind] :]]
    shown = sorted((best + spare)[:limit], key=lambda item: SUGGESTION_KINDS.index(item.kind))
    return [Suggestion(item.text, item.kind, item.count) for item in shown]


def ping() -> Status:
    """How the search is; never raises for an engine that is away."""
    engine = current_engine()
    generation = live_generation()
    if generation is None:
        return Status(False, engine.name, detail="there is no search index yet")
    try:
        engine.ping()
        documents = engine.count(generation.name, All())
    except SearchUnavailable as error:
        return Status(False, engine.name, generation=generation.name, detail=str(error))
    return Status(True, engine.name, documents, generation.name)
