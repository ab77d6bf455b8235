"""The embedded engine: tantivy in the web process, its index in a directory beside the database.

One process writes at a time. Readers open a generation lazily, after a fork, and look again whenever its file of
segments (meta.json) has changed.
"""

import os
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import tantivy

from search.documents import Document
from search.engines.base import ORDERS, Hits, IndexWriter, Suggested
from search.errors import EngineBusy, SearchUnavailable
from search.layout import FIELDS, SUGGESTION_SEPARATOR, FieldKind, fields_of
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
    Terms,
    Without,
    all_of,
    any_of,
)

META = "meta.json"
STAMP = "stamp"
BULK_MEMORY, DRAIN_MEMORY = 256_000_000, 30_000_000
SPARE_FACET_VALUES = 100  # asked for beyond the limit, to settle ties at its end
MOST_FACET_VALUES = 1_000_000
Counts = dict[str, list[tuple[str, int]]]
DOCUMENTS = "documents"  # name of the aggregation that counts hits


def build_schema() -> tantivy.Schema:
    """The fields of `search.layout` in tantivy's terms."""
    builder = tantivy.SchemaBuilder()
    for name, kind in FIELDS.items():
        if kind is FieldKind.NUMBER:
            builder.add_integer_field(name, indexed=name.startswith("facet_"), fast=True)
            continue
        in_words = kind in (FieldKind.WORDS, FieldKind.PLACED_WORDS)
        builder.add_text_field(
            name,
            stored=name == "id",
            fast=kind in (FieldKind.FACET, FieldKind.ORDER),
            tokenizer_name="whitespace" if in_words else "raw",
            index_option="position" if kind is FieldKind.PLACED_WORDS else "basic",
        )
    return builder.build()


SCHEMA = build_schema()


@dataclass(slots=True)
class OpenIndex:
    """A generation opened by this process, and the commit it last saw."""

    index: tantivy.Index
    process: int
    seen: int


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
    def writer(self, generation: str, *, bulk: bool = False) -> Iterator[IndexWriter]:
        path = self.directory / generation
        path.mkdir(parents=True, exist_ok=True)
        try:
            writer = tantivy.Index(SCHEMA, str(path)).writer(
                heap_size=BULK_MEMORY if bulk else DRAIN_MEMORY, num_threads=1
            )
        except ValueError as error:
            if "LockBusy" in str(error) or "lock" in str(error).lower():
                raise EngineBusy("Another process is writing to the search index.") from error
            raise SearchUnavailable(f"The search index cannot be written: {error}") from error
        # A process killed during a commit leaves files that no commit names; the next commit would use the same names
        # and fail on them, and so would every one after it.
        writer.garbage_collect_files()
        try:
            yield EmbeddedWriter(writer, path / STAMP, is_new=bulk)
        finally:
            writer.rollback()
            writer.wait_merging_threads()

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
        searcher = self._searcher(generation)
        return _count(searcher, _pruned(clause, searcher))

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
    ) -> Hits:
        searcher = self._searcher(generation)
        total, counts = _totals(searcher, plan, facets, facet_limit)
        if offset >= total:
            return Hits(total, [], counts)
        if order == "relevance":
            addresses = _climb(searcher, plan, total, offset, limit)
        else:
            addresses = _page(searcher, _pruned(plan.base(), searcher), order, offset, limit)[0]
        return Hits(total, [searcher.doc(address)["id"][0] for address in addresses], counts)

    def suggest(
        self, generation: str, prefix: str, kinds: Mapping[str, int], scope: Clause
    ) -> list[Suggested]:
        searcher, filtering = self._searcher(generation), _translated(scope)
        return [
            Suggested(kind, term.partition(SUGGESTION_SEPARATOR)[2], count)
            for kind, limit in kinds.items()
            for term, count in searcher.terms_with_prefix(f"suggest_{kind}", prefix, filtering, limit)
        ]

    def browse(self, generation: str, facet: str, start: str, limit: int) -> list[tuple[str, int]]:
        everything = tantivy.Query.all_query()
        return sorted(self._searcher(generation).terms_with_prefix(f"facet_{facet}", start, everything))[
            :limit
        ]

    def _last_commit(self, generation: str) -> int:
        try:
            return (self.directory / generation / META).stat().st_mtime_ns
        except OSError as error:
            raise SearchUnavailable("The search index is not there; it has to be rebuilt.") from error

    def _searcher(self, generation: str) -> tantivy.Searcher:
        commit = self._last_commit(generation)
        with self._lock:
            opened = self._open.get(generation)
            try:
                if opened is None or opened.process != os.getpid():
                    index = tantivy.Index.open(str(self.directory / generation))
                    index.config_reader(reload_policy="manual")
                    self._open = {generation: (opened := OpenIndex(index, os.getpid(), 0))}
                if opened.seen != commit:
                    opened.index.reload()
                    opened.seen = commit
                return opened.index.searcher()
            except (ValueError, OSError) as error:
                raise SearchUnavailable(f"The search index cannot be read: {error}") from error


