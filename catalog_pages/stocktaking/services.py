"""Writes of a count while it is open: opening, scanning, undoing, notes. Each one short transaction.

Scans come singly or in lists, from several people, some of them twice: each bears an id of its sender's, and of every
copy one scan counts. So the same scans give the same count in whatever order and however often they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from catalog_pages.models import Item, MovedItem, Scan, Stocktaking
from catalog_pages.models.records import HEADING_LENGTH
from catalog_pages.stocktaking import rules
from library.models import User

MOST_SCANS = 200  # in one transaction, and from the page's queue in one request
FIRST_SCANS, FEWEST_SCANS = 50, 5  # of a list
# Seconds of a transaction: 0.2 are the limit, and a busy server may be three times as slow a moment later.
TARGET = 0.05


class CountRefused(ValueError):
    """What was asked of a count cannot be done; the words are for staff."""


@dataclass(frozen=True, slots=True)
class NewScan:
    """One scan as its sender reports it."""

    client_id: UUID
    barcode: str
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a scan. ``is_new`` is False where the copy was counted before, by whomever."""

    client_id: UUID
    barcode: str
    verdict: str
    title: str = ""
    is_new: bool = True
    place: str = ""

    @property
    def words(self) -> str:
        """The verdict in words, as it is shown and spoken."""
        if self.verdict == REFUSED:
            return _("This is no barcode.")
        if not self.is_new:
            return _("Already counted")
        return str(Scan.Verdict(self.verdict).label)

    @property
    def tone(self) -> str:
        """How loud the verdict is: "good", "again", "care" or "bad"."""
        if self.verdict == REFUSED:
            return "bad"
        if not self.is_new:
            return "again"
        if self.verdict in (Scan.Verdict.COUNTED, Scan.Verdict.FOUND):
            return "good"
        return "bad" if self.verdict in Scan.SURPLUS else "care"


REFUSED = "refused"


@transaction.atomic
def open_count(
    *, user: User | None, fields: Mapping[str, Any], commission: Sequence[Mapping[str, str]]
) -> Stocktaking:
    """Open a count. ``fields`` are columns of Stocktaking: branch, store, shelf, classes, started_on.

    Raises CountRefused for a commission of fewer than three, for classes that are none, and while another count of
    the same copies is unfinished.
    """
    try:
        rules.check_commission(commission)
    except rules.TooFew as error:
        raise CountRefused(_("The commission needs at least three people (A27).")) from error
    count = Stocktaking(**fields, commission=list(commission), opened_by=user)
    try:
        count.key_from, count.key_to = rules.bounds(count.class_scheme, count.class_from, count.class_to)
    except ValueError as error:
        raise CountRefused(
            _("These class numbers bound no part of the shelves. Choose scheme, first and last number.")
        ) from error
    # Of two people who open at the same moment, one waits here.
    type(count.branch).objects.select_for_update().get(pk=count.branch_id)
    others = Stocktaking.objects.filter(
        branch=count.branch, store=count.store, state__in=Stocktaking.UNFINISHED
    )
    scope = rules.Scope.of(count)
    if any(scope.overlaps(rules.Scope.of(other)) for other in others):
        raise CountRefused(
            _(
                "These copies are being counted already. Close and approve that count first, or choose another part."
            )
        )
    count.last_item = Item.objects.aggregate(last=Max("pk"))["last"] or 0
    count.save()
    return count


def add_scans(stocktaking: Stocktaking, scans: Sequence[NewScan], *, user: User | None) -> list[Answer]:
    """Count copies in one transaction, at most MOST_SCANS; an answer to each, in that order.

    Raises CountRefused unless the count is open. For lists of unknown length there is ``add_list``.
    """
    return _write_scans(stocktaking, _cleaned(scans), user)[0]


