"""Importing records: parse, match, write records and items, tell the search.

Everything that needs no database happens outside the transactions, and these are kept short by their
measured time. A run that was killed is simply run again: what is there is recognised by its checksum.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.marc.formats import control_number, format_of, record_fields
from catalog_pages.marc.holdings import BY_FORMAT, Holding, ItemField, holdings
from catalog_pages.marc.iso2709 import Marc, parse, put_together
from catalog_pages.marc.mapping import VERSION, nonfiling_title
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.rejects import RejectFile
from catalog_pages.models import Item, Record
from catalog_pages.services import WholeMarc, new_item, set_sort_keys, write_batch
from library.models import Branch

# Seconds a write transaction should take; others wait for it, and 0.2 is the limit for all of them.
TARGET = 0.05
PROBLEMS_SHOWN = 10
FIRST_BATCH, SMALLEST_BATCH, LARGEST_BATCH = 60, 10, 1000
_KEYS_PER_QUERY = 400


class Reporter(Protocol):
    """What shows progress: library.progress.Progress is one."""

    def advance(self, steps: int = 1) -> None: ...


@dataclass(slots=True)
class Summary:
    """What an import did, or in a dry run would have done.

    ``rejected`` counts by reason, ``unknown_branches`` items by branch code, ``encodings`` records by the
    file they stand in, the encoding they declare and the one they are in. ``problems`` are the first
    rejected records: file, number, reason.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: Counter[Reason] = field(default_factory=Counter)
    items_created: int = 0
    items_known: int = 0
    unknown_branches: Counter[str] = field(default_factory=Counter)
    encodings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    problems: list[tuple[str, int, Reason]] = field(default_factory=list)
    seconds: float = 0.0
    longest_transaction: float = 0.0

    @property
    def rejected_count(self) -> int:
        return self.rejected.total()

    @property
    def rate(self) -> float:
        """Records per second."""
        return self.read / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """What the librarian says about the files where they do not tell themselves.

    ``form`` is the form of the files (see ``catalog_pages.marc.files``), ``format`` the rules of the fields
    (MARC21, UNIMARC, IRBIS), ``items`` the fields that hold copies. A dry run writes nothing.
    """

    form: str = ""
    format: str = ""
    encoding: str = ""
    items: Sequence[ItemField] | None = None
    dry_run: bool = False


