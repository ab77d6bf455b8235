"""Elasticsearch: the engine of systems with several web hosts or more records than one machine should hold.

Each generation is an index of one shard. It sees tokens only, through the whitespace and keyword analysers, so a
bare distribution of the server is enough. Every request has a time limit and none is repeated.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError, bulk
from elasticsearch_dsl import Search

from search.documents import Document
from search.engines.base import ORDERS, Hits, IndexWriter, Suggested
from search.errors import SearchUnavailable
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
    Rung,
    Scope,
    Terms,
    Without,
)

BULK_SECONDS = 60.0  # a batch of a rebuild may take longer than a reader would wait
VALUES = "top_values"
MOST_ASKED_TERMS = 1000
SHARD = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
MAPPINGS: dict[FieldKind, dict[str, Any]] = {
    FieldKind.WORDS: {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False},
    FieldKind.PLACED_WORDS: {"type": "text", "analyzer": "whitespace", "norms": False},
    FieldKind.VALUE: {"type": "keyword", "doc_values": False},
    FieldKind.VOCABULARY: {"type": "keyword"},
    FieldKind.FACET: {"type": "keyword"},
    FieldKind.PREFIX: {"type": "keyword"},
    FieldKind.ORDER: {"type": "keyword", "index": False},
    FieldKind.NUMBER: {"type": "long"},
}

Query = dict[str, Any]
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _unavailable(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn every failure of the server into `SearchUnavailable`, without the query in its message."""

    @wraps(function)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return function(*args, **kwargs)
        except (ApiError, TransportError, BulkIndexError) as error:
            raise SearchUnavailable(
                f"Elasticsearch does not answer as it should ({type(error).__name__})."
            ) from error

    return wrapped


class ElasticsearchEngine:
    """See `search.engines.base.Engine`."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str, timeout: float) -> None:
        self.prefix = prefix
        self.client = Elasticsearch(url, request_timeout=timeout, max_retries=0, retry_on_timeout=False)

    @_unavailable
    def ping(self) -> str:
        nodes = self.client.nodes.info(metric="_none")["nodes"].values()
        return "Elasticsearch " + ", ".join(sorted({node["version"] for node in nodes}))

    # --- Writing ------------------------------------------------------------------------------------

    @contextmanager
    def writer(self, generation: str, *, bulk: bool = False, expected: int = 0) -> Iterator[IndexWriter]:
        index = self._index(generation)
        _ensure_index(self.client, index, is_new=bulk)
        client = self.client.options(request_timeout=BULK_SECONDS)
        yield ElasticsearchWriter(client, index)
        if bulk:
            _settle(client, index)

    @_unavailable
    def stamp(self, generation: str) -> str | None:
        index = self._index(generation)
        try:
            found = self.client.indices.get_mapping(index=index)
        except NotFoundError:
            return None
        return found[index]["mappings"].get("_meta", {}).get("stamp")

    @_unavailable
    def drop(self, generation: str) -> None:
        self.client.indices.delete(index=self._index(generation), ignore_unavailable=True)

    def revision(self, generation: str) -> str:
        return ""  # the database counts the commits

    # --- Reading ------------------------------------------------------------------------------------

    @_unavailable
    def count(self, generation: str, clause: Clause) -> int:
        return int(self.client.count(index=self._index(generation), query=_translated(clause))["count"])

    @_unavailable
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
        rungs = list(plan.rungs()) if order == "relevance" else []
        chosen = {name: _translated(clause) for name, clause in plan.filters.items()}
        search = self._search(generation, _on_the_ladder(plan, rungs) if rungs else _found(plan))
        if chosen:
            search = search.extra(post_filter={"bool": {"filter": list(chosen.values())}})
        for facet in facets:
            others = [clause for name, clause in chosen.items() if name != facet]
            bucket = search.aggs.bucket(facet, "filter", filter={"bool": {"filter": others}})
            _top_values(bucket, VALUES, f"facet_{facet}", facet_limit)
        field, descending = ORDERS[order]
        by_field = {field: {"order": "desc" if descending else "asc"}}
        search = search.sort(*(["_score"] if rungs else []), by_field)
        result = search.extra(track_total_hits=True)[offset : offset + limit].execute()
        counts = {
            facet: [
                (str(bucket.key), bucket.doc_count) for bucket in result.aggregations[facet][VALUES].buckets
            ]
            for facet in facets
        }
        total = result.hits.total.value
        first = (
            list(result.hits)[:1] if not offset else list(search.extra(size=1, aggs={})[:1].execute().hits)
        )
        best = rungs[len(rungs) - int(first[0].meta.sort[0])].form if rungs and first else ""
        return Hits(total, [hit.meta.id for hit in result.hits], counts, best)

    @_unavailable
    def suggest(
        self, generation: str, prefix: str, kinds: Mapping[str, int], scope: Clause
    ) -> list[Suggested]:
        fields = {kind: f"suggest_{kind}" for kind in kinds}
        starts = [_translated(Beginning(field, prefix)) for field in fields.values()]
        found = {"bool": {"filter": [_translated(scope), {"bool": {"should": starts}}]}}
        search = self._search(generation, found)
        for kind, field in fields.items():
            _top_values(search.aggs, kind, field, kinds[kind], include=_escaped(prefix) + ".*")
        result = search.extra(size=0).execute()
        return [
            Suggested(kind, bucket.key.partition(SUGGESTION_SEPARATOR)[2], bucket.doc_count)
            for kind in kinds
            for bucket in result.aggregations[kind].buckets
        ]

    @_unavailable
    def known(self, generation: str, field: str, values: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        asked = list(values)
        for start in range(0, len(asked), MOST_ASKED_TERMS):
            part = asked[start : start + MOST_ASKED_TERMS]
            search = self._search(generation, {"terms": {field: part}}).extra(size=0)
            search.aggs.bucket(VALUES, "terms", field=field, size=len(part), include=part)
            found |= {
                bucket.key: bucket.doc_count for bucket in search.execute().aggregations[VALUES].buckets
            }
        return found

    @_unavailable
    def beginning(self, generation: str, field: str, start: str, limit: int) -> dict[str, int]:
        search = self._search(generation, _translated(Beginning(field, start))).extra(size=0)
        _top_values(search.aggs, VALUES, field, limit, include=_escaped(start) + ".*")
        return {bucket.key: bucket.doc_count for bucket in search.execute().aggregations[VALUES].buckets}

    @_unavailable
    def browse(self, generation: str, facet: str, start: str, limit: int) -> list[tuple[str, int]]:
        search = self._search(generation, _translated(Beginning(f"facet_{facet}", start))).extra(size=0)
        include = {"include": _escaped(start) + ".*"} if start else {}
        search.aggs.bucket(
            VALUES, "terms", field=f"facet_{facet}", size=limit, order={"_key": "asc"}, **include
        )
        return [(bucket.key, bucket.doc_count) for bucket in search.execute().aggregations[VALUES].buckets]

    def _index(self, generation: str) -> str:
        return f"{self.prefix}-{generation}"

    def _search(self, generation: str, query: Query) -> Search:
        # The query is long and is sent as it is: made of objects, it would take longer to write than to answer.
        return Search(using=self.client, index=self._index(generation)).source(False).extra(query=query)


class ElasticsearchWriter:
    """See `search.engines.base.IndexWriter`. A batch is visible only after `commit`, or a refresh of the server."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    @_unavailable
    def index(self, documents: Iterable[Document]) -> None:
        bulk(
            self._client,
            ({"_index": self._index, "_id": document.id, **fields_of(document)} for document in documents),
            chunk_size=1000,
        )

    @_unavailable
    def delete(self, ids: Sequence[str]) -> None:
        actions = [{"_op_type": "delete", "_index": self._index, "_id": document_id} for document_id in ids]
        _, errors = bulk(self._client, actions, raise_on_error=False)
        assert not isinstance(errors, int)  # a count comes back only when asked for
        if any(error["delete"]["status"] != 404 for error in errors):  # gone already is as good
            raise SearchUnavailable("Elasticsearch refuses to delete.")

    @_unavailable
    def commit(self, stamp: str) -> None:
        self._client.indices.refresh(index=self._index)
        self._client.indices.put_mapping(index=self._index, meta={"stamp": stamp})


