"""The embedded engine and Elasticsearch give the same answers, on the works and on a generated catalogue."""

import random
from functools import partial

import pytest

from search.documents import FACETS
from search.engines import current_engine
from search.generations import live_generation, rebuild
from search.models import Generation
from search.plan import all_of
from search.query import parse
from search.ranking import make_plan
from search.service import SORTS, search, suggest
from tests.search.conftest import remove_indexes, use_engine
from tests.search.corpus import BRANCHES, ToySource, generated, works

pytestmark = [pytest.mark.engine, pytest.mark.elasticsearch, pytest.mark.django_db]

CORPORA = {"works": works(), "generated": generated(600, seed=5)}


@pytest.fixture(params=CORPORA)
def ask_both(request, settings, source, db):
    """A function that puts one question to both engines, and the corpus."""
    documents = CORPORA[request.param]
    source.objects = ToySource(documents).objects
    answers = {}
    use_engine(settings, "elasticsearch")
    url, prefix = settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX
    for name in ("embedded", "elasticsearch"):
        settings.ELASTICSEARCH_URL = url if name == "elasticsearch" else ""
        answers[name] = (settings.ELASTICSEARCH_URL, rebuild())

    def ask(question):
        results = []
        for engine_url, generation in answers.values():
            settings.ELASTICSEARCH_URL = engine_url
            Generation.objects.all().delete()
            generation.pk = None
            generation.save(force_insert=True)
            results.append(question())
        return results

    yield ask, documents
    remove_indexes(url, prefix)


def questions(documents, count: int, seed: int) -> list[tuple[str, dict]]:
    chance = random.Random(seed)
    words = sorted({word for document in documents for word in document.title.split()})
    asked = []
    for _ in range(count):
        some = chance.sample(words, chance.choice((1, 1, 1, 2, 3)))
        text = chance.choice((" ", " ", " ", " OR ", " -")).join(some)
        if chance.random() < 0.2:
            text = chance.choice((f'"{text}"', f"{text[:3]}*", f"title:{some[0]}", f"author:{some[0]}", ""))
        filters = {}
        if chance.random() < 0.4:
            filters["branch"] = chance.sample(BRANCHES, chance.randint(1, 2))
        if chance.random() < 0.2:
            filters |= {"year": ["1950-1980"], "material": ["book"]}
        asked.append((text, filters))
    return asked


def test_hits_counts_facets_and_order_are_the_same(ask_both):
    ask, documents = ask_both
    for text, filters in questions(documents, 60, seed=1):
        embedded, remote = ask(lambda t=text, f=filters: search(t, filters=f, facets=FACETS, per_page=100))
        assert embedded.total == remote.total, (text, filters)
        assert embedded.facets == remote.facets, (text, filters)
        assert embedded.ids == remote.ids, (text, filters)


def test_explicit_sorts_are_the_same(ask_both):
    ask, documents = ask_both

    def pages(text, filters, sort):
        return [search(text, filters=filters, sort=sort, page=page, per_page=7).ids for page in (1, 2, 9)]

    for sort in SORTS:
        for text, filters in [("", {}), *questions(documents, 5, seed=2)]:
            embedded, remote = ask(partial(pages, text, filters, sort))
            assert embedded == remote, (sort, text)


def test_suggestions_and_headings_are_the_same(ask_both):
    ask, documents = ask_both
    for start in sorted({document.title[:2] for document in documents})[:40]:
        embedded, remote = ask(lambda s=start: suggest(s))
        assert embedded == remote, start


def test_each_rung_of_the_ladder_holds_the_same_number(ask_both):
    ask, documents = ask_both
    for text, _ in questions(documents, 8, seed=3):
        plan = make_plan(parse(text), {}, ("record",))

        def rungs(plan=plan):
            engine, name = current_engine(), live_generation().name
            counts = [engine.count(name, all_of([rung.clause(), plan.scope])) for rung in plan.rungs()]
            assert counts == [
                engine.count(name, all_of([rung.clause(), plan.base()])) for rung in plan.rungs()
            ], "what stands on a rung is found"
            return counts

        embedded, remote = ask(rungs)
        assert embedded == remote
        steps = [count for count, rung in zip(embedded, plan.rungs(), strict=True) if rung.number is not None]
        assert steps == sorted(steps), "each step contains the one before"
        assert steps[-1] == search(text).total
