"""Taking an import back: what it created goes, what it wrote over comes back, and what was touched since stays.

Short transactions, the last step first. Killed and run again, it goes on: what is gone is gone, and a step is
forgotten in the transaction that ends it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.importing.log import item_marks, unpacked
from catalog_pages.importing.options import Reporter
from catalog_pages.importing.run import TARGET
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import nonfiling_title
from catalog_pages.models import Import, ImportStep, Item, MarcSource, PreviousRecord, Record
from catalog_pages.rows import RecordRow
from catalog_pages.services import WholeMarc, delete_records, set_sort_keys, tell_changed, write_batch

# Why something stays; the label is what the librarian reads.
REASONS: dict[str, str | Promise] = {
    "item_changed": _("Items changed since, lent or moved"),
    "item_needed": _("Items that something else needs, such as a loan"),
    "record_changed": _("Records changed since, by hand or by a later import"),
    "has_items": _("Records that have items"),
    "has_parts": _("Records that articles are linked to"),
    "needed": _("Records that something else needs"),
}
EXAMPLES = 100
_SMALLEST, _FIRST, _LARGEST = 5, 25, 200


def undo(batch: Import, *, progress: Reporter) -> None:
    """Take an import back as far as nobody has touched what it did; ``batch.undone`` says what went and what stays.

    ``progress`` counts records and items.
    """
    work = _Undo(batch, progress)
    while step := batch.steps.order_by("-pk").first():
        work.take_back(step)
    while rows := list(batch.previous.order_by("pk")[: work.size]):
        work.timed(lambda rows=rows: work.restore(rows), len(rows))


def amount(batch: Import) -> int:
    """About how many records and items are to be looked at."""
    steps = batch.steps.values_list("records", "items").iterator(chunk_size=500)
    return sum(len(records) + len(items) for records, items in steps) + batch.previous.count()


class _Undo:
    def __init__(self, batch: Import, progress: Reporter) -> None:
        self.batch, self.progress = batch, progress
        self.size = _FIRST
        self._forget_stayed()

    def _forget_stayed(self) -> None:
        self.stayed: Counter[str] = Counter()
        self.examples: list[list[object]] = []

    def take_back(self, step: ImportStep) -> None:
        """Delete what one step created, items first; then forget the step."""
        marks = dict(step.items)
        for pks in self._chunks(sorted(marks)):
            self.timed(lambda pks=pks: self._delete_items(pks, marks), len(pks))
        for pks in self._chunks(step.records):
            self.timed(lambda pks=pks: self._delete_records(pks), len(pks))
        items_stay = sum(count for reason, count in self.stayed.items() if reason.startswith("item_"))
        gone = {
            "items": len(marks) - items_stay,
            "records": len(step.records) - (self.stayed.total() - items_stay),
        }
        with transaction.atomic():
            step.delete()
            self._account(gone)

    def _chunks(self, pks: Sequence[int]) -> Iterator[Sequence[int]]:
        at = 0
        while at < len(pks):
            size = self.size
            yield pks[at : at + size]
            at += size

    def timed(self, work, rows: int) -> None:  # type: ignore[no-untyped-def]
        """Do some work in one transaction, and choose the size of the next by the time it took."""
        started = time.perf_counter()
        with transaction.atomic():
            work()
        seconds = time.perf_counter() - started
        self.size = max(_SMALLEST, min(_LARGEST, self.size * 5 // 4, int(self.size * TARGET / seconds)))
        self.progress.advance(rows)

    def _delete_items(self, pks: Sequence[int], marks: dict[int, int]) -> None:
        items = Item.objects.filter(pk__in=pks)
        now = {pk: mark for pk, mark in item_marks(items)}  # noqa: C416
        same = [pk for pk, mark in now.items() if marks[pk] == mark]
        self._stay("item_changed", [pk for pk, mark in now.items() if marks[pk] != mark])
        records = list(items.filter(pk__in=same).order_by().values_list("record_id", flat=True).distinct())
        try:
            with transaction.atomic():
                items.filter(pk__in=same).delete()
        except ProtectedError:
            for pk in same:
                self._delete_needed_item(pk)
        tell_changed(records)

    def _delete_needed_item(self, pk: int) -> None:
        try:
            with transaction.atomic():
                Item.objects.filter(pk=pk).delete()
        except ProtectedError:
            self._stay("item_needed", [pk])

    def _delete_records(self, pks: Sequence[int]) -> None:
        there = set(Record.objects.filter(pk__in=pks).order_by().values_list("pk", flat=True))
        ours = set(
            MarcSource.objects.filter(pk__in=there, import_number=self.batch.pk).values_list("pk", flat=True)
        )
        self._stay("record_changed", sorted(there - ours))
        held = set(Item.objects.filter(record_id__in=ours).order_by().values_list("record_id", flat=True))
        self._stay("has_items", sorted(held))
        hosts = set(
            Record.objects.filter(host_id__in=ours - held).order_by().values_list("host_id", flat=True)
        )
        self._stay("has_parts", sorted(hosts))
        going = sorted(ours - held - hosts)
        try:
            with transaction.atomic():
                delete_records(going)
        except ProtectedError:
            for pk in going:
                self._delete_needed_record(pk)

    def _delete_needed_record(self, pk: int) -> None:
        try:
            with transaction.atomic():
                delete_records([pk])
        except ProtectedError:
            self._stay("needed", [pk])

    def restore(self, rows: Sequence[PreviousRecord]) -> None:
        """Give records back what an import wrote over."""
        kept = {row.record_id: unpacked(bytes(row.data)) for row in rows}
        there = Record.objects.filter(pk__in=kept).in_bulk()
        ours = set(
            MarcSource.objects.filter(pk__in=kept, import_number=self.batch.pk).values_list("pk", flat=True)
        )
        self._stay("record_changed", sorted(there.keys() - ours))
        before, marcs, without = [], [], []
        for pk in sorted(ours):
            record, marc = _as_before(there[pk], kept[pk])
            before.append(RecordRow.of(record))
            marcs.append(marc or WholeMarc(b"", ""))
            if marc is None:
                without.append(pk)
        write_batch(before, marcs)
        MarcSource.objects.filter(pk__in=without).delete()
        PreviousRecord.objects.filter(pk__in=[row.pk for row in rows]).delete()
        self._account({"restored": len(before)})

    def _stay(self, reason: str, pks: Sequence[int]) -> None:
        if not pks:
            return
        self.stayed[reason] += len(pks)
        self.examples += [[reason, pk] for pk in pks[:EXAMPLES]]

    def _account(self, gone: dict[str, int]) -> None:
        """Write down what went and what stays, inside the caller's transaction."""
        said = dict(self.batch.undone)
        for name, count in gone.items():
            said[name] = said.get(name, 0) + count
        said["stayed"] = dict(Counter(said.get("stayed", {})) + self.stayed)
        said["examples"] = (said.get("examples", []) + self.examples)[:EXAMPLES]
        self.batch.undone = said
        self.batch.save(update_fields=["undone"])
        self._forget_stayed()


def _as_before(record: Record, kept: dict) -> tuple[Record, WholeMarc | None]:
    for field in Record._meta.concrete_fields:
        if field.name in kept["columns"]:
            setattr(record, field.attname, field.to_python(kept["columns"][field.name]))
    if "marc" not in kept:
        set_sort_keys(record, filing_title=record.title)
        return record, None
    try:
        marc = parse(kept["marc"]["data"], encoding="utf-8")
    except Rejected:
        set_sort_keys(record, filing_title=record.title)
        return record, WholeMarc(**kept["marc"])
    set_sort_keys(record, filing_title=nonfiling_title(marc, record.title))
    return record, WholeMarc(**kept["marc"], agency=marc.control("003"))