class EmbeddedWriter:
    """See `search.engines.base.IndexWriter`."""

    def __init__(self, writer: tantivy.IndexWriter, stamp: Path, *, is_new: bool) -> None:
        self._writer = writer
        self._stamp = stamp
        self._is_new = is_new  # nothing to replace, so no deletion that would slow the build

    def index(self, documents: Iterable[Document]) -> None:
        for document in documents:
            if not self._is_new:
                self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_document(tantivy.Document.from_dict(fields_of(document), SCHEMA))

    def delete(self, ids: Sequence[str]) -> None:
        for document_id in ids:
            self._writer.delete_documents_by_term("id", document_id)

    def commit(self, stamp: str) -> None:
        self._writer.commit()
        self._is_new = False
        written = self._stamp.with_suffix(".new")
        written.write_text(stamp)
        written.replace(self._stamp)


# --- From clauses to tantivy's queries ------------------------------------------------------------------


def _translated(clause: Clause) -> tantivy.Query:
    query = tantivy.Query
    match clause:
        case All():
            return query.all_query()
        case Never():
            return query.empty_query()
        case Terms(field, values) if len(values) == 1:
            return query.term_query(SCHEMA, field, values[0], "basic")
        case Terms(field, values):
            terms = (query.term_query(SCHEMA, field, value, "basic") for value in values)
            return query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        case InOrder(field, values):
            return query.phrase_query(SCHEMA, field, list(values))
        case Beginning(field, value):
            return query.regex_query(SCHEMA, field, re.escape(value) + ".*")
        case Between(field, low, high):
            return query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)
        case AnyOf(clauses):
            return query.boolean_query([(tantivy.Occur.Should, _translated(part)) for part in clauses])
    return _conjunction(clause.clauses if isinstance(clause, AllOf) else (clause,))


def _conjunction(clauses: Sequence[Clause]) -> tantivy.Query:
    parts = [
        (tantivy.Occur.MustNot, _translated(part.clause))
        if isinstance(part, Without)
        else (tantivy.Occur.Must, _translated(part))
        for part in clauses
    ]
    if all(occur == tantivy.Occur.MustNot for occur, _ in parts):
        parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(parts)


def _pruned(clause: Clause, searcher: tantivy.Searcher) -> Clause:
    """The clause without tokens that no document holds, so that hopeless steps cost nothing."""
    match clause:
        case Terms(field, values):
            known = tuple(value for value in values if searcher.doc_freq(field, value))
            return Terms(field, known) if known else Never()
        case InOrder(field, values):
            return clause if all(searcher.doc_freq(field, value) for value in values) else Never()
        case Without(part):
            pruned = _pruned(part, searcher)
            return All() if isinstance(pruned, Never) else Without(pruned)
        case AllOf(clauses):
            return all_of(_pruned(part, searcher) for part in clauses)
        case AnyOf(clauses):
            return any_of(_pruned(part, searcher) for part in clauses)
    return clause