def add_list(
    stocktaking: Stocktaking, scans: Sequence[NewScan], *, user: User | None
) -> Iterator[list[Answer]]:
    """Count a list of copies, step by step, an answer to each; a step is one transaction, as long as TARGET allows.

    Sizes follow what was measured, for loans and other counters wait while one writes. Raises CountRefused where the
    count is closed meanwhile; what was counted before stays.
    """
    scans, pace, start = _cleaned(scans), Pace(), 0
    while start < len(scans):
        step = scans[start : start + pace.size]
        answers, seconds = _write_scans(stocktaking, step, user)
        pace.note(seconds, len(step))
        start += len(step)
        yield answers


@dataclass(slots=True)
class Pace:
    """How many rows the next transaction takes: it shrinks at once, and grows slowly."""

    size: int = FIRST_SCANS
    longest: float = 0.0  # seconds of one transaction so far

    def note(self, seconds: float, rows: int) -> None:
        """Learn from a transaction that took so long for so many rows."""
        self.longest = max(self.longest, seconds)
        fitting = int(rows * TARGET / seconds) if seconds > 0 else MOST_SCANS
        self.size = max(FEWEST_SCANS, min(fitting, self.size * 3 // 2, MOST_SCANS))


def _cleaned(scans: Sequence[NewScan]) -> list[NewScan]:
    clean = rules.clean_barcode
    return [NewScan(scan.client_id, clean(scan.barcode), clean(scan.shelf)) for scan in scans]


def _write_scans(
    stocktaking: Stocktaking, scans: Sequence[NewScan], user: User | None
) -> tuple[list[Answer], float]:
    """The answers, and the seconds for which others had to wait; copies are looked up before."""
    codes = {scan.barcode for scan in scans if rules.is_barcode(scan.barcode)}
    items = find_items(codes, stocktaking=stocktaking)
    with transaction.atomic():
        started = perf_counter()
        count = _locked(stocktaking)
        sent_before = count.scans.filter(client_id__in=[scan.client_id for scan in scans])
        sent = {scan.client_id: scan for scan in sent_before}
        fresh = [scan for scan in scans if scan.client_id not in sent and rules.is_barcode(scan.barcode)]
        counted = _counted(count, items.values(), [scan.barcode for scan in fresh])
        new: list[Scan] = []
        answers = [_answer(scan, count, user, sent, items, counted, new) for scan in scans]
        Scan.objects.bulk_create(new)
    return answers, perf_counter() - started


def _answer(
    scan: NewScan, count: Stocktaking, user: User | None, sent: dict[UUID, Scan], items: Mapping[str, Item],
    counted: dict[int | str, Scan], new: list[Scan],
) -> Answer:  # fmt: skip
    """The answer to one scan; what it adds goes into ``new``, ``sent`` and ``counted``."""
    if row := sent.get(scan.client_id):
        return Answer(scan.client_id, row.barcode, row.verdict, row.title)
    if not rules.is_barcode(scan.barcode):
        return Answer(scan.client_id, scan.barcode[:HEADING_LENGTH], REFUSED, is_new=False)
    item = items.get(scan.barcode)
    known_as = own_barcode(item) if item else scan.barcode
    row = (counted.get(item.pk) if item else None) or counted.get(known_as)
    if row:
        return Answer(scan.client_id, row.barcode, row.verdict, row.title, is_new=False)
    row = Scan(
        stocktaking=count, client_id=scan.client_id, item=item, by=user, shelf=scan.shelf[:100].strip(),
        barcode=known_as, verdict=rules.verdict(count, item),
        title=item.record.title[:HEADING_LENGTH] if item else "",
    )  # fmt: skip
    new.append(row)
    sent[scan.client_id] = counted[known_as] = row
    return Answer(scan.client_id, row.barcode, row.verdict, row.title, place=_place(count, item))


def _place(count: Stocktaking, item: Item | None) -> str:
    """Where a copy belongs that was found elsewhere."""
    if item is None or item.branch_id == count.branch_id:
        return "" if item is None else " · ".join(part for part in (item.call_number, item.shelf) if part)
    return str(item.branch)


def own_barcode(item: Item) -> str:
    """By what a scan is known: the copy's barcode, or its accession number where it has none."""
    return item.barcode or item.accession_number[: Scan._meta.get_field("barcode").max_length]


# What verdict and answer need of a copy; a whole record is twenty times as much.
_OF_COPIES = (
    "barcode", "accession_number", "branch", "store", "shelf", "shelf_key", "status", "call_number",
    "record__title", "branch__name", "branch__code",
)  # fmt: skip


def find_items(codes: Iterable[str], *, stocktaking: Stocktaking) -> dict[str, Item]:
    """Copies by what was scanned: their barcodes; else, in the branch, accession numbers of copies without one."""
    wanted = set(codes)
    items = Item.objects.select_related("record", "branch").only(*_OF_COPIES)
    found = {item.barcode or "": item for item in items.filter(barcode__in=wanted)}
    left = wanted - found.keys()
    if left:
        known: dict[str, list[Item]] = {}
        unlabelled = items.filter(accession_number__in=left, barcode=None, branch=stocktaking.branch_id)
        for item in unlabelled.order_by("pk")[: 2 * MOST_SCANS]:
            known.setdefault(item.accession_number, []).append(item)
        found |= {number: same[0] for number, same in known.items() if len(same) == 1}
    return found


def _counted(count: Stocktaking, items: Iterable[Item], barcodes: Iterable[str]) -> dict[int | str, Scan]:
    """What these scans would count twice, by the key of the copy and by the barcode."""
    rows = count.scans.filter(undone=False)
    copies = list(items)
    codes = {*barcodes, *(own_barcode(item) for item in copies)}
    known: dict[int | str, Scan] = {row.barcode: row for row in rows.filter(barcode__in=codes)}
    for row in rows.filter(item__in=[item.pk for item in copies]):
        known[row.item_id or row.barcode] = row
    return known


@transaction.atomic
def undo_scan(stocktaking: Stocktaking, *, user: User, client_id: UUID | None = None) -> Scan | None:
    """Take back one of the person's own scans, by default the last; None where there is none."""
    count = _locked(stocktaking)
    rows = count.scans.filter(undone=False, by=user)
    row = rows.filter(client_id=client_id).first() if client_id else rows.order_by("-pk").first()
    if row:
        row.undone = True
        row.save(update_fields=["undone"])
    return row


def note_scan(scan: Scan, note: str) -> None:
    """Keep what staff say of something found that is not in the register."""
    scan.note = rules.clean_barcode(note)[:HEADING_LENGTH]
    scan.save(update_fields=["note"])


def note_moved(item_ids: Sequence[int]) -> None:
    """Copies went out, came back or arrived: counts of their stores do not take them for missing.

    Called in the transaction of whoever changes where copies are. One query where nothing is being counted.
    """
    going_on = list(
        Stocktaking.objects.filter(state__in=Stocktaking.UNFINISHED).values_list("pk", "branch_id", "store")
    )
    if not going_on:
        return
    theirs = Q()
    for _pk, branch, store in going_on:
        theirs |= Q(branch_id=branch, store=store)
    items = Item.objects.filter(theirs, pk__in=item_ids).values_list("pk", "branch_id", "store")
    MovedItem.objects.bulk_create(
        [
            MovedItem(stocktaking_id=count, item_id=pk)
            for pk, branch, store in items
            for count, *of_count in going_on
            if of_count == [branch, store]
        ],
        ignore_conflicts=True,
    )


def _locked(stocktaking: Stocktaking) -> Stocktaking:
    """The count, held until the transaction ends, so that it is not closed between looking and writing."""
    count = Stocktaking.objects.select_for_update().get(pk=stocktaking.pk)
    if not count.is_open:
        raise CountRefused(_("This count is closed: nothing more is counted."))
    return count
