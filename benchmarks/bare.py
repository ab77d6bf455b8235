"""The engines without the portal: what its numbers are held against."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy
from elasticsearch import Elasticsearch, helpers

from search.documents import Document

FACETS = ("branch", "material", "language", "author", "subject", "year")
TEXTS = ("title", "author_text", "subject_text", "notes_text")  # what the portal searches, too


def row(document: Document) -> dict[str, object]:
    """The document as any engine would take it with its own analysis: four texts and six facets."""
    facets = {name: list(document.facets.get(name, ())) for name in FACETS}
    words = (document.authors, document.subjects, document.notes)
    texts = [document.title, *(" ".join(values) for values in words)]
    return {"id": document.id, **dict(zip(TEXTS, texts, strict=True)), **facets}


class BareTantivy:
    def __init__(self, directory: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in TEXTS:
            builder.add_text_field(name)
        for name in FACETS:
            builder.add_text_field(name, tokenizer_name="raw", fast=True)
        directory.mkdir(parents=True)
        self.index = tantivy.Index(builder.build(), path=str(directory))

    def fill(self, documents: Iterable[Document]) -> None:
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for document in documents:
            values = {name: value for name, value in row(document).items() if value}
            writer.add_document(tantivy.Document.from_dict(values))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def search(self, words: str) -> int:
        query = self.index.parse_query(words, list(TEXTS), conjunction_by_default=True)
        searcher = self.index.searcher()
        hits = searcher.search(query, limit=20)
        for _score, address in hits.hits:
            searcher.doc(address)["id"]
        searcher.aggregate(query, {name: {"terms": {"field": name, "size": 20}} for name in FACETS})
        return hits.count


class BareElasticsearch:
    INDEX = "bare-benchmark"

    def __init__(self, url: str) -> None:
        self.client = Elasticsearch(url, request_timeout=60)
        self.client.options(ignore_status=404).indices.delete(index=self.INDEX)
        fields = {name: {"type": "text"} for name in TEXTS} | {name: {"type": "keyword"} for name in FACETS}
        self.client.indices.create(
            index=self.INDEX,
            mappings={"properties": fields},
            settings={"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
        )

    def fill(self, documents: Iterable[Document]) -> None:
        helpers.bulk(self.client, self._actions(documents), chunk_size=2000)
        self.client.indices.refresh(index=self.INDEX)

    def _actions(self, documents: Iterable[Document]) -> Iterator[dict[str, object]]:
        for document in documents:
            values = row(document)
            yield {"_index": self.INDEX, "_id": values.pop("id"), "_source": json.dumps(values)}

    def search(self, words: str) -> int:
        answer = self.client.search(
            index=self.INDEX,
            query={
                "multi_match": {
                    "query": words,
                    "fields": list(TEXTS),
                    "type": "cross_fields",
                    "operator": "and",
                }
            },
            aggs={name: {"terms": {"field": name, "size": 20}} for name in FACETS},
            size=20,
            source=False,
            track_total_hits=True,
            request_cache=False,
        )
        return answer["hits"]["total"]["value"]

    def close(self) -> None:
        self.client.options(ignore_status=404).indices.delete(index=self.INDEX)
