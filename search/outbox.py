"""The outbox: what has changed and still has to reach the index.

Every write that changes what can be found enqueues in its own transaction; the worker drains. A row stays until the
index has it, and until a generation that is being built has it too.
"""

import logging
import time
from collections.abc import Iterable

from django.db import connections, router, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from search.engines import current_engine
from search.engines.base import IndexWriter
from search.errors import EngineBusy, RebuildRunning
from search.generations import building_generation, live_generation, new_stamp, rebuild
from search.indexing import apply_entries
from search.locks import exclusive
from search.models import Generation, OutboxEntry

ROWS_PER_COMMIT = 500

logger = logging.getLogger(__name__)


def enqueue(source: str, ids: Iterable[int]) -> None:
    """Note in the caller's transaction that these objects of `source` were written or deleted."""
    # An import notes half a million of them: as plain rows they cost a quarter of what bulk_create takes.
    connection = connections[router.db_for_write(OutboxEntry)]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    table = connection.ops.quote_name(OutboxEntry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (source, object_id, generation, created_at) VALUES (%s, %s, '', %s)",  # noqa: S608
            [(source, object_id, now) for object_id in ids],
        )


def drain(*, seconds: float = 2.0) -> int:
    """Apply waiting changes for about so many seconds; how many rows were applied.

    Builds the index where there is none that fits this database. Does nothing while another process drains or
    rebuilds. Raises `SearchUnavailable` when the engine does not answer; the rows then wait.
    """
    with exclusive("drain") as is_ours:
        if not is_ours:
            return 0
        generation = live_generation()
        if generation is not None and current_engine().stamp(generation.name) == generation.stamp:
            return _drain_into(generation, seconds)
    logger.warning("no search index fits this database: building one")
    try:
        rebuild()
    except RebuildRunning:
        logger.info("another process is building the search index")
    return 0


def _drain_into(generation: Generation, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    if not _waiting(generation).exists():
        return 0
    applied = 0
    try:
        with current_engine().writer(generation.name) as writer:
            while count := _apply_batch(generation, writer):
                applied += count
                if time.monotonic() > deadline:
                    break
    except EngineBusy as error:
        logger.warning("%s The drain waits.", error)
    return applied


def _waiting(generation: Generation) -> QuerySet[OutboxEntry]:
    """Rows the live generation lacks: new ones, and those kept for it while it was being built."""
    return OutboxEntry.objects.filter(generation__in=("", generation.name)).order_by("id")


def _apply_batch(generation: Generation, writer: IndexWriter) -> int:
    entries = list(_waiting(generation)[:ROWS_PER_COMMIT])
    if not entries:
        return 0
    apply_entries(writer, entries)
    stamp = new_stamp()
    writer.commit(stamp)
    rows = OutboxEntry.objects.filter(id__in=[entry.id for entry in entries])
    with transaction.atomic():
        # Asked inside the transaction: a rebuild that starts later reads what these rows stand for by itself.
        building = building_generation()
        if building is None:
            rows.delete()
        else:
            rows.update(generation=building.name)
        Generation.objects.filter(pk=generation.pk).update(stamp=stamp, commits=F("commits") + 1)
    return len(entries)
