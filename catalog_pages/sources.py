"""Records as the search sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from catalog_pages.authorities.names import Names, other_names
from catalog_pages.children.topics import search_values
from catalog_pages.models import Item, Record
from catalog_pages.services import SEARCH_SOURCE
from search.documents import EVERYONE, Document


@dataclass(slots=True)
class _Holding:
    """What a record's items add to its document; dictionaries keep each value once and in order."""

    branches: dict[str, None] = field(default_factory=dict)
    identifiers: dict[str, None] = field(default_factory=dict)
    available: bool = False
    in_childrens_store: bool = False


class RecordSource:
    """The search source of the catalogue. Three queries for any number of records."""

    name = SEARCH_SOURCE
    label = _("Catalogue")
    template = "search/parts/records.html"
    position = 10
    listing = "catalog_pages:results"

    def objects(self, ids: Sequence[int], audience: Sequence[str] = (EVERYONE,)) -> list[Record]:
        return list(Record.objects.for_results(ids))

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """The documents of these records; those that no longer exist are left out."""
        holdings = _holdings(ids)
        names = other_names(ids)
        records = Record.objects.filter(pk__in=ids).order_by("pk")
        return [_document(record, holdings[record.pk], names[record.pk]) for record in records]

    def ids_after(self, after: int, limit: int) -> list[int]:
        """The next primary keys above ``after``, in ascending order, ``limit`` at most."""
        records = Record.objects.filter(pk__gt=after).order_by("pk")
        return list(records.values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        """How many records there are."""
        return Record.objects.count()


def _holdings(ids: Sequence[int]) -> Mapping[int, _Holding]:
    holdings: dict[int, _Holding] = defaultdict(_Holding)
    rows = (
        Item.objects.held()
        .filter(record_id__in=ids)
        .order_by("record_id", "branch__position", "branch__code")
        .values_list("record_id", "branch__code", "available", "store", "barcode", "call_number")
    )
    for record_id, branch, available, store, barcode, call_number in rows.iterator(chunk_size=2000):
        holding = holdings[record_id]
        holding.branches[branch] = None
        holding.available = holding.available or available
        holding.in_childrens_store = holding.in_childrens_store or store == Item.Store.CHILDREN
        for identifier in (barcode, call_number):
            if identifier:
                holding.identifiers[identifier] = None
    return holdings


def _document(record: Record, holding: _Holding, names: Names) -> Document:
    year = (str(record.year),) if record.year is not None else ()
    return Document(
        id=f"{SEARCH_SOURCE}:{record.pk}",
        kind="record",
        title=f"{record.title}: {record.subtitle}" if record.subtitle else record.title,
        language=record.language,
        authors=tuple(dict.fromkeys((*record.authors, *record.variant_authors, *names.authors))),
        subjects=tuple(dict.fromkeys((*record.subjects, *names.subjects))),
        notes=tuple(_notes(record)),
        identifiers=(*_numbers(record), *holding.identifiers),
        classes=(record.class_number,) if record.class_number else (),
        facets={
            "branch": tuple(holding.branches),
            "available": ("yes",) if holding.available else (),
            "material": (record.material,),
            "language": tuple(record.languages) or ((record.language,) if record.language else ()),
            "author": tuple(record.authors),
            "subject": tuple(record.subjects),
            "year": year,
            "children": tuple(search_values(record, in_childrens_store=holding.in_childrens_store)),
        },
        year=record.year,
        title_sort=record.title_sort,
        author_sort=record.author_sort,
        added=int(record.created_at.timestamp()),
    )


def _notes(record: Record) -> Iterator[str]:
    """Other titles first: whoever knows a work by another name must find it."""
    yield from record.variant_titles
    yield from filter(None, (record.statement, record.series, record.publisher, record.place))
    yield from record.notes
    if record.contents:
        yield record.contents


def _numbers(record: Record) -> Iterator[str]:
    for isbn in record.isbns:
        yield from _both_isbns(isbn)
    yield from record.issns
    yield record.control_number
    if record.class_number:
        yield record.class_number


def _both_isbns(isbn: str) -> Iterator[str]:
    """An ISBN in its ten and its thirteen digits: a reader has one, the record the other."""
    yield isbn
    digits = isbn[3:12] if len(isbn) == 13 else isbn[:9]
    if not digits.isdigit():
        return
    if len(isbn) == 10:
        weighted = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate("978" + digits))
        yield f"978{digits}{-weighted % 10}"
    elif isbn.startswith("978"):
        check = -sum(int(d) * (10 - i) for i, d in enumerate(digits)) % 11
        yield digits + ("X" if check == 10 else str(check))
