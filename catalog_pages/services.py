"""Writes of the catalogue: each one transaction, each telling the search what has changed."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from catalog_pages import bulk
from catalog_pages.deletions import note_deleted
from catalog_pages.keys import keep_keys, number_key, write_keys
from catalog_pages.models import ChangedRecords, Item, MarcSource, Record
from catalog_pages.quality.findings import note_barcodes
from catalog_pages.rows import COLUMNS, ITEM_COLUMNS, ItemRow, RecordRow, sort_keys
from catalog_pages.stocktaking.services import note_moved
from search import outbox

SEARCH_SOURCE = "record"

# What an import may overwrite; where the record came from stays, and so does what staff or later steps gave it.
RECORD_FIELDS = [*COLUMNS, "updated_at"]
_ROWS_PER_QUERY = 400


@dataclass(frozen=True, slots=True)
class WholeMarc:
    """A record's MARC to be kept: ISO 2709 in UTF-8, what it came in, the checksum of what was delivered.

    ``agency`` is who gave the control number (003), ``import_number`` the import that writes it, ``edited`` whether
    it is made by hand.
    """

    data: bytes
    checksum: str
    encoding: str = "utf-8"
    format: str = "marc21"
    agency: str = ""
    import_number: int | None = None
    edited: bool = False
    packed: bytes = b""  # ``data`` compressed, where somebody has done that already


@transaction.atomic
def save_record(
    *,
    fields: Mapping[str, Any],
    record: Record | None = None,
    items: Iterable[Mapping[str, Any]] = (),
    marc: WholeMarc | None = None,
    filing_title: str = "",
) -> Record:
    """Create a record, or change ``record``; add its items and keep its MARC.

    Sort keys are made here, from ``filing_title`` where the title begins with an article. Raises
    django.core.exceptions.ValidationError where a field is not valid.
    """
    record = record or Record()
    for name, value in fields.items():
        setattr(record, name, value)
    set_sort_keys(record, filing_title=filing_title or record.title)
    record.full_clean()
    record.save()
    if marc:
        write_marc([record], [replace(marc, edited=True)])
    else:
        MarcSource.objects.filter(pk=record.pk).update(edited=True, import_number=None)
    write_keys([record])
    Item.objects.bulk_create([new_item(record=record, **item) for item in items])
    place_items([record.pk])
    tell_changed([record.pk])
    return record


def tell_changed(record_ids: Sequence[int]) -> None:
    """Note in the caller's transaction that records were written or deleted: for search, headings, findings."""
    outbox.enqueue(SEARCH_SOURCE, record_ids)
    note_headings(record_ids)


def delete_records(record_ids: Sequence[int]) -> None:
    """Delete records with their items, inside the caller's transaction; the search and harvesters are told.

    Raises ProtectedError where something needs one of them.
    """
    note_deleted(record_ids)
    tell_changed(record_ids)
    rows = Record.objects.filter(pk__in=record_ids)
    setattr(rows, "is_told", True)  # noqa: B010 - so that the signals of each single one keep silent
    rows.delete()


def note_headings(record_ids: Sequence[int]) -> None:
    """Note in the caller's transaction that the headings of these records are to be counted."""
    ChangedRecords.objects.bulk_create(ChangedRecords(records=list(chunk)) for chunk in _chunks(record_ids))


def place_items(record_ids: Sequence[int]) -> None:
    """Put the copies of records where the records stand on the shelf; inside the caller's transaction."""
    key = Record.objects.filter(pk=OuterRef("record_id")).values("shelf_key")[:1]
    for chunk in _chunks(record_ids):
        Item.objects.filter(record_id__in=chunk).update(shelf_key=Subquery(key))


def set_sort_keys(record: Record, *, filing_title: str) -> None:
    """Fill the columns that lists are sorted by; ``filing_title`` is the title without its article."""
    for name, key in sort_keys(vars(record), filing_title=filing_title).items():
        setattr(record, name, key)


@transaction.atomic
def write_batch(
    rows: Sequence[RecordRow], marcs: Sequence[WholeMarc], items: Sequence[ItemRow] = ()
) -> list[ItemRow]:
    """Create or overwrite records, known by source and control number, with their MARC, then add items.

    Rows of new records get their primary keys. The copies of records that were there follow them on the shelf.
    Returns the items that are new (see ``add_items``). No two rows of a batch may share a control number.
    """
    keys = {}
    if rows:
        old = [row.pk for row in rows if row.pk is not None]
        pks = _write_records(rows)
        _write_marcs(pks, marcs)
        place_items(old)
        for pk, row, marc in zip(pks, rows, marcs, strict=True):
            keys[pk] = row.title_keys + number_key(row.control_number, marc.agency)
        keep_keys(keys, old=old)
    for item in items:
        if item.record and item.record.pk:
            item.record_id = item.record.pk
    shelf_keys = {pk: row.shelf_key for pk, row in zip(keys, rows, strict=True)}
    new = _write_items(items, shelf_keys)
    tell_changed(sorted(keys.keys() | {item.record_id for item in new}))
    return new


