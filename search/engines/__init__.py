"""The engine that this installation searches with."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine


def current_engine() -> Engine:
    """Elasticsearch where ELASTICSEARCH_URL is set, else the embedded engine; nothing is opened before it is used."""
    return _engine(
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_PREFIX,
        settings.SEARCH_TIMEOUT,
        str(settings.SEARCH_INDEX_DIR),
    )


@lru_cache(maxsize=8)
def _engine(url: str, prefix: str, timeout: float, directory: str) -> Engine:
    # Imported only when chosen: each engine brings a large library along.
    if url:
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(url, prefix, timeout)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(directory))