# --- Searching ------------------------------------------------------------------------------------------


def _climb(
    searcher: tantivy.Searcher, plan: Plan, total: int, offset: int, limit: int
) -> list[tantivy.DocAddress]:
    """One page of the hits, rung by rung of the plan's ladder, the newest first on each."""
    conditions = plan.conditions()
    found: list[tantivy.DocAddress] = []
    titles: list[Clause] = []
    previous: Clause = Never()
    seen = 0
    for is_title, rung in chain(
        ((True, rung) for rung in plan.titles), ((False, rung) for rung in plan.steps())
    ):
        rung = _pruned(rung, searcher)
        if rung in (previous, Never()):
            continue
        above = [Without(clause) for clause in (*titles, previous) if not isinstance(clause, Never)]
        clause = _pruned(all_of([rung, *conditions, *above]), searcher)
        hits, count = _page(searcher, clause, "newest", max(offset - seen, 0), limit - len(found))
        found += hits
        seen += count
        if is_title:
            titles.append(rung)
        else:
            previous = rung
        if len(found) == limit or seen >= total:
            break
    return found


def _page(
    searcher: tantivy.Searcher, clause: Clause, order: str, offset: int, limit: int
) -> tuple[list[tantivy.DocAddress], int]:
    if isinstance(clause, Never):
        return [], 0
    field, descending = ORDERS[order]
    result = searcher.search(
        _translated(clause),
        limit,
        offset=offset,
        order_by_field=field,
        order=tantivy.Order.Desc if descending else tantivy.Order.Asc,
    )
    return [address for _, address in result.hits], _size(result)


def _count(searcher: tantivy.Searcher, clause: Clause) -> int:
    return 0 if isinstance(clause, Never) else _size(searcher.search(_translated(clause), 1))


def _size(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # missing from the library's stubs


def _totals(searcher: tantivy.Searcher, plan: Plan, facets: Sequence[str], limit: int) -> tuple[int, Counts]:
    """The number of hits and the counts of facets: one pass, and one more for each facet with a filter."""
    shared = [facet for facet in facets if facet not in plan.filters]
    base = _pruned(plan.base(), searcher)
    counts: Counts = {}
    if not facets or isinstance(base, Never):
        total = _count(searcher, base)
    else:
        total, counts = _counted(searcher, base, shared, limit)
    for facet in facets:
        if facet in plan.filters:
            clause = _pruned(plan.base(ignoring=facet), searcher)
            counts |= _counted(searcher, clause, [facet], limit)[1]
    return total, {facet: counts.get(facet, []) for facet in facets}


def _counted(
    searcher: tantivy.Searcher, clause: Clause, facets: Sequence[str], limit: int, size: int = 0
) -> tuple[int, Counts]:
    if isinstance(clause, Never):
        return 0, {}
    size = size or limit + SPARE_FACET_VALUES
    asked: dict[str, dict[str, dict[str, object]]] = {
        facet: {"terms": {"field": f"facet_{facet}", "size": size, "segment_size": MOST_FACET_VALUES}}
        for facet in facets
    }
    asked[DOCUMENTS] = {"value_count": {"field": "sort_newest"}}
    result = searcher.aggregate(_translated(clause), asked)
    counts: Counts = {}
    for facet in facets:
        buckets = [(bucket["key"], bucket["doc_count"]) for bucket in result[facet]["buckets"]]
        if len(buckets) == size and size < MOST_FACET_VALUES and buckets[limit - 1][1] == buckets[-1][1]:
            # The tie at the end of the list goes on: which values come first can be told only from all of them.
            counts |= _counted(searcher, clause, [facet], limit, MOST_FACET_VALUES)[1]
            continue
        buckets.sort(key=lambda bucket: (-bucket[1], bucket[0]))
        counts[facet] = [(_facet_text(value), count) for value, count in buckets[:limit]]
    return int(result[DOCUMENTS]["value"]), counts


def _facet_text(value: str | float) -> str:
    return value if isinstance(value, str) else str(int(value))
