"""Importing records: parse, match, write records and items, tell the search.

Everything that needs no database happens outside the transactions, and these are kept short by their
measured time. A run that was killed is simply run again: what is there is recognised by its checksum.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db import transaction

from catalog_pages.importing.checkpoints import Checkpoints
from catalog_pages.importing.log import UndoLog
from catalog_pages.importing.matching import Ours, known
from catalog_pages.importing.options import (
    PROBLEMS_SHOWN,
    EditedRule,
    MatchRule,
    Options,
    Reporter,
    Summary,
)
from catalog_pages.importing.overlay import overlaid
from catalog_pages.importing.preparing import Delivered, prepare
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.rejects import RejectFile
from catalog_pages.models import Import
from catalog_pages.rows import ItemRow, RecordRow
from catalog_pages.services import WholeMarc, write_batch
from library.models import Branch

# Seconds a write transaction should take; others wait for it, and 0.2 is the limit for all of them.
TARGET = 0.07
FIRST_BATCH, SMALLEST_BATCH, LARGEST_BATCH = 60, 10, 1000

# A record as it came, and what became of it: taken apart, or the reason why it cannot be taken.
Prepared = tuple[Path, RawRecord, Delivered | Reason]


def import_marc(
    paths: Sequence[Path],
    *,
    source: str = "local",
    reject_path: Path | None = None,
    progress: Reporter | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    batch: Import | None = None,
    processes: int = 1,
    summary: Summary | None = None,
) -> Summary:
    """Import files of records in any form that is known, plain or gzip; return what happened.

    Rejected records are kept at ``reject_path``; without it they are only counted. With ``batch`` the import can be
    undone. With two ``processes`` the records are taken apart in one and written in the other. ``summary`` is filled
    as the import goes, for those who stop it. Every file is looked at before the first record is written. Raises
    NotMarc where one holds no records, OSError where one cannot be read or the reject file not be written.
    """
    forms = [form_of(path, options.form) for path in paths]
    xml = all(form.name == "marcxml" for form in forms)
    deliveries = (
        (path, raw)
        for path, form in zip(paths, forms, strict=True)
        for raw in read_file(path, form, encoding=options.encoding)
    )
    with RejectFile(reject_path, xml=xml) if reject_path else nullcontext() as rejects:
        return import_records(
            deliveries,
            source=source,
            rejects=rejects,
            progress=progress,
            options=options,
            batch=batch,
            processes=processes,
            summary=summary,
        )


def import_records(
    deliveries: Iterable[tuple[Path, RawRecord]],
    *,
    source: str,
    rejects: RejectFile | None = None,
    progress: Reporter | None = None,
    synthetic: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
    batch: Import | None = None,
    processes: int = 1,
    summary: Summary | None = None,
) -> Summary:
    """Import records as they come out of files; see ``import_marc``."""
    from catalog_pages.importing.processes import prepared_elsewhere

    run = Run(source, rejects, progress, synthetic, options, batch)
    started = time.perf_counter()
    in_parts: Callable[..., Iterator[Prepared]] = prepared_here if processes < 2 else prepared_elsewhere
    run.summary = summary or run.summary
    with _light_garbage_collection(), run.checkpoints:
        try:
            for path, raw, found in in_parts(deliveries, options, source, synthetic):
                run.take(path, raw, found)
        finally:
            # Stopped in between, the summary still says what was written.
            run.close(started)
    return run.summary


def prepared_here(
    deliveries: Iterable[tuple[Path, RawRecord]], options: Options, source: str, synthetic: bool
) -> Iterator[Prepared]:
    """Each record with what it says, or the reason why it cannot be taken."""
    for path, raw in deliveries:
        if raw.reason:
            yield path, raw, raw.reason
            continue
        try:
            found: Delivered | Reason = prepare(raw, options)
        except Rejected as rejection:
            found = rejection.reason
        yield path, raw, found


@contextmanager
def _light_garbage_collection() -> Iterator[None]:
    """Leave what is loaded already out of collections: walking it takes 0.1 s, often inside a transaction."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Run:
    """One import: the records waiting, and the size of batch that the target time allows."""

    def __init__(
        self,
        source: str,
        rejects: RejectFile | None = None,
        progress: Reporter | None = None,
        synthetic: bool = False,
        options: Options = Options(),  # noqa: B008 - frozen
        batch: Import | None = None,
    ) -> None:
        self.options, self.source, self.synthetic = options, source, synthetic
        self.rejects, self.progress = rejects, progress
        self.number = batch.pk if batch else None
        self.log = UndoLog(batch) if batch and not options.dry_run else None
        self.summary = Summary()
        self.encodings: Counter[tuple[Path, str, str]] = Counter()
        self.branches = {code.casefold(): pk for pk, code in Branch.objects.values_list("pk", "code")}
        self.waiting: list[Delivered] = []
        self.rows_waiting = 0
        self.batch_size = FIRST_BATCH
        # Hashes of the control numbers met so far: 650,000 numbers themselves would take twice the memory.
        self.seen: set[int] = set()
        self.keys_waiting: set[tuple[int, int]] = set()
        self.checkpoints = Checkpoints()
        self.checksums: dict[int, int] = {}  # of a dry run, which cannot ask the database

    def take(self, path: Path, raw: RawRecord, found: Delivered | Reason) -> None:
        """Take one record as delivered: reject it, or let it wait for its batch."""
        self.summary.read += 1
        if self.progress:
            self.progress.advance()
        try:
            if isinstance(found, Reason):
                raise Rejected(found)
            self.encodings[path, found.marc.declared, found.marc.encoding] += 1
            if self._met_before(found):
                return
        except Rejected as rejection:
            self._reject(path, raw, rejection.reason)
            return
        self._let_wait(found)
        if self.rows_waiting >= self.batch_size:
            self.flush()

    def _let_wait(self, delivered: Delivered) -> None:
        if keys := delivered.keys(self.options.match):
            if not self.keys_waiting.isdisjoint(keys):
                self.flush()  # The record it matches must be there to be found.
            self.keys_waiting.update(keys)
        self.seen.add(hash(delivered.control_number))
        if self.options.dry_run:
            self.checksums[hash(delivered.control_number)] = hash(delivered.checksum)
        self.waiting.append(delivered)
        self.rows_waiting += 1 + len(delivered.copies())

    def close(self, started: float) -> None:
        """Write what waits, unless that is what went wrong, and make up the account."""
        try:
            self.flush()
        finally:
            for (path, declared, found), count in self.encodings.items():
                self.summary.encodings[path.name, declared, found] += count
            self.encodings.clear()
            self.summary.seconds = time.perf_counter() - started

    def flush(self) -> None:
        """Match what waits against the database and write what is new, in one or more short transactions."""
        batch, waited, self.waiting, self.rows_waiting = self.waiting, self.rows_waiting, [], 0
        self.keys_waiting.clear()
        if not batch:
            return
        writes = _Writes()
        matched = known(batch, self.source, self.options.match)
        for delivered, ours, merged in overlaid(batch, matched, self.options):
            if ours and (merged is None or ours.checksum == delivered.checksum):
                self._count_kept(ours, delivered)
                writes.items.extend(self._items(delivered, None, record_id=ours.pk))
                continue
            row = (merged or delivered).complete(self.source, self.synthetic)
            self.summary.created += ours is None
            self.summary.updated += ours is not None
            self.summary.capitals += row.shouts
            # Mixed with what was delivered, a record changed by hand stays one.
            by_hand = bool(ours and ours.edited and merged is not delivered)
            marc = (merged or delivered).whole_marc(self.number, edited=by_hand)
            if ours:
                row.source, row.control_number, row.pk = ours.source, ours.control_number, ours.pk
            writes.rows.append(row)
            writes.marcs.append(marc)
            writes.items.extend(self._items(delivered, row))
        if self.options.dry_run:
            self.summary.items_created += len(writes.items)
        else:
            self._write(writes, waited)

    def _count_kept(self, ours: Ours, delivered: Delivered) -> None:
        if ours.checksum == delivered.checksum:
            self.summary.unchanged += 1
            return
        self.summary.kept += 1
        self.summary.kept_edited += ours.edited and self.options.edited == EditedRule.KEEP

    def _write(self, writes: _Writes, waited: int) -> None:
        """A record may bring thousands of items: they follow it in transactions of their own.

        ``waited`` are the rows that were expected; items of unknown libraries are among them.
        """
        room = max(self.batch_size - len(writes.rows), SMALLEST_BATCH)
        chunks = [writes.items[:room]]
        chunks += [
            writes.items[at : at + self.batch_size] for at in range(room, len(writes.items), self.batch_size)
        ]
        for chunk in chunks:
            rows = len(writes.rows) + len(chunk)
            if not rows:
                continue
            started = time.perf_counter()
            new = self._write_chunk(writes, chunk)
            self._adapt(time.perf_counter() - started, max(rows, waited))
            self.checkpoints.written()
            self.summary.items_created += len(new)
            self.summary.items_known += len(chunk) - len(new)
            writes, waited = _Writes(), 0

    def _write_chunk(self, writes: _Writes, items: list[ItemRow]) -> list[ItemRow]:
        if self.log is None:
            return write_batch(writes.rows, writes.marcs, items)
        with transaction.atomic():
            replaced = [row.pk for row in writes.rows if row.pk is not None]
            self.log.before(replaced)
            new = write_batch(writes.rows, writes.marcs, items)
            old = set(replaced)
            created = [row.pk for row in writes.rows if row.pk is not None and row.pk not in old]
            self.log.after(created, sorted({item.record_id for item in new}))
        return new

    def _adapt(self, seconds: float, rows: int) -> None:
        """Choose the next batch so that its transaction takes the target time: shrink at once, grow slowly."""
        self.summary.longest_transaction = max(self.summary.longest_transaction, seconds)
        fitting = int(rows * TARGET / seconds)
        if seconds > TARGET or rows >= self.batch_size:
            largest = min(LARGEST_BATCH, self.batch_size * 5 // 4)
            self.batch_size = max(SMALLEST_BATCH, min(fitting, largest))

    def _met_before(self, delivered: Delivered) -> bool:
        """Whether this very record came earlier in the run; raises Rejected if a different one did."""
        if hash(delivered.control_number) not in self.seen or self.options.match == MatchRule.NONE:
            return False
        self.flush()  # It may still be waiting here.
        if self.options.dry_run:
            same = self.checksums[hash(delivered.control_number)] == hash(delivered.checksum)
        else:
            (ours,) = known([delivered], self.source, self.options.match)
            same = ours is not None and ours.checksum == delivered.checksum
        if not same:
            raise Rejected(Reason.DUPLICATE)
        self.summary.unchanged += 1
        return True

    def _items(self, delivered: Delivered, record: RecordRow | None, record_id: int = 0) -> Iterator[ItemRow]:
        for code, item in delivered.copies():
            branch_id = self.branches.get(code)
            if branch_id is None:
                self.summary.unknown_branches[code] += 1
                continue
            self.summary.branches[code] += 1
            item.branch_id, item.record, item.record_id = branch_id, record, record_id
            yield item

    def _reject(self, path: Path, raw: RawRecord, reason: Reason) -> None:
        self.summary.rejected[reason] += 1
        if len(self.summary.problems) < PROBLEMS_SHOWN:
            self.summary.problems.append((path.name, raw.number, reason))
        if self.rejects:
            self.rejects.add(path, raw, reason)


class _Writes:
    """What a batch writes: records with their MARC, and their items."""

    def __init__(self) -> None:
        self.rows: list[RecordRow] = []
        self.marcs: list[WholeMarc] = []
        self.items: list[ItemRow] = []
