"""The outbox: what has changed and still has to reach the index."""

from collections.abc import Iterable

from search.models import OutboxEntry

ROWS_PER_INSERT = 500


def enqueue(source: str, ids: Iterable[int]) -> None:
    """Note in the caller's transaction that these objects of `source` were written or deleted."""
    rows = [OutboxEntry(source=source, object_id=object_id) for object_id in ids]
    OutboxEntry.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)
