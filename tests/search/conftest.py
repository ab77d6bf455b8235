"""Both engines, each with the toy catalogue, for every test of what they promise."""

import os
import uuid

import pytest
from wagtail import hooks

from search.engines import current_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.generations import rebuild
from search.models import Generation
from search.sources import HOOK
from tests.conftest import missing
from tests.search.corpus import ToySource, generated, works

ENGINES = ("embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))


def elasticsearch_url() -> str:
    """The server to test on; the test is skipped, or fails in CI, where there is none."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        missing("ELASTICSEARCH_URL names no server (make services starts one)")
    return url


def use_engine(settings, name: str) -> str:
    """Let the settings of this test choose the engine, under a name that no other test has."""
    settings.ELASTICSEARCH_URL = elasticsearch_url() if name == "elasticsearch" else ""
    settings.ELASTICSEARCH_PREFIX = f"test{uuid.uuid4().hex[:8]}"
    return settings.ELASTICSEARCH_PREFIX


def remove_indexes(url: str, prefix: str) -> None:
    """Delete what a test left on the server."""
    if url:
        client = ElasticsearchEngine(url, prefix, 5).client
        for index in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=index)


@pytest.fixture(params=ENGINES)
def engine(request, settings, db):
    """The engine under test, empty."""
    prefix = use_engine(settings, request.param)
    yield current_engine()
    remove_indexes(settings.ELASTICSEARCH_URL, prefix)


@pytest.fixture
def source():
    """A source that tests fill; the only one registered."""
    toy = ToySource()
    registered = hooks._hooks.get(HOOK)
    hooks._hooks[HOOK] = [(lambda: toy, 0)]
    yield toy
    hooks._hooks[HOOK] = registered or []


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Catalogues built once for the whole run: what to set, and the generation to know of, by engine and corpus."""
    kept: dict[tuple[str, str], tuple[str, str, Generation]] = {}
    yield tmp_path_factory.mktemp("index"), kept
    for url, prefix, generation in kept.values():
        if url:
            ElasticsearchEngine(url, prefix, 5).drop(generation.name)


def share(engine, source, settings, built, corpus: str, documents) -> ToySource:
    name = engine.name
    source.objects = {int(document.id.split(":")[1]): document for document in documents}
    settings.SEARCH_INDEX_DIR, kept = built
    if (name, corpus) not in kept:
        settings.ELASTICSEARCH_PREFIX = f"shared{uuid.uuid4().hex[:8]}"  # outlives the test
        generation = rebuild()
        kept[name, corpus] = (settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX, generation)
    else:
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX, generation = kept[name, corpus]
        generation.pk = None
        generation.save(force_insert=True)
    return source


@pytest.fixture
def catalogue(engine, source, settings, built):
    """The works of the corpus, searchable. Tests do not change it."""
    return share(engine, source, settings, built, "works", works())


@pytest.fixture
def generated_catalogue(engine, source, settings, built):
    """A generated catalogue with many ties, searchable. Tests do not change it."""
    return share(engine, source, settings, built, "generated", generated(600, seed=5))
