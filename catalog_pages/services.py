"""Writes of the catalogue: each one transaction, each telling the search what has changed."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from catalog_pages import bulk
from catalog_pages.deletions import note_deleted
from catalog_pages.keys import write_keys
from catalog_pages.models import SORT_KEY_LENGTH, ChangedRecords, Item, MarcSource, Record
from catalog_pages.quality.findings import note_barcodes
from catalog_pages.shelf_order import shelf_key
from catalog_pages.stocktaking.services import note_moved
from catalog_pages.works import work_key
from library.names import language_tag
from search import outbox
from search.sorting import LONGEST_KEY, filing_key

SEARCH_SOURCE = "record"

# What an import may overwrite; where the record came from stays, and so does what staff or later steps gave it.
_FIXED = {"id", "source", "control_number", "created_at", "host", "cover"}
RECORD_FIELDS = [field.name for field in Record._meta.concrete_fields if field.name not in _FIXED]
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
    record.title_sort = filing_key(filing_title, record.language)[:SORT_KEY_LENGTH]
    record.author_sort = (
        filing_key(record.author, record.language)[:SORT_KEY_LENGTH] if record.authors else ""
    )
    if language_tag(record.language) == settings.LANGUAGE_CODE:
        record.title_key = record.title_sort[:LONGEST_KEY]
    else:
        record.title_key = filing_key(filing_title, record.language, record.language or "en")
    filing = record.author_sort or record.title_sort
    record.shelf_key = shelf_key(record.class_scheme, record.class_number, filing, record.year)
    record.work_key = work_key(record.author, record.title, record.uniform_title)


@transaction.atomic
def write_batch(
    records: Sequence[Record],
    marcs: Sequence[WholeMarc],
    items: Sequence[Item],
    *,
    with_copies: Sequence[Record] | None = None,
) -> list[Item]:
    """Create or overwrite records, known by source and control number, with their MARC, then add items.

    Primary keys of the records are set; an item may refer to one of them. ``with_copies`` are those of the records
    that were there before, all of them where it is not said: their copies follow them on the shelf. Returns the
    items that are new (see ``add_items``). No two records of a batch may share a control number.
    """
    if records:
        bulk.insert(records, unique=["source", "control_number"], update=RECORD_FIELDS, returning=True)
        write_marc(records, marcs)
        place_items([record.pk for record in (records if with_copies is None else with_copies)])
        _write_keys(records, marcs, with_copies)
    new = _write_items(items, {record.pk: record.shelf_key for record in records})
    changed = {record.pk for record in records} | {item.record_id for item in new}
    tell_changed(sorted(changed))
    return new


def _write_keys(records: Sequence[Record], marcs: Sequence[WholeMarc], old: Sequence[Record] | None) -> None:
    agencies = {record.pk: marc.agency for record, marc in zip(records, marcs, strict=True)}
    known = agencies.keys() if old is None else {record.pk for record in old}
    write_keys(records, agencies, new=frozenset(agencies.keys() - known))


def write_marc(records: Sequence[Record], marcs: Sequence[WholeMarc]) -> None:
    """Keep the whole MARC of records, compressed; inside the caller's transaction."""
    bulk.insert(
        [
            MarcSource(
                record_id=record.pk,
                checksum=marc.checksum,
                encoding=marc.encoding,
                format=marc.format,
                edited=marc.edited,
                import_number=marc.import_number,
                data=marc.packed or zlib.compress(marc.data),
            )
            for record, marc in zip(records, marcs, strict=True)
        ],
        unique=["record"],
        update=["checksum", "encoding", "format", "edited", "import_number", "data"],
    )


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


def add_items(items: Sequence[Item]) -> list[Item]:
    """Save the items that the library does not hold yet and return them.

    An item is known by its barcode; without one, by its record, branch and call number, counting how
    many of them there are. So adding the same items again adds nothing.
    """
    return write_batch([], [], items)


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


def _write_items(items: Sequence[Item], shelf_keys: Mapping[int, str]) -> list[Item]:
    for item in items:
        item.record_id = item.record_id or item.record.pk
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
    bulk.insert(new, ignore=True)
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
