"""Keeping what is amiss in records: examined behind the writes, never in a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from catalog_pages.class_schemes import is_within
from catalog_pages.models import Finding, Item, Record, RecordAuthority
from catalog_pages.quality import rules

Kind = Finding.Kind
_WITHOUT_ITEMS = ("article", "electronic")  # stand in another record, or on no shelf

Found = dict[str, str]  # kind to detail


class Examined(NamedTuple):
    """What is looked at in a record."""

    pk: int
    title: str
    subtitle: str
    authors: list[str]
    subjects: list[str]
    publisher: str
    series: str
    language: str
    material: str
    year: int | None
    year_text: str
    isbns: list[str]
    class_scheme: str
    class_number: str


def examine(ids: Sequence[int]) -> None:
    """Bring the findings of some hundred records in line with what they say, inside the caller's transaction."""
    before: dict[int, Found] = defaultdict(dict)
    for pk, kind, detail in Finding.objects.filter(record_id__in=ids).values_list(
        "record_id", "kind", "detail"
    ):
        before[pk][kind] = detail
    held = set(
        Item.objects.held()
        .filter(record_id__in=ids)
        .order_by()
        .values_list("record_id", flat=True)
        .distinct()
    )
    linked = _linked(ids)
    clashing = _clashing(before)
    today = timezone.localdate()
    rows, gone = [], defaultdict(list)
    for row in Record.objects.filter(pk__in=ids).values_list(*Examined._fields):
        record = Examined(*row)
        found = _found(record, linked[record.pk], today)
        if record.pk not in held and record.material not in _WITHOUT_ITEMS:
            found[Kind.NO_ITEMS] = ""
        if record.pk in clashing:
            found[Kind.BARCODE] = clashing[record.pk]
        was = before[record.pk]
        rows += [
            Finding(record_id=record.pk, kind=kind, detail=detail)
            for kind, detail in found.items()
            if was.get(kind) != detail
        ]
        for kind in was.keys() - found.keys():
            gone[kind].append(record.pk)
    for kind, pks in gone.items():
        Finding.objects.filter(kind=kind, record_id__in=pks).delete()
    _save(rows)


def note_barcodes(clashes: Mapping[int, str]) -> None:
    """Note in the caller's transaction records that were delivered with a barcode of another record's item."""
    _save([Finding(record_id=pk, kind=Kind.BARCODE, detail=code) for pk, code in clashes.items()])


def _found(record: Examined, linked: Collection[tuple[str, int]], today: date) -> Found:
    """What is amiss in the record itself."""
    tests = {
        Kind.NO_TITLE: (rules.no_title(record.title), record.title),
        Kind.NO_LANGUAGE: (not record.language, ""),
        Kind.NO_ISBN: (rules.lacks_isbn(record.material, record.year, record.isbns), ""),
        Kind.YEAR: (
            rules.impossible_year(record.year, record.year_text, today),
            record.year_text or str(record.year),
        ),
        Kind.CLASS_NUMBER: (
            not is_within(record.class_scheme, record.class_number),
            record.class_number,
        ),
    }
    found = {str(kind): _detail(detail) for kind, (is_amiss, detail) in tests.items() if is_amiss}
    if shouted := next(filter(rules.capitals, _values(record)), ""):
        found[Kind.CAPITALS] = _detail(shouted)
    if unlinked := next(_unlinked(record, linked), ""):
        found[Kind.UNLINKED] = _detail(unlinked)
    return found


def _values(record: Examined) -> Iterable[str]:
    """The values that readers see in capitals, if they are."""
    return (
        record.title, record.subtitle, *record.authors, *record.subjects, record.publisher, record.series
    )  # fmt: skip


def _unlinked(record: Examined, linked: Collection[tuple[str, int]]) -> Iterator[str]:
    for role, texts in (("author", record.authors), ("subject", record.subjects)):
        yield from (text for place, text in enumerate(texts) if (role, place) not in linked)


def _linked(ids: Sequence[int]) -> Mapping[int, set[tuple[str, int]]]:
    linked: dict[int, set[tuple[str, int]]] = defaultdict(set)
    rows = RecordAuthority.objects.filter(record_id__in=ids)
    for pk, role, position in rows.values_list("record_id", "role", "position"):
        linked[pk].add((role, position))
    return linked


def _clashing(before: Mapping[int, Found]) -> dict[int, str]:
    """The barcodes noted earlier that items of other records still have."""
    noted = {pk: found[Kind.BARCODE] for pk, found in before.items() if Kind.BARCODE in found}
    if not noted:
        return {}
    holders = dict(Item.objects.filter(barcode__in=noted.values()).values_list("barcode", "record_id"))
    return {pk: code for pk, code in noted.items() if holders.get(code, pk) != pk}


def _save(rows: Sequence[Finding]) -> None:
    Finding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["record", "kind"],
        update_fields=["detail"],
        batch_size=200,
    )


def _detail(text: str) -> str:
    return text[: Finding.DETAIL_LENGTH]


def counts() -> dict[str, int]:
    """How many records each kind of finding has."""
    rows = Finding.objects.order_by().values_list("kind").annotate(total=Count("pk"))
    return {str(kind): total for kind, total in rows}
