"""The embedded engine: tantivy in the web process, its index in a directory beside the database.

One process writes at a time. Readers open a generation lazily, after a fork, and look again whenever its file of
segments (meta.json) has changed.
"""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import tantivy

from search.documents import Document
from search.engines.base import Hits, IndexWriter, Suggested
from search.engines.tantivy_clauses import Commit, Reading, translated
from search.engines.tantivy_facets import totals
from search.engines.tantivy_ranking import by_relevance, in_order
from search.engines.tantivy_schema import SCHEMA, prepared
from search.errors import EngineBusy, SearchUnavailable
from search.layout import STARTS, SUGGESTION_SEPARATOR, fields_of
from search.plan import Clause, Plan, Terms, all_of

META = "meta.json"
STAMP = "stamp"
# tantivy merges eight segments of about the same size into one. A big index is built in eight parts, or eight times
# eight, so that it ends as one: facets are counted faster there.
MERGED_SEGMENTS, ONE_SEGMENT = 8, 50_000
BULK_MEMORY, DRAIN_MEMORY = 256_000_000, 30_000_000


@dataclass(slots=True)
class OpenIndex:
    """A generation opened by this process, the commit it last saw, and what is known of that."""

    index: tantivy.Index
    process: int
    seen: int = 0
    commit: Commit = field(default_factory=Commit)


class EmbeddedEngine:
    """See `search.engines.base.Engine`."""

    name = "embedded"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._open: dict[str, OpenIndex] = {}
        self._lock = threading.Lock()

    def ping(self) -> str:
        return f"tantivy {version('tantivy')}"

    # --- Writing ------------------------------------------------------------------------------------

    @contextmanager
    def writer(self, generation: str, *, bulk: bool = False, expected: int = 0) -> Iterator[IndexWriter]:
        path = self.directory / generation
        path.mkdir(parents=True, exist_ok=True)
        writer = EmbeddedWriter(path, is_new=bulk, expected=expected)
        try:
            yield writer
        finally:
            writer.close()

    def stamp(self, generation: str) -> str | None:
        path = self.directory / generation
        try:
            return (path / STAMP).read_text() if (path / META).exists() else None
        except FileNotFoundError:
            return None

    def drop(self, generation: str) -> None:
        with self._lock:
            self._open.pop(generation, None)
        shutil.rmtree(self.directory / generation, ignore_errors=True)

    def revision(self, generation: str) -> str:
        return str(self._last_commit(generation))

    # --- Reading ------------------------------------------------------------------------------------

    def count(self, generation: str, clause: Clause) -> int:
        reading = self._reading(generation)
        return reading.count(reading.pruned(clause))

    def search(
        self,
        generation: str,
        plan: Plan,
        *,
        facets: Sequence[str] = (),
        facet_limit: int = 20,
        order: str = "relevance",
        offset: int = 0,
        limit: int = 20,
        enough: int = 0,
    ) -> Hits:
        reading = self._reading(generation)
        total, counts = totals(reading, plan, facets, facet_limit)
        if offset >= total or total < enough:
            return Hits(total, [], counts)
        best = ""
        if order == "relevance":
            addresses, best = by_relevance(reading, plan, total, offset, limit)
        else:
            addresses, _ = in_order(reading, reading.base(plan), order, offset, limit)
        ids = [reading.searcher.doc(address)["id"][0] for address in addresses]
        return Hits(total, ids, counts, best)

    def suggest(
        self, generation: str, prefix: str, kinds: Mapping[str, int], scope: Clause
    ) -> list[Suggested]:
        reading = self._reading(generation)
        scoped = reading.pruned(scope)
        return [
            suggested
            for kind, limit in kinds.items()
            for suggested in _commonest(reading, kind, prefix, limit, scoped)
        ]

    def known(self, generation: str, field: str, values: Iterable[str]) -> dict[str, int]:
        searcher = self._reading(generation).searcher
        counts = ((value, searcher.doc_freq(field, value)) for value in values)
        return {value: count for value, count in counts if count}

    def beginning(self, generation: str, field: str, start: str, limit: int) -> dict[str, int]:
        return dict(self._reading(generation).searcher.terms_with_prefix(field, start, None, limit))

    def browse(self, generation: str, facet: str, start: str, limit: int) -> list[tuple[str, int]]:
        everything = tantivy.Query.all_query()
        return sorted(
            self._reading(generation).searcher.terms_with_prefix(f"facet_{facet}", start, everything)
        )[:limit]

    def _last_commit(self, generation: str) -> int:
        try:
            return (self.directory / generation / META).stat().st_mtime_ns
        except OSError as error:
            raise SearchUnavailable("The search index is not there; it has to be rebuilt.") from error

    def _reading(self, generation: str) -> Reading:
        commit = self._last_commit(generation)
        with self._lock:
            opened = self._open.get(generation)
            try:
                if opened is None or opened.process != os.getpid():
                    index = tantivy.Index.open(str(self.directory / generation))
                    index.config_reader(reload_policy="manual")
                    self._open = {generation: (opened := OpenIndex(index, os.getpid()))}
                if opened.seen != commit:
                    opened.index.reload()
                    scopes = opened.index.searcher().terms_with_prefix("scope", "", None)
                    opened.commit = Commit(scopes)
                    opened.seen = commit
                return Reading(opened.index.searcher(), opened.commit)
            except (ValueError, OSError) as error:
                raise SearchUnavailable(f"The search index cannot be read: {error}") from error


