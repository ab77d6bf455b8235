"""Writes of copies: status, history, adding, changing. Each tells the search and keeps what follows right.

``user`` is the member of staff who does it; None is the portal itself. Rights are checked by whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.call_numbers import call_number_of_copy, proposed_call_number
from catalog_pages.items import numbers
from catalog_pages.models import Accession, Item, ItemEvent, NumberSeries, Record
from catalog_pages.services import follow_loan_class, new_item, place_items, tell_changed
from catalog_pages.stocktaking.services import note_moved
from library.deletion import obstacles
from library.models import Branch, User

# So many copies are written in one transaction: well below 200 ms.
AT_ONCE = 200
MOST_COPIES = 100  # added by one form
# What the desk and the moves between libraries decide, not a form.
NOT_BY_HAND = (Item.Status.ON_LOAN, Item.Status.IN_TRANSIT)


class ItemRefused(ValueError):
    """What was asked of a copy cannot be done; the words are for staff."""

    def __init__(self, message: str, item: Item | None = None) -> None:
        super().__init__(message)
        self.item = item


def change_status(
    items: Iterable[Item | int], status: str, *, user: User | None, reason: str = ""
) -> list[int]:
    """Give copies (or their primary keys) a status; return the keys of those that had another one.

    Keeps ``available``, ``loanable`` and ``shelved_on`` right, writes the history and tells the search. Goes in
    transactions of at most 200 copies, or within the caller's. Raises ItemRefused for a copy of the legal deposit
    that is to be withdrawn (A27); the copies of the same transaction are then left as they were.
    """
    keys = [item if isinstance(item, int) else item.pk for item in items]
    changed: list[int] = []
    for start in range(0, len(keys), AT_ONCE):
        changed += _change_status(keys[start : start + AT_ONCE], status, user, reason)
    return changed


@transaction.atomic
def _change_status(keys: Sequence[int], status: str, user: User | None, reason: str) -> list[int]:
    rows = Item.objects.select_for_update().filter(pk__in=keys).exclude(status=status).order_by("pk")
    items = list(
        rows.only("pk", "record", "status", "is_legal_deposit", "loan_class", "barcode", "call_number")
    )
    if not items:
        return []
    if status == Item.Status.WITHDRAWN:
        refuse_legal_deposit(items)
    changed = Item.objects.filter(pk__in=[item.pk for item in items])
    changed.update(status=status, available=status in Item.ON_SHELF)
    _keep_loanable(items, status)
    if status in Item.ON_SHELF:
        changed.filter(shelved_on=None, arrived_on__isnull=False).update(shelved_on=timezone.localdate())
    note(
        ItemEvent.Kind.STATUS, {i.pk: {"from": i.status, "to": status, "reason": reason} for i in items}, user
    )
    tell_changed(sorted({item.record_id for item in items}))
    return [item.pk for item in items]


@transaction.atomic
def change_item(item: Item, changes: Mapping[str, Any], *, user: User | None) -> Item:
    """Give a copy new values, by column, with its history; what follows from them is kept right.

    Raises ItemRefused where the barcode belongs to another copy, where a copy of the legal deposit is to be withdrawn
    (A27), or where the status is one that only the desk and the moves give.
    """
    row = Item.objects.select_for_update(of=("self",)).select_related("branch", "accession").get(pk=item.pk)
    before = {name: _shown(row, name) for name in changes}
    old_status = row.status
    for name, value in changes.items():
        setattr(row, name, value)
    row.barcode = row.barcode or None
    if row.status != old_status:
        _check_by_hand(row, old_status)
        row.available = row.status in Item.ON_SHELF
        if row.available and row.arrived_on and not row.shelved_on and "shelved_on" not in changes:
            changes = {**changes, "shelved_on": timezone.localdate()}
            before["shelved_on"], row.shelved_on = None, timezone.localdate()
    if {"status", "loan_class", "is_legal_deposit"} & changes.keys():
        follow_loan_class(row)
    _save(row)
    differences = {
        name: [before[name], after] for name in changes if (after := _shown(row, name)) != before[name]
    }
    if status := differences.pop("status", None):
        note(ItemEvent.Kind.STATUS, {row.pk: {"from": status[0], "to": status[1]}}, user)
    if differences:
        note(ItemEvent.Kind.CHANGED, {row.pk: {"fields": differences}}, user)
    tell_changed([row.record_id])
    return row


def _check_by_hand(row: Item, old_status: str) -> None:
    if row.status in NOT_BY_HAND or old_status in NOT_BY_HAND:
        raise ItemRefused(
            _("The status is that of a loan or of a move; it changes at the desk, or when the copy arrives."),
            row,
        )
    if row.status == Item.Status.WITHDRAWN:
        refuse_legal_deposit([row])


def _save(row: Item) -> None:
    known = (
        Item.objects.filter(barcode=row.barcode).exclude(pk=row.pk) if row.barcode else Item.objects.none()
    )
    if first := known.select_related("record", "branch").first():
        raise ItemRefused(taken_barcode(first), first)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ItemRefused(_("This barcode has just been given to another copy."), row) from error


@transaction.atomic
def add_copies(
    record: Record,
    *,
    branch: Branch,
    how_many: int,
    user: User | None,
    barcodes: Sequence[str] = (),
    accession_numbers: Sequence[str] = (),
    accession: Accession | None = None,
    **fields: Any,
) -> list[Item]:
    """Add copies of a record. Barcodes and accession numbers that are not given are the next free ones.

    An empty text among ``barcodes`` is a copy without one. Without a call number it is that of the library's rule, of
    the legal deposit the accession number (A25). Raises ItemRefused where a barcode is taken.
    """
    store = fields.get("store", Item.Store.LIBRARY)
    codes = list(barcodes) or numbers.take(
        NumberSeries.Kind.BARCODE, branch=branch, store=store, how_many=how_many
    )
    given = list(accession_numbers) or numbers.take(
        NumberSeries.Kind.ITEM, branch=branch, store=store, how_many=how_many
    )
    items = [
        new_item(
            record=record, branch=branch, accession=accession, barcode=code, accession_number=number, **fields
        )
        for code, number in zip(codes, given, strict=True)
    ]
    if not fields.get("call_number"):
        proposed = proposed_call_number(record, branch.pk)
        for item in items:
            item.call_number = call_number_of_copy(item, proposed)
    _insert(items)
    numbers.note_used(given, kind=NumberSeries.Kind.ITEM, branch=branch, store=store)
    numbers.note_used(codes, kind=NumberSeries.Kind.BARCODE, branch=branch, store=store)
    place_items([record.pk])
    note(ItemEvent.Kind.ADDED, {item.pk: {"price": _plain(item.price)} for item in items}, user)
    tell_changed([record.pk])
    return items


@transaction.atomic
def remove_item(item: Item) -> None:
    """Delete a copy that was added by mistake. Raises ItemRefused for one with a life of its own: it is withdrawn.

    That is: one with an entry in the register, one that was moved, lent, counted or bound, or the legal deposit.
    """
    row = Item.objects.select_for_update().get(pk=item.pk)
    began = (ItemEvent.Kind.ADDED, ItemEvent.Kind.CHANGED)
    has_history = row.events.exclude(kind__in=began).exists() or not row.events.filter(kind=began[0]).exists()
    if has_history or row.accession_id or row.is_legal_deposit or obstacles(row):
        raise ItemRefused(
            _("Only a copy that was added by mistake is deleted. Withdraw this one: its history stays."), row
        )
    tell_changed([row.record_id])
    row.delete()


def put_on_shelf(items: Iterable[Item], *, user: User | None, day: date | None = None) -> list[int]:
    """Copies that were prepared now stand on the shelf (A23); return the keys of those that did not before."""
    keys = [item.pk for item in items]
    day = day or timezone.localdate()
    moved: list[int] = []
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            some = Item.objects.filter(pk__in=keys[start : start + AT_ONCE])
            waiting = list(some.filter(shelved_on=None).values_list("pk", flat=True))
            some.filter(pk__in=waiting).update(shelved_on=day)
            noted = {"fields": {"shelved_on": [None, _plain(day)]}}
            note(ItemEvent.Kind.CHANGED, dict.fromkeys(waiting, noted), user)
            prepared = list(some.filter(status=Item.Status.PROCESSING).values_list("pk", flat=True))
            _change_status(prepared, Item.Status.AVAILABLE, user, "")
            moved += sorted({*waiting, *prepared})
    return moved


def _insert(items: Sequence[Item]) -> None:
    codes = [item.barcode for item in items if item.barcode]
    if len(set(codes)) < len(codes):
        raise ItemRefused(_("A barcode is there twice."))
    for known in Item.objects.filter(barcode__in=codes).select_related("record", "branch")[:1]:
        raise ItemRefused(taken_barcode(known), known)
    try:
        with transaction.atomic():
            Item.objects.bulk_create(items)
    except IntegrityError as error:
        raise ItemRefused(_("This barcode has just been given to another copy.")) from error


def taken_barcode(known: Item) -> str:
    """What to say of a barcode that a copy has already."""
    return _("The barcode %(barcode)s belongs to “%(title)s” (%(library)s).") % {
        "barcode": known.barcode, "title": known.record.title, "library": known.branch,
    }  # fmt: skip


def _shown(item: Item, name: str) -> Any:
    """A value as the history keeps it: a library by its code, an accession by its number, the rest plain."""
    value = getattr(item, name)
    if isinstance(value, Branch):
        return value.code
    return value.number if isinstance(value, Accession) else _plain(value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (Decimal, date)) else value


def refuse_legal_deposit(items: Iterable[Item]) -> None:
    """Raise ItemRefused where a copy is of the legal deposit: it is never weeded (A27)."""
    for item in items:
        if item.is_legal_deposit:
            message = _("%(item)s is a legal-deposit copy: it is never weeded (A27).")
            raise ItemRefused(message % {"item": item}, item)


def note(kind: str, data: Mapping[int, Mapping[str, Any]], user: User | None) -> None:
    """Write one line into the history of each copy, by primary key; inside the caller's transaction.

    What shows that copies are there is told to the counts that go on.
    """
    now = timezone.now()
    ItemEvent.objects.bulk_create(
        ItemEvent(item_id=pk, kind=kind, at=now, by=user, data=_without_empty(values))
        for pk, values in data.items()
    )
    if moved := [pk for pk, values in data.items() if _is_a_move(kind, values)]:
        note_moved(moved)


def _is_a_move(kind: str, values: Mapping[str, Any]) -> bool:
    """Whether it shows that a copy is there, though perhaps nobody scans it at a count of its store."""
    if kind == ItemEvent.Kind.STATUS:
        return values.get("to") not in Item.GONE
    if kind == ItemEvent.Kind.CHANGED:
        return bool({"branch", "store", "shelf"} & values.get("fields", {}).keys())
    return kind in (ItemEvent.Kind.SENT, ItemEvent.Kind.RECEIVED, ItemEvent.Kind.CALLED_BACK)


def _keep_loanable(items: Sequence[Item], status: str) -> None:
    if status == Item.Status.REFERENCE:
        Item.objects.filter(pk__in=[item.pk for item in items]).update(loanable=False)
        return
    lent = [
        item.pk for item in items
        if item.status == Item.Status.REFERENCE and item.loan_class in Item.LENT and not item.is_legal_deposit
    ]  # fmt: skip
    Item.objects.filter(pk__in=lent).update(loanable=True)


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}
