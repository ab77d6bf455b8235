"""Writes of copies: status, history, adding, changing. Each tells the search and keeps what follows right.

``user`` is the member of staff who does it; None is the portal itself. Rights are checked by whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.models import Item, ItemEvent
from catalog_pages.services import tell_changed
from library.models import User

# So many copies are written in one transaction: well below 200 ms.
AT_ONCE = 200


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


def refuse_legal_deposit(items: Iterable[Item]) -> None:
    """Raise ItemRefused where a copy is of the legal deposit: it is never weeded (A27)."""
    for item in items:
        if item.is_legal_deposit:
            message = _("%(item)s is a legal-deposit copy: it is never weeded (A27).")
            raise ItemRefused(message % {"item": item}, item)


def note(kind: str, data: Mapping[int, Mapping[str, Any]], user: User | None) -> None:
    """Write one line into the history of each copy, by primary key; inside the caller's transaction."""
    now = timezone.now()
    ItemEvent.objects.bulk_create(
        ItemEvent(item_id=pk, kind=kind, at=now, by=user, data=_without_empty(values))
        for pk, values in data.items()
    )


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