def import_marc(
    paths: Sequence[Path],
    *,
    source: str = "local",
    reject_path: Path | None = None,
    progress: Reporter | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Summary:
    """Import files of records in any form that is known, plain or gzip; return what happened.

    Rejected records are kept at ``reject_path``; without it they are only counted. Every file is looked
    at before the first record is written. Raises NotMarc where one holds no records, OSError where one
    cannot be read or the reject file not be written.
    """
    forms = [form_of(path, options.form) for path in paths]
    xml = all(form.name == "marcxml" for form in forms)
    deliveries = (
        (path, raw)
        for path, form in zip(paths, forms, strict=True)
        for raw in read_file(path, form, encoding=options.encoding)
    )
    with RejectFile(reject_path, xml=xml) if reject_path else nullcontext() as rejects:
        return import_records(deliveries, source=source, rejects=rejects, progress=progress, options=options)


def import_records(
    deliveries: Iterable[tuple[Path, RawRecord]],
    *,
    source: str,
    rejects: RejectFile | None = None,
    progress: Reporter | None = None,
    synthetic: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Summary:
    """Import records as they come out of files; see ``import_marc``."""
    run = _Run(source, rejects, progress, synthetic, options)
    started = time.perf_counter()
    with _light_garbage_collection():
        for path, raw in deliveries:
            run.take(path, raw)
        run.flush()
    for (path, declared, found), count in run.encodings.items():
        run.summary.encodings[path.name, declared, found] += count
    run.summary.seconds = time.perf_counter() - started
    return run.summary


@contextmanager
def _light_garbage_collection() -> Iterator[None]:
    """Leave what is loaded already out of collections: walking it takes 0.1 s, often inside a transaction."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class _Delivered:
    """A record taken apart, waiting to be matched and written."""

    marc: Marc
    checksum: str
    control_number: str
    fields: dict[str, Any]
    holdings: list[Holding]


class _Run:
    """One import: the records waiting, and the size of batch that the target time allows."""

    def __init__(
        self,
        source: str,
        rejects: RejectFile | None,
        progress: Reporter | None,
        synthetic: bool,
        options: Options = Options(),  # noqa: B008 - frozen
    ) -> None:
        self.options = options
        self.encodings: Counter[tuple[Path, str, str]] = Counter()
        self.source, self.synthetic = source, synthetic
        self.rejects, self.progress = rejects, progress
        self.summary = Summary()
        self.branches = {code.casefold(): pk for pk, code in Branch.objects.values_list("pk", "code")}
        self.waiting: list[_Delivered] = []
        self.rows_waiting = 0
        self.batch_size = FIRST_BATCH
        # Hashes of the control numbers met so far: 650,000 numbers themselves would take twice the memory.
        self.seen: set[int] = set()
        self.checksums: dict[int, int] = {}  # of a dry run, which cannot ask the database

    def take(self, path: Path, raw: RawRecord) -> None:
        """Take one record as delivered: reject it, or let it wait for its batch."""
        self.summary.read += 1
        if self.progress:
            self.progress.advance()
        try:
            if raw.reason:
                raise Rejected(raw.reason)
            delivered = prepare(raw, self.options)
            self.encodings[path, delivered.marc.declared, delivered.marc.encoding] += 1
            if self._met_before(delivered):
                return
        except Rejected as rejection:
            self._reject(path, raw, rejection.reason)
            return
        self.seen.add(hash(delivered.control_number))
        if self.options.dry_run:
            self.checksums[hash(delivered.control_number)] = hash(delivered.checksum)
        self.waiting.append(delivered)
        self.rows_waiting += 1 + len(delivered.holdings)
        if self.rows_waiting >= self.batch_size:
            self.flush()

    def flush(self) -> None:
        """Match what waits against the database and write what is new, in one or more short transactions."""
        batch, self.waiting, self.rows_waiting = self.waiting, [], 0
        known = self._known(batch)
        records: list[Record] = []
        replaced: list[Record] = []
        marcs: list[WholeMarc] = []
        items: list[Item] = []
        for delivered in batch:
            pk, checksum = known.get(delivered.control_number, (None, ""))
            if checksum == delivered.checksum:
                self.summary.unchanged += 1
                items.extend(self._items(delivered, record_id=pk))
                continue
            record = self._record(delivered)
            self.summary.created += pk is None
            self.summary.updated += pk is not None
            records.append(record)
            if pk is not None:
                replaced.append(record)
            marc = delivered.marc
            marcs.append(WholeMarc(marc.data, delivered.checksum, marc.encoding, marc.format))
            items.extend(self._items(delivered, record=record))
        if self.options.dry_run:
            self.summary.items_created += len(items)
        else:
            self._write(records, marcs, items, replaced)

    def _write(
        self, records: list[Record], marcs: list[WholeMarc], items: list[Item], replaced: list[Record]
    ) -> None:
        """A record may bring thousands of items: they follow it in transactions of their own."""
        room = max(self.batch_size - len(records), SMALLEST_BATCH)
        chunks = [items[:room]]
        chunks += [items[at : at + self.batch_size] for at in range(room, len(items), self.batch_size)]
        for chunk in chunks:
            rows = len(records) + len(chunk)
            if not rows:
                continue
            started = time.perf_counter()
            new = write_batch(records, marcs, chunk, with_copies=replaced)
            self._adapt(time.perf_counter() - started, rows)
            self.summary.items_created += len(new)
            self.summary.items_known += len(chunk) - len(new)
            records, marcs, replaced = [], [], []

    def _adapt(self, seconds: float, rows: int) -> None:
        """Choose the next batch so that its transaction takes the target time: shrink at once, grow slowly."""
        self.summary.longest_transaction = max(self.summary.longest_transaction, seconds)
        fitting = int(rows * TARGET / seconds)
        if seconds > TARGET or rows >= self.batch_size:
            largest = min(LARGEST_BATCH, self.batch_size * 5 // 4)
            self.batch_size = max(SMALLEST_BATCH, min(fitting, largest))

    def _met_before(self, delivered: _Delivered) -> bool:
        """Whether this very record came earlier in the run; raises Rejected if a different one did."""
        if hash(delivered.control_number) not in self.seen:
            return False
        self.flush()  # It may still be waiting here.
        if self.options.dry_run:
            same = self.checksums[hash(delivered.control_number)] == hash(delivered.checksum)
        else:
            _pk, checksum = self._known([delivered]).get(delivered.control_number, (None, ""))
            same = checksum == delivered.checksum
        if not same:
            raise Rejected(Reason.DUPLICATE)
        self.summary.unchanged += 1
        return True

    def _known(self, batch: list[_Delivered]) -> dict[str, tuple[int, str]]:
        """Primary key and checksum of the records we have, by control number."""
        known = {}
        for start in range(0, len(batch), _KEYS_PER_QUERY):
            numbers = [delivered.control_number for delivered in batch[start : start + _KEYS_PER_QUERY]]
            rows = Record.objects.filter(source=self.source, control_number__in=numbers).order_by()
            for number, pk, checksum in rows.values_list("control_number", "pk", "marc_source__checksum"):
                known[number] = (pk, checksum or "")
        return known

    def _record(self, delivered: _Delivered) -> Record:
        record = Record(
            source=self.source,
            control_number=delivered.control_number,
            is_synthetic=self.synthetic,
            **delivered.fields,
        )
        set_sort_keys(record, filing_title=nonfiling_title(delivered.marc, record.title))
        return record

    def _items(self, delivered: _Delivered, **record: object) -> Iterator[Item]:
        for holding in delivered.holdings:
            branch_id = self.branches.get(holding.branch)
            if branch_id is None:
                self.summary.unknown_branches[holding.branch] += 1
                continue
            yield new_item(
                branch_id=branch_id,
                barcode=holding.barcode,
                call_number=holding.call_number,
                shelf=holding.shelf,
                status=holding.status,
                accession_number=holding.accession_number,
                price=holding.price,
                **record,
            )

    def _reject(self, path: Path, raw: RawRecord, reason: Reason) -> None:
        self.summary.rejected[reason] += 1
        if len(self.summary.problems) < PROBLEMS_SHOWN:
            self.summary.problems.append((path.name, raw.number, reason))
        if self.rejects:
            self.rejects.add(path, raw, reason)


def prepare(raw: RawRecord, options: Options) -> _Delivered:
    """Take a record apart and find out what it says; raises Rejected with the reason."""
    # Said otherwise than last time, the same bytes make another record.
    said = f"{options.encoding}{options.format}".encode() if options.encoding or options.format else b""
    checksum = hashlib.sha256(VERSION + said + raw.data).hexdigest()
    if raw.fields is None:
        marc = parse(raw.data, encoding=options.encoding)
    else:
        marc = put_together(raw.leader, raw.fields, encoding=raw.encoding, format=raw.format)
    marc.format = options.format or marc.format or format_of(marc)
    number = control_number(marc, checksum)
    items = BY_FORMAT[marc.format] if options.items is None else options.items
    return _Delivered(marc, checksum, number, record_fields(marc), list(holdings(marc, items)))
