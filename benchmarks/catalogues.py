"""What is searched in a benchmark, and what is typed: the same in every run."""

import uuid
from collections.abc import Iterator, Sequence
from random import Random
from typing import Protocol

from benchmarks.synthetic import documents
from search.documents import Document

SHORTEST_MISSPELT = 5


class Catalogue(Protocol):
    """Documents to search."""

    def size(self) -> int: ...

    def documents(self) -> Iterator[Document]: ...

    def index(self) -> None:
        """Make them what the portal searches."""

    def queries(self, count: int) -> list[str]:
        """Queries of one to three words from titles."""


class Imported:
    """The catalogue in the database."""

    def size(self) -> int:
        from catalog_pages.models import Record

        return Record.objects.count()

    def documents(self) -> Iterator[Document]:
        from search.sources import registered_sources

        source = registered_sources()["record"]
        after = 0
        while ids := source.ids_after(after, 1000):
            yield from source.documents(ids)
            after = ids[-1]

    def index(self) -> None:
        from django.core.management import call_command

        call_command("rebuild_search", verbosity=0)

    def queries(self, count: int) -> list[str]:
        from catalog_pages.models import Record

        chance = Random(7)  # noqa: S311
        ids = list(Record.objects.values_list("pk", flat=True))
        sample = chance.sample(ids, min(count, len(ids)))
        return queries_from(
            list(Record.objects.filter(pk__in=sample).values_list("title", flat=True)), chance
        )


class Synthetic:
    """A catalogue without a database."""

    def __init__(self, records: int) -> None:
        self.records = records
        self._titles: list[str] = []

    def size(self) -> int:
        return self.records

    def documents(self) -> Iterator[Document]:
        return documents(self.records)

    def index(self) -> None:
        from search.engines import current_engine
        from search.layout import fingerprint
        from search.models import Generation, GenerationState

        engine = current_engine()
        Generation.objects.all().delete()
        name = f"benchmark-{uuid.uuid4().hex[:8]}"
        with engine.writer(name, bulk=True, expected=self.records) as writer:
            writer.index(self._noted())
            writer.commit("benchmark")
        Generation.objects.create(
            name=name, engine=engine.name, layout=fingerprint(), state=GenerationState.LIVE, stamp="benchmark"
        )

    def _noted(self) -> Iterator[Document]:
        """The documents, some of whose titles are kept for queries."""
        every = max(self.records // 2000, 1)
        for number, document in enumerate(self.documents()):
            if number % every == 0:
                self._titles.append(document.title)
            yield document

    def queries(self, count: int) -> list[str]:
        chance = Random(7)  # noqa: S311
        return queries_from(chance.sample(self._titles, min(count, len(self._titles))), chance)


def queries_from(titles: Sequence[str], chance: Random) -> list[str]:
    """One to three words of each title."""
    result = []
    for title in titles:
        words = [word for word in title.split() if word.isalpha()] or [title.split()[0]]
        result.append(" ".join(chance.sample(words, min(len(words), chance.randint(1, 3)))))
    return result


def misspelt(queries: Sequence[str]) -> list[str]:
    """A long word of each query with two letters changed round."""
    chance = Random(8)  # noqa: S311
    result = []
    for query in queries:
        words = [word for word in query.split() if len(word) >= SHORTEST_MISSPELT]
        if words:
            word = chance.choice(words)
            place = chance.randrange(len(word) - 1)
            result.append(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    return result


def beginnings(queries: Sequence[str]) -> list[str]:
    """What has been typed of each query after two, three, four letters."""
    return [query[:length] for query in queries for length in (2, 3, 4)]
