"""From changed objects to documents in an index, a batch at a time."""

import logging
from collections.abc import Iterable, Sequence

from search.documents import Document
from search.engines.base import IndexWriter
from search.models import OutboxEntry
from search.sources import SearchSource, document_id, registered_sources

logger = logging.getLogger(__name__)


def apply_entries(writer: IndexWriter, entries: Iterable[OutboxEntry]) -> None:
    """Bring what these outbox rows name up to date in the index: written again, or removed where it is gone."""
    sources = registered_sources()
    changed: dict[str, list[int]] = {}
    for source, object_id in dict.fromkeys((entry.source, entry.object_id) for entry in entries):
        changed.setdefault(source, []).append(object_id)
    for name, ids in changed.items():
        documents = read_documents(sources[name], ids) if name in sources else []
        writer.index(documents)
        present = {document.id for document in documents}
        gone = (document_id(name, object_id) for object_id in ids)
        writer.delete([identity for identity in gone if identity not in present])


def read_documents(source: SearchSource, ids: Sequence[int]) -> list[Document]:
    """The documents of these objects. One that its source cannot make is reported and left out."""
    try:
        return list(source.documents(ids))
    except Exception:
        if len(ids) == 1:
            # One broken object must not keep everything else out of the index.
            logger.exception("%s:%s cannot be indexed and is left out of the search", source.name, ids[0])
            return []
    return [document for object_id in ids for document in read_documents(source, [object_id])]
