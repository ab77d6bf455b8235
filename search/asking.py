"""One question put to the engine: as typed, and once more with words that look alike where that finds little."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.cache import cache

from search import spelling
from search.documents import EVERYONE
from search.engines import current_engine
from search.engines.base import Engine, Hits
from search.errors import SearchUnavailable
from search.generations import live_generation
from search.models import Generation
from search.plan import Plan, all_of
from search.query import Query, Word, leaves, parse
from search.ranking import make_plan

FEW_HITS = 10
MOST_CORRECTIONS = 3
MOST_CHOSEN = 100  # values of one facet that a reader may have chosen
CACHE_SECONDS = 3600

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    text: str
    parsed: Query
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Sequence[str] = ("record",)
    literal: bool = False
    audience: Sequence[str] = (EVERYONE,)

    def plan(self, near: spelling.NearWords | None = None, *, is_filtered: bool = True) -> Plan:
        """How to find it; `near` has the words that are meant too."""
        filters = self.filters if is_filtered else {}
        return make_plan(
            self.parsed, filters, self.kinds, literal=self.literal, audience=self.audience, near=near
        )

    def corrected(self, text: str) -> "Question":
        """The same of another text, just as that is."""
        return replace(self, text=text, parsed=parse(text), literal=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, by which plan, and what else might have been meant."""

    hits: Hits
    near: spelling.NearWords = field(default_factory=dict)
    did_you_mean: list[str] = field(default_factory=list)


def answer(ask: Callable[[Engine, Generation], Answer]) -> Answer:
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


def find(
    engine: Engine,
    generation: Generation,
    question: Question,
    facets: Sequence[str],
    place: Mapping[str, Any],
) -> Found:
    """A page of hits. Where few have the words as typed, those with words that look alike come after them."""
    plan = question.plan()
    may_widen = not question.literal and any(isinstance(leaf, Word) for leaf in leaves(question.parsed.tree))
    enough = FEW_HITS if may_widen else 0
    hits = _counted_once(engine, generation, plan, facets, {**place, "enough": enough})
    near: spelling.NearWords = {}
    did_you_mean: list[str] = []
    if may_widen and (typed := _typed_total(engine, generation, question, hits)) < FEW_HITS:
        index = Vocabulary(engine, generation.name)
        near, plan, hits = _widened(index, question, plan, hits, typed, {**place, "facets": facets})
        did_you_mean = list(_corrections(index, question, near))
        near = near if hits.total > typed or question.filters else {}
    return Found(_with_chosen(engine, generation, question, plan, hits), near, did_you_mean)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a generation of the index holds."""

    engine: Engine
    name: str

    def known(self, words: Iterable[str]) -> Mapping[str, int]:
        """Those of these folded words that are there, with the number of documents."""
        return self.engine.known(self.name, "word", words)

    def beginning(self, start: str) -> Mapping[str, int]:
        """The folded words that begin so."""
        return self.engine.beginning(self.name, "word", start, spelling.MOST_BEGINNING)

    def spelt(self, folded: str) -> str:
        """How a folded word is mostly written."""
        ways = self.engine.beginning(self.name, "spelling", f"{folded} ", 1)
        return next(iter(ways), folded).rpartition(" ")[2]


def _typed_total(engine: Engine, generation: Generation, question: Question, hits: Hits) -> int:
    """How much there is with the words as typed, whatever facets are chosen: choosing must not widen a search."""
    if not question.filters or hits.total >= FEW_HITS:
        return hits.total
    return engine.count(generation.name, question.plan(is_filtered=False).base())


def _widened(
    index: Vocabulary, question: Question, plan: Plan, hits: Hits, typed: int, place: Mapping[str, Any]
) -> tuple[spelling.NearWords, Plan, Hits]:
    """Words near to the typed ones, the plan that has them too, and what it finds."""
    tree = question.parsed.tree
    near = spelling.near_words(tree, index.known, is_nothing_found=not typed)
    if not typed and not (near and index.engine.count(index.name, question.plan(near).base())):
        near |= spelling.far_words(tree, index.beginning)
    if near:
        plan = question.plan(near)
    if near or (hits.total and not hits.ids):
        hits = index.engine.search(index.name, plan, **place)
    return near, plan, hits


def _corrections(index: Vocabulary, question: Question, near: spelling.NearWords) -> Iterator[str]:
    """Whole queries that find something, near to the typed one or typed on another keyboard layout."""
    if not question.parsed.title:
        return
    text = " ".join(question.text.split())
    texts = [
        *spelling.corrections(text, near, index.known, index.spelt),
        *spelling.other_layouts(text),
    ]
    found = 0
    for other in dict.fromkeys(texts):
        plan = question.corrected(other).plan(is_filtered=False)
        if other != text and not plan.has_no_words() and index.engine.count(index.name, plan.base()):
            yield other
            found += 1
        if found == MOST_CORRECTIONS:
            return


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


def _with_chosen(engine: Engine, generation: Generation, question: Question, plan: Plan, hits: Hits) -> Hits:
    """The hits, with those chosen values counted too that are not among the commonest."""
    completed = {}
    for facet, values in hits.facets.items():
        listed = {value for value, _ in values}
        missing = [value for value in dict.fromkeys(question.filters.get(facet, ())) if value not in listed]
        completed[facet] = list(values)
        for value in missing[:MOST_CHOSEN]:
            chosen = make_plan(parse(""), {facet: [value]}, ()).filters[facet]
            count = engine.count(generation.name, all_of([plan.base(facet), chosen]))
            completed[facet].append((value, count))
    return replace(hits, facets=completed)