@_unavailable
def _ensure_index(client: Elasticsearch, index: str, *, is_new: bool) -> None:
    if not is_new and client.indices.exists(index=index):
        return
    client.indices.create(
        index=index,
        settings={"index": SHARD | {"refresh_interval": "-1"}},
        mappings={
            "dynamic": "strict",
            "_source": {"enabled": False},
            "properties": {name: MAPPINGS[kind] for name, kind in FIELDS.items()},
        },
    )


@_unavailable
def _settle(client: Elasticsearch, index: str) -> None:
    """After a build: few segments."""
    client.indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False)


# --- From clauses to Elasticsearch's queries --------------------------------------------------------------


def _top_values(aggregation: Any, name: str, field: str, limit: int, **more: str) -> None:
    by_count = [{"_count": "desc"}, {"_key": "asc"}]
    aggregation.bucket(name, "terms", field=field, size=limit, order=by_count, **more)


def _on_the_ladder(plan: Plan, rungs: Sequence[Rung]) -> Query:
    """What is found; the score is the number of the rung, counted from the bottom."""
    leaves = plan.leaves() or ()
    # Of one word each rung need not repeat those before it: what stands on several has the score of the highest.
    alone = leaves[0] if len(leaves) == 1 else ()
    scored = []
    for score, rung in zip(range(len(rungs), 0, -1), rungs, strict=True):
        is_alone = rung.number is not None and rung.number < len(alone)
        clause = alone[rung.number or 0] if is_alone else rung.clause()
        if not isinstance(clause, Never):
            scored.append({"constant_score": {"filter": _translated(clause), "boost": score}})
    ladder = {"dis_max": {"queries": scored}} if scored else _translated(Never())
    found = [plan.scope, *([plan.match] if alone else [])]
    return {"bool": {"filter": [_translated(part) for part in found], "must": ladder}}


def _found(plan: Plan) -> Query:
    return {"bool": {"filter": [_translated(plan.scope), _translated(plan.match)]}}


def _translated(clause: Clause) -> Query:
    match clause:
        case All():
            return {"match_all": {}}
        case Never():
            return {"match_none": {}}
        case Scope(kinds, audience):
            asked = [Terms("audience", audience), *([Terms("kind", kinds)] if kinds else [])]
            return {"bool": {"filter": [_translated(part) for part in asked]}}
        case Terms(field, values):
            return {"terms": {field: list(values)}}
        case InOrder(field, values):
            return {"match_phrase": {field: " ".join(values)}}
        case Beginning(field, value):
            return {"prefix": {field: value}}
        case Between(field, low, high):
            bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
            return {"range": {field: bounds}}
        case Without(part):
            return {"bool": {"must_not": _translated(part)}}
        case AllOf(clauses):
            return {"bool": {"filter": [_translated(part) for part in clauses]}}
        case AnyOf(clauses):
            return {"bool": {"should": [_translated(part) for part in clauses]}}
    raise TypeError(f"not a clause: {clause!r}")


def _escaped(text: str) -> str:
    """The text as a Lucene regular expression."""
    return re.sub(r"([.?+*|{}\[\]()\"\\#@&<>~^$-])", r"\\\1", text)