def _write_records(rows: Sequence[RecordRow]) -> list[int]:
    now = bulk.now(Record)
    keys = bulk.insert_returning(
        Record,
        ["source", "control_number", *COLUMNS, "created_at", "updated_at"],
        [(row.source, row.control_number, *row.values, now, now) for row in rows],
        unique=["source", "control_number"],
        update=RECORD_FIELDS,
    )
    for row, pk in zip(rows, keys, strict=True):
        row.pk = pk
    return keys


def write_marc(records: Sequence[Record], marcs: Sequence[WholeMarc]) -> None:
    """Keep the whole MARC of records, compressed; inside the caller's transaction."""
    _write_marcs([record.pk for record in records], marcs)


def _write_marcs(pks: Sequence[int], marcs: Sequence[WholeMarc]) -> None:
    columns = ["checksum", "encoding", "format", "edited", "import_number", "data"]
    rows = [
        (
            pk,
            marc.checksum,
            marc.encoding,
            marc.format,
            marc.edited,
            marc.import_number,
            marc.packed or zlib.compress(marc.data),
        )
        for pk, marc in zip(pks, marcs, strict=True)
    ]
    bulk.insert_rows(MarcSource, ["record", *columns], rows, unique=["record"], update=columns)


def new_item(**fields: Any) -> Item:
    """An item, not yet saved, whose availability follows from its status."""
    item = Item(**fields)
    item.barcode = item.barcode or None
    item.available = item.status in Item.ON_SHELF
    if not item.loanable and item.loan_class in Item.LENT:
        item.loan_class = Item.LoanClass.IN_HOUSE
    follow_loan_class(item)
    return item


def follow_loan_class(item: Item) -> None:
    """Whether a copy is lent follows from its loan class, its status and whether it is of the legal deposit."""
    item.loanable = (
        item.status != Item.Status.REFERENCE and item.loan_class in Item.LENT and not item.is_legal_deposit
    )


def add_items(items: Sequence[Item]) -> list[ItemRow]:
    """Save the items that the library does not hold yet and return them.

    An item is known by its barcode; without one, by its record, branch and call number, counting how
    many of them there are. So adding the same items again adds nothing.
    """
    return write_batch([], [], [ItemRow.of(item) for item in items])


@transaction.atomic
def set_availability(item_ids: Sequence[int], available: bool) -> None:
    """Items went out on loan, or came back; items for reading in the library and those gone keep their status."""
    items = Item.objects.filter(pk__in=item_ids)
    if available:
        items.filter(status__in=[Item.Status.ON_LOAN, Item.Status.IN_TRANSIT]).update(
            status=Item.Status.AVAILABLE
        )
        items.filter(status__in=Item.ON_SHELF).update(available=True)
    else:
        items.filter(status=Item.Status.AVAILABLE).update(status=Item.Status.ON_LOAN, available=False)
        items.update(available=False)
    note_moved(item_ids)
    outbox.enqueue(SEARCH_SOURCE, items.order_by("record_id").values_list("record_id", flat=True).distinct())


def _write_items(items: Sequence[ItemRow], shelf_keys: Mapping[int, str]) -> list[ItemRow]:
    taken = _taken_barcodes([item.barcode for item in items if item.barcode])
    held = _held_without_barcode({item.record_id for item in items if not item.barcode})
    wanted: Counter[tuple[int, int, str]] = Counter()
    new = []
    clashes: dict[int, str] = {}
    for item in items:
        if item.barcode:
            if item.barcode not in taken:
                taken[item.barcode] = item.record_id
                new.append(item)
            elif taken[item.barcode] != item.record_id:
                clashes[item.record_id] = item.barcode
            continue
        key = (item.record_id, item.branch_id, item.call_number)
        wanted[key] += 1
        if wanted[key] > held[key]:
            new.append(item)
    known = dict(shelf_keys) | _shelf_keys({item.record_id for item in new} - shelf_keys.keys())
    for item in new:
        item.shelf_key = known[item.record_id]
    note_barcodes(clashes)
    # A barcode given elsewhere at this very moment must not stop an import.
    bulk.insert_rows(
        Item,
        ["record", "branch", "shelf_key", *ITEM_COLUMNS],
        [(item.record_id, item.branch_id, item.shelf_key, *item.values) for item in new],
        ignore=True,
    )
    return new


def _shelf_keys(record_ids: set[int]) -> dict[int, str]:
    keys: dict[int, str] = {}
    for chunk in _chunks(sorted(record_ids)):
        keys.update(Record.objects.filter(pk__in=chunk).values_list("pk", "shelf_key"))
    return keys


def _taken_barcodes(barcodes: Sequence[str]) -> dict[str, int]:
    """The barcodes that items have, and the records of these."""
    taken: dict[str, int] = {}
    for chunk in _chunks(barcodes):
        rows = Item.objects.filter(barcode__in=chunk).values_list("barcode", "record_id")
        taken.update((barcode, record_id) for barcode, record_id in rows if barcode)
    return taken


def _held_without_barcode(record_ids: set[int]) -> dict[tuple[int, int, str], int]:
    held: dict[tuple[int, int, str], int] = defaultdict(int)
    for chunk in _chunks(sorted(record_ids)):
        rows = Item.objects.filter(record_id__in=chunk, barcode=None)
        for key in rows.values_list("record_id", "branch_id", "call_number"):
            held[key] += 1
    return held


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), _ROWS_PER_QUERY):
        yield values[start : start + _ROWS_PER_QUERY]
