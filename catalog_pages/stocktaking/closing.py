"""The end of a count: lists and sums made in the background, and their approval. Every step can be repeated.

What was expected is worked out at the end, from the register as it is then; a copy that went out, came back or
arrived meanwhile has been noted (``services.note_moved``) and is nowhere called missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages.items.services import change_status
from catalog_pages.models import Item, MissingItem, MovedItem, Scan, Stocktaking
from catalog_pages.stocktaking import rules
from catalog_pages.stocktaking.services import CountRefused, find_items, own_barcode
from catalog_pages.stocktaking.tally import Tally
from library.models import User
from library.progress_report import report_progress

State = Stocktaking.State
ROWS = 500  # read at once
AT_ONCE = 100  # changed in one transaction
GONE = (Item.Status.LOST, Item.Status.WITHDRAWN)
TO_BE_FOUND = (*Item.ON_SHELF, Item.Status.MISSING)


def close(stocktaking: Stocktaking) -> None:
    """No more scans; the worker makes the lists. Raises CountRefused where the count is not open."""
    _step(stocktaking, State.OPEN, State.CLOSING)
    make_lists_later.enqueue(stocktaking.pk)


def reopen(stocktaking: Stocktaking) -> None:
    """Scanning goes on; the lists are made anew at the next closing."""
    _step(stocktaking, State.COUNTED, State.OPEN)


def cancel(stocktaking: Stocktaking) -> None:
    """Give the count up: its scans stay to be read, nothing is changed in the register."""
    changed = Stocktaking.objects.filter(pk=stocktaking.pk, state__in=[State.OPEN, State.COUNTED])
    if not changed.update(state=State.CANCELLED):
        raise CountRefused(_("This cannot be done now: the count has gone on meanwhile."))


def approve(stocktaking: Stocktaking, *, user: User) -> None:
    """Accept the lists: the worker writes them into the register. Raises CountRefused unless it is counted."""
    _step(stocktaking, State.COUNTED, State.APPROVING, approved_by=user, approved_at=timezone.now())
    write_register_later.enqueue(stocktaking.pk)


def try_again(stocktaking: Stocktaking) -> None:
    """Give the worker once more what it did not finish."""
    stocktaking.refresh_from_db(fields=["state"])
    if stocktaking.state == State.CLOSING:
        make_lists_later.enqueue(stocktaking.pk)
    elif stocktaking.state == State.APPROVING:
        write_register_later.enqueue(stocktaking.pk)


def _step(stocktaking: Stocktaking, before: str, after: str, **fields: Any) -> None:
    """From one state to the next, for one of those who try at the same moment."""
    with transaction.atomic():
        count = Stocktaking.objects.select_for_update().get(pk=stocktaking.pk)
        if count.state != before:
            raise CountRefused(_("This cannot be done now: the count has gone on meanwhile."))
        Stocktaking.objects.filter(pk=count.pk).update(state=after, **fields)
    stocktaking.refresh_from_db()


@task()
def make_lists_later(pk: int) -> None:
    make_lists(Stocktaking.objects.get(pk=pk))


@task()
def write_register_later(pk: int) -> None:
    write_register(Stocktaking.objects.get(pk=pk))


def make_lists(stocktaking: Stocktaking) -> None:
    """Work out what is missing, in steps of a few hundred copies; the sums of the minutes come with it."""
    if stocktaking.state != State.CLOSING:
        return
    _forget_lists(stocktaking)
    _settle_unknown(stocktaking)
    item_ids = _register(stocktaking)
    tally = Tally()
    with report_progress(_("Stocktaking: %(count)s") % {"count": stocktaking}, len(item_ids)) as report:
        for chunk in _chunks(item_ids, ROWS):
            _compare(stocktaking, chunk, tally)
            report.advance(len(chunk))
    tally.scans = scan_counts(stocktaking)
    done = Stocktaking.objects.filter(pk=stocktaking.pk, state=State.CLOSING)
    done.update(state=State.COUNTED, closed_at=timezone.now(), totals=tally.as_json())
    stocktaking.refresh_from_db()


def _register(stocktaking: Stocktaking) -> list[int]:
    """The keys of all copies that the count takes in and the library still owns, in order."""
    items = Item.objects.filter(branch=stocktaking.branch_id, store=stocktaking.store).exclude(
        status__in=GONE
    )
    if stocktaking.shelf:
        items = items.filter(shelf=stocktaking.shelf)
    if stocktaking.key_from:
        items = items.filter(shelf_key__gte=stocktaking.key_from, shelf_key__lt=stocktaking.key_to)
    return sorted(items.order_by().values_list("pk", flat=True).iterator(chunk_size=20_000))


def _compare(stocktaking: Stocktaking, item_ids: Sequence[int], tally: Tally) -> None:
    items = list(
        Item.objects.filter(pk__in=item_ids)
        .select_related("record")
        .only(
            "barcode", "accession_number", "call_number", "price", "status", "shelf_key",
            "record__title", "record__authors", "record__year", "record__material", "record__class_scheme",
            "record__class_number",
        )
    )  # fmt: skip
    found = set(_seen(stocktaking, item_ids))
    moved = set(stocktaking.moved.filter(item_id__in=item_ids).values_list("item_id", flat=True))
    missing = []
    for item in items:
        if item.pk in found:
            outcome = "counted"
        elif item.pk > stocktaking.last_item:
            continue  # came after the count was opened
        elif item.status not in TO_BE_FOUND:
            outcome = "away"
        elif item.pk in moved:
            outcome = "moved"
        else:
            outcome = "missing"
            missing.append(item)
        tally.add(item, outcome)
    MissingItem.objects.bulk_create(
        [
            MissingItem(
                stocktaking=stocktaking, item=item, shelf_key=item.shelf_key, **MissingItem.columns_of(item)
            )
            for item in missing
        ],
        ignore_conflicts=True,
    )


def _seen(stocktaking: Stocktaking, item_ids: Sequence[int]) -> QuerySet[Scan, int]:
    """Copies scanned in this count, or since it was opened in that of another place."""
    here = Q(stocktaking=stocktaking) | Q(at__gte=stocktaking.opened_at)
    return Scan.objects.filter(here, item_id__in=item_ids, undone=False).values_list("item_id", flat=True)


def _forget_lists(stocktaking: Stocktaking) -> None:
    while keys := list(stocktaking.missing.values_list("pk", flat=True)[:ROWS]):
        MissingItem.objects.filter(pk__in=keys).delete()


def _settle_unknown(stocktaking: Stocktaking) -> None:
    """What was scanned before it came into the register is known now."""
    unknown = list(stocktaking.scans.filter(undone=False, verdict=Scan.Verdict.UNKNOWN))
    for chunk in _chunks(unknown, AT_ONCE):
        items = find_items({scan.barcode for scan in chunk}, stocktaking=stocktaking)
        counted = set(
            stocktaking.scans.filter(undone=False, item__in=list(items.values())).values_list(
                "item_id", flat=True
            )
        )
        for scan in chunk:
            item = items.get(scan.barcode)
            if item is None or item.pk in counted:
                continue
            counted.add(item.pk)
            scan.item, scan.verdict, scan.barcode = item, rules.verdict(stocktaking, item), own_barcode(item)
            scan.title = item.record.title[:255]
            scan.save(update_fields=["item", "verdict", "barcode", "title"])


def scan_counts(stocktaking: Stocktaking) -> dict[str, int]:
    """How many scans there are of each verdict."""
    rows = stocktaking.scans.filter(undone=False).order_by().values_list("verdict").annotate(n=Count("pk"))
    return dict(rows)


def write_register(stocktaking: Stocktaking) -> None:
    """Missing copies get that status, copies found again the one they had; each step one short transaction."""
    if stocktaking.state != State.APPROVING:
        return
    total = stocktaking.missing.count()
    with report_progress(_("Stocktaking: %(count)s") % {"count": stocktaking}, total) as report:
        for rows in _walk(stocktaking.missing.filter(found_at=None, item__isnull=False)):
            _mark_missing(stocktaking, rows)
            report.advance(len(rows))
        found = stocktaking.scans.filter(undone=False, item__status=Item.Status.MISSING)
        for scans in _walk(found):
            put_back(
                [scan.item_id for scan in scans if scan.item_id],
                user=stocktaking.approved_by,
                at=stocktaking.approved_at,
            )
    Stocktaking.objects.filter(pk=stocktaking.pk, state=State.APPROVING).update(state=State.APPROVED)
    stocktaking.refresh_from_db()


@transaction.atomic
def _mark_missing(stocktaking: Stocktaking, rows: Sequence[MissingItem]) -> None:
    keys = [row.item_id for row in rows if row.item_id]
    # Lent, returned or scanned since the lists were made: it is there after all.
    there = {*_seen(stocktaking, keys)}
    there |= {
        *MovedItem.objects.filter(stocktaking=stocktaking, item__in=keys).values_list("item_id", flat=True)
    }
    items = Item.objects.filter(pk__in=[key for key in keys if key not in there], status__in=Item.ON_SHELF)
    MissingItem.objects.filter(stocktaking=stocktaking, item__in=there).update(found_at=timezone.now())
    change_status(
        list(items.values_list("pk", flat=True)), Item.Status.MISSING,
        user=stocktaking.approved_by, reason=_("Stocktaking: %(count)s") % {"count": stocktaking},
    )  # fmt: skip


@transaction.atomic
def put_back(item_ids: Sequence[int], *, user: User | None, at: Any = None) -> int:
    """Missing copies were found: they get back the status they had before; how many there were."""
    missing = set(
        Item.objects.filter(pk__in=item_ids, status=Item.Status.MISSING).values_list("pk", flat=True)
    )
    rows = MissingItem.objects.filter(item__in=missing)
    in_house = missing & set(
        rows.filter(status_before=Item.Status.REFERENCE).values_list("item_id", flat=True)
    )
    for keys, status in ((in_house, Item.Status.REFERENCE), (missing - in_house, Item.Status.AVAILABLE)):
        if keys:
            change_status(sorted(keys), status, user=user, reason=_("Found again"))
    MissingItem.objects.filter(item__in=missing, found_at=None).update(found_at=at or timezone.now())
    return len(missing)


@transaction.atomic
def found_again(row: MissingItem, *, user: User) -> None:
    """One copy of the list of missing ones is there; after the approval it gets back the status it had."""
    if row.item_id:
        put_back([row.item_id], user=user)
    MissingItem.objects.filter(pk=row.pk, found_at=None).update(found_at=timezone.now())


def _chunks(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _walk(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """All rows in steps by their keys; what a step changes does not move the next."""
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield part
        last = part[-1].pk
