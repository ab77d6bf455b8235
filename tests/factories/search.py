"""A real index for tests of pages, under a name that no other test has."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines import current_engine
from search.generations import rebuild


@contextmanager
def searchable(settings) -> Iterator[None]:
    """Everything in the database can be found inside the block; the engine is the one the settings name."""
    settings.ELASTICSEARCH_PREFIX = f"test{uuid.uuid4().hex[:8]}"
    generation = rebuild()
    try:
        yield
    finally:
        current_engine().drop(generation.name)
