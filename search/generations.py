"""Building a new index beside the one in use, and changing over without a gap.

The database points to the generation in use; the engine holds it. A rebuild that is killed leaves a generation
marked as being built, which the next rebuild throws away.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice

from django.db import transaction
from django.utils import timezone

from search.engines import current_engine
from search.engines.base import IndexWriter
from search.errors import RebuildRunning
from search.indexing import apply_entries, read_documents
from search.layout import fingerprint
from search.locks import exclusive
from search.models import Generation, GenerationState, OutboxEntry
from search.sources import registered_sources

BATCH = 1000
ROWS_PER_DELETE = 500
LONGEST_WAIT_FOR_DRAIN = 120  # seconds

Report = Callable[[int], None]

_chosen: ContextVar[Generation | None] = ContextVar("generation", default=None)


@contextmanager
def searching_in(generation: Generation) -> Iterator[None]:
    """Searches inside the block are answered from this generation instead of the live one."""
    token = _chosen.set(generation)
    try:
        yield
    finally:
        _chosen.reset(token)


def live_generation() -> Generation | None:
    """The generation in use, if it is one that this engine and this version of the analysis can read."""
    if chosen := _chosen.get():
        return chosen
    # Every search asks: a query that need not be put together takes a third of the time.
    live = Generation.objects.raw(
        "SELECT * FROM search_generation WHERE state = %s", [GenerationState.LIVE.value]
    )
    generation = next(iter(live), None)
    if generation is None or generation.engine != current_engine().name or generation.layout != fingerprint():
        return None
    return generation


def building_generation() -> Generation | None:
    """The generation that is being built, or that a killed rebuild has left."""
    return Generation.objects.filter(state=GenerationState.BUILDING).first()


def new_stamp() -> str:
    """A stamp that no other commit has."""
    return uuid.uuid4().hex


def document_total() -> int:
    """How many documents a rebuild will write, for progress reports."""
    return sum(source.count() for source in registered_sources().values())


def rebuild(report: Report = lambda count: None) -> Generation:
    """Write everything findable into a new generation and change over to it; `report` hears of each batch's size.

    Searches go on in the old generation meanwhile. Raises `RebuildRunning` when another process is at it, and
    `SearchUnavailable` when the engine does not answer; either way the old generation stays in use.
    """
    with exclusive("rebuild") as is_ours:
        if not is_ours:
            raise RebuildRunning("The search index is being rebuilt by another process.")
        _discard(building_generation())
        building = Generation.objects.create(
            name=f"{timezone.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}",
            engine=current_engine().name,
            layout=fingerprint(),
            stamp=new_stamp(),
        )
        try:
            covered = _build(building, report)
        except BaseException:
            _discard(building)
            raise
        _forget(covered)
        for generation in Generation.objects.filter(state=GenerationState.RETIRED):
            _discard(generation)
        return building


def _build(building: Generation, report: Report) -> list[int]:
    """Fill the generation and make it live; the ids of outbox rows that it thereby covers."""
    # These changes were committed before the first document is read, so reading covers them.
    covered = list(OutboxEntry.objects.filter(generation="").values_list("id", flat=True))
    with current_engine().writer(building.name, bulk=True, expected=document_total()) as writer:
        building.documents = _write_everything(writer, report)
        writer.commit(building.stamp)
    with exclusive("drain", wait=LONGEST_WAIT_FOR_DRAIN) as is_ours:
        if not is_ours:
            raise RebuildRunning("The search index is being updated by another process that does not end.")
        covered += _catch_up(building, set(covered))
        _activate(building)
    return covered


def _write_everything(writer: IndexWriter, report: Report) -> int:
    written = 0
    for source in registered_sources().values():
        after = -1
        while ids := source.ids_after(after, BATCH):
            documents = read_documents(source, ids)
            writer.index(documents)
            written += len(documents)
            report(len(ids))
            after = ids[-1]
    return written


def _catch_up(building: Generation, covered: set[int]) -> list[int]:
    """Apply what changed during the build, while no drain runs; the ids of those outbox rows."""
    ids = (
        OutboxEntry.objects.filter(generation__in=("", building.name))
        .order_by("id")
        .values_list("id", flat=True)
    )
    left = [entry_id for entry_id in ids if entry_id not in covered]
    if left:
        with current_engine().writer(building.name) as writer:
            for batch in _batches(left, ROWS_PER_DELETE):
                apply_entries(writer, OutboxEntry.objects.filter(id__in=batch))
            writer.commit(building.stamp)
    return left


def _activate(building: Generation) -> None:
    with transaction.atomic():
        Generation.objects.filter(state=GenerationState.LIVE).update(state=GenerationState.RETIRED)
        building.state = GenerationState.LIVE
        building.activated_at = timezone.now()
        building.save()


def _discard(generation: Generation | None) -> None:
    """Remove a generation that is not in use; what was kept for it was applied to the one in use long ago."""
    if generation is None:
        return
    if generation.engine == current_engine().name:
        current_engine().drop(generation.name)
    _forget(list(OutboxEntry.objects.filter(generation=generation.name).values_list("id", flat=True)))
    generation.delete()


def _forget(entries: list[int]) -> None:
    for batch in _batches(entries, ROWS_PER_DELETE):
        OutboxEntry.objects.filter(id__in=batch).delete()


def _batches(items: list[int], size: int) -> Iterator[list[int]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