def _commonest(reading: Reading, kind: str, prefix: str, limit: int, scope: Clause) -> list[Suggested]:
    """The commonest that begin so, with their numbers in the scope."""
    field = f"suggest_{kind}"
    if kind == "title" and len(prefix) in STARTS:
        counts = _started(reading, all_of([Terms("title_start", (prefix,)), scope]), limit)
    else:
        # Counts by the dictionary are quick and may hold documents that are gone: the best are counted again.
        terms = reading.searcher.terms_with_prefix(field, prefix, None, 2 * limit)
        counts = {term: reading.count(all_of([Terms(field, (term,)), scope])) for term, _ in terms}
    found = sorted((-number, term) for term, number in counts.items() if number)
    return [
        Suggested(kind, term.partition(SUGGESTION_SEPARATOR)[2], -number) for number, term in found[:limit]
    ]


def _started(reading: Reading, clause: Clause, limit: int) -> dict[str, int]:
    """The titles that most of these documents have, and the first ones of the alphabet: most have one title each.

    Going through all titles that begin with two letters takes too long while somebody types.
    """
    values = {"field": "suggest_title", "size": 4 * limit}
    asked = {"first": {"terms": values | {"order": {"_key": "asc"}}}, "common": {"terms": values}}
    result = reading.searcher.aggregate(translated(clause), asked)
    return {bucket["key"]: bucket["doc_count"] for name in asked for bucket in result[name]["buckets"]}


class EmbeddedWriter:
    """See `search.engines.base.IndexWriter`."""

    def __init__(self, directory: Path, *, is_new: bool = False, expected: int = 0) -> None:
        self._directory = directory
        self._is_new = is_new  # nothing to replace, so no deletion that would slow the build
        self._memory = BULK_MEMORY if is_new else DRAIN_MEMORY
        self._written = self._parts = 0
        self._part = _size_of_part(expected) if is_new else 0
        self._is_committed = False
        self._writer = self._opened()
        # A process killed during a commit leaves files that no commit names; the next commit would use the same names
        # and fail on them, and so would every one after it.
        self._writer.garbage_collect_files()

    def _opened(self) -> tantivy.IndexWriter:
        try:
            index = prepared(tantivy.Index(SCHEMA, str(self._directory)))
            return index.writer(heap_size=self._memory, num_threads=1)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise EngineBusy("Another process is writing to the search index.") from error
            raise SearchUnavailable(f"The search index cannot be written: {error}") from error

    def close(self) -> None:
        """Drop what was not committed, and wait until segments are merged."""
        if not self._is_committed:
            self._writer.rollback()  # which stops merging, too
        self._writer.wait_merging_threads()

    def index(self, documents: Iterable[Document]) -> None:
        self._is_committed = False
        for document in documents:
            if not self._is_new:
                self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_document(tantivy.Document.from_dict(fields_of(document), SCHEMA))
            self._written += 1
            if self._part and self._written % self._part == 0:
                self._end_part()

    def _end_part(self) -> None:
        self._writer.commit()
        self._parts += 1
        if self._parts % MERGED_SEGMENTS == 0:
            self._writer.wait_merging_threads()
            self._writer = self._opened()

    def delete(self, ids: Sequence[str]) -> None:
        self._is_committed = False
        for document_id in ids:
            self._writer.delete_documents_by_term("id", document_id)

    def commit(self, stamp: str) -> None:
        self._writer.commit()
        self._is_new, self._is_committed = False, True
        written = self._directory / f"{STAMP}.new"
        written.write_text(stamp)
        written.replace(self._directory / STAMP)


def _size_of_part(expected: int) -> int:
    """After how many documents a big build commits; 0 for one that fits into one segment."""
    if expected <= ONE_SEGMENT:
        return 0
    parts = MERGED_SEGMENTS if expected <= MERGED_SEGMENTS * ONE_SEGMENT else MERGED_SEGMENTS**2
    return -(-expected // parts)
