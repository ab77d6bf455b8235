"""What the rest of the portal asks the search."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.safestring import SafeString

from search.documents import FACETS
from search.engines import current_engine
from search.engines.base import ORDERS, Engine, Hits, Suggested
from search.errors import SearchUnavailable, TooDeep
from search.generations import live_generation
from search.highlighting import marked
from search.layout import SUGGESTION_KINDS, suggestion_prefix
from search.models import Generation
from search.plan import All, Plan, Terms, all_of
from search.query import Node, parse
from search.ranking import make_plan

SORTS = ("relevance", "title", "author", "newest", "oldest", "added")
DEEPEST_HIT = 10_000
MOST_PER_PAGE = 100
MOST_FACET_VALUES = 1000
SHORTEST_SUGGESTED = 2
LONGEST_KEPT_SUGGESTED = 3
SUGGESTION_SHARES = {"title": 4, "author": 2, "subject": 2}  # of eight
CACHE_SECONDS = 3600

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many hits have it, and whether the reader has chosen it."""

    value: str
    count: int
    selected: bool


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

    def highlight(self, text: str) -> SafeString:
        """The text as HTML, with the words that the query means inside <mark>."""
        return marked(text, self.query)


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
) -> SearchPage:
    """One page of what is found for a typed text.

    Several values of one filter are alternatives, different filters are all required; counts of a facet ignore its
    own filter. Filter "year" takes "1987" and "1950-1999". Unknown sorts and facets are passed over. Raises
    `TooDeep` beyond the ten-thousandth hit and `SearchUnavailable` when no index answers.
    """
    page, per_page = max(page, 1), min(max(per_page, 1), MOST_PER_PAGE)
    if page * per_page > DEEPEST_HIT:
        raise TooDeep(f"No more than {DEEPEST_HIT} hits are shown.")
    filters = filters or {}
    parsed = parse(text)
    plan = make_plan(parsed, filters, kinds)
    facets = [facet for facet in facets if facet in FACETS]
    place = {
        "facet_limit": min(max(facet_limit, 1), MOST_FACET_VALUES),
        "order": sort if sort in ORDERS else "relevance",
        "offset": (page - 1) * per_page,
        "limit": per_page,
    }

    def ask(engine: Engine, generation: Generation) -> Hits:
        hits = _counted_once(engine, generation, plan, facets, place)
        return replace(hits, facets=_with_chosen(engine, generation, plan, filters, hits.facets))

    hits = _answer(ask)
    return SearchPage(
        total=hits.total,
        ids=hits.ids,
        page=page,
        per_page=per_page,
        pages=-(-min(hits.total, DEEPEST_HIT // per_page * per_page) // per_page),
        facets={
            facet: [FacetValue(value, count, value in filters.get(facet, ())) for value, count in values]
            for facet, values in hits.facets.items()
        },
        notice=parsed.notice,
        query=parsed.tree,
    )


def suggest(text: str, *, limit: int = 8) -> list[Suggestion]:
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
        key = f"suggest:{generation.name}:{limit}:{prefix.encode().hex()}"
        kept: list[Suggested] | None = cache.get(key)
        if kept is None:
            cache.set(key, kept := look_up(), CACHE_SECONDS)
        return kept

    scope = Terms("kind", ("record",))
    found = _answer(ask)
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


def _answer(ask: Callable[[Engine, Generation], Answer]) -> Answer:
    """Ask the engine about the generation in use, once more if that was just replaced."""
    engine = current_engine()
    generation = live_generation()
    if generation is None:
        raise SearchUnavailable("There is no search index yet.")
    try:
        return ask(engine, generation)
    except SearchUnavailable:
        newer = live_generation()
        if newer is None or newer.name == generation.name:
            raise
        return ask(engine, newer)


def _counted_once(
    engine: Engine, generation: Generation, plan: Plan, facets: Sequence[str], place: Mapping[str, Any]
) -> Hits:
    """A page of hits. Counts over all documents, the dearest of all and always the same, are kept per commit."""
    if not facets or not plan.finds_everything():
        return engine.search(generation.name, plan, facets=facets, **place)
    state = f"{generation.name}:{generation.commits}:{engine.revision(generation.name)}"
    asked = f"{plan.scope}:{','.join(facets)}:{place['facet_limit']}"
    key = f"search:{state}:{zlib.crc32(asked.encode())}"
    counts = cache.get(key)
    hits = engine.search(generation.name, plan, facets=() if counts else facets, **place)
    if counts is None:
        cache.set(key, hits.facets, CACHE_SECONDS)
    return replace(hits, facets=counts or hits.facets)


def _with_chosen(
    engine: Engine,
    generation: Generation,
    plan: Plan,
    filters: Mapping[str, Sequence[str]],
    counts: Mapping[str, list[tuple[str, int]]],
) -> dict[str, list[tuple[str, int]]]:
    """The counts, with those chosen values added that are too rare to be among the commonest."""
    completed = {}
    for facet, values in counts.items():
        listed = {value for value, _ in values}
        missing = [value for value in dict.fromkeys(filters.get(facet, ())) if value not in listed]
        completed[facet] = list(values)
        for value in missing[:MOST_PER_PAGE]:
            chosen = make_plan(parse(""), {facet: [value]}, ()).filters[facet]
            completed[facet].append(
                (value, engine.count(generation.name, all_of([plan.base(facet), chosen])))
            )
    return completed
