"""Writes of weeding lists: drawing up, proposing, deciding, writing off. Copies are never deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages.items.services import change_status
from catalog_pages.models import Item, WeedingEntry, WeedingList
from catalog_pages.models.records import HEADING_LENGTH
from catalog_pages.stocktaking import rules as counting
from catalog_pages.weeding import rules
from library.models import User
from library.progress_report import report_progress

State = WeedingList.State
MOST_ENTRIES = 2000  # of one list
AT_ONCE = 100  # changed in one transaction


class WeedingRefused(ValueError):
    """What was asked cannot be done; the words are for staff."""


def create_list(
    *, user: User, branch: Any, name: str, commission: Sequence[Mapping[str, str]]
) -> WeedingList:
    """Begin a list. Raises WeedingRefused for a commission of fewer than three."""
    try:
        counting.check_commission(commission)
    except counting.TooFew as error:
        raise WeedingRefused(_("The commission needs at least three people (A27).")) from error
    return WeedingList.objects.create(branch=branch, name=name, commission=list(commission), created_by=user)


@transaction.atomic
def add_items(
    weeding_list: WeedingList,
    items: Sequence[Item],
    *,
    reason: str,
    note: str = "",
    price: Decimal | None = None,
) -> int:
    """Put copies, with their records loaded, on a draft; how many are new on it.

    ``price`` is the value where it is not the copy's own. Raises WeedingRefused, and adds none, where a copy is of
    another library, may not be weeded, or stands on another undecided list.
    """
    _locked(weeding_list, State.DRAFT)
    there = set(weeding_list.entries.filter(item__in=items).values_list("item_id", flat=True))
    new = [item for item in items if item.pk not in there]
    _check(weeding_list, new)
    try:
        with transaction.atomic():
            WeedingEntry.objects.bulk_create(_entry(weeding_list, item, reason, note, price) for item in new)
    except IntegrityError as error:
        raise WeedingRefused(_("A copy has just been put on another list.")) from error
    return len(new)


def _check(weeding_list: WeedingList, items: Sequence[Item]) -> None:
    obstacles = [
        _("%(item)s belongs to another library.") % {"item": item}
        for item in items
        if item.branch_id != weeding_list.branch_id
    ]
    obstacles += filter(None, map(rules.obstacle, items))
    elsewhere = WeedingEntry.objects.filter(item__in=items, is_pending=True).select_related("weeding_list")
    obstacles += [
        _("%(item)s stands on the list “%(list)s”.")
        % {"item": entry.barcode or entry.title, "list": entry.weeding_list}
        for entry in elsewhere[:AT_ONCE]
    ]
    if obstacles:
        raise WeedingRefused(rules.together(obstacles))
    if weeding_list.entries.count() + len(items) > MOST_ENTRIES:
        raise WeedingRefused(
            _("A list may have %(count)s copies. Begin another one.") % {"count": MOST_ENTRIES}
        )


def _entry(
    weeding_list: WeedingList, item: Item, reason: str, note: str, price: Decimal | None
) -> WeedingEntry:
    columns = WeedingEntry.columns_of(item)
    if price is not None:
        columns["price"] = price
    return WeedingEntry(
        weeding_list=weeding_list, item=item, reason=reason, note=note[:HEADING_LENGTH], **columns
    )


@transaction.atomic
def remove_entries(weeding_list: WeedingList, entry_ids: Sequence[int]) -> int:
    """Take copies off a draft; how many there were."""
    _locked(weeding_list, State.DRAFT)
    return weeding_list.entries.filter(pk__in=entry_ids).delete()[0]


@transaction.atomic
def propose(weeding_list: WeedingList, *, user: User) -> None:
    """The draft goes to whoever decides. Raises WeedingRefused for an empty list and for copies that may not go."""
    _locked(weeding_list, State.DRAFT)
    if not weeding_list.entries.exists():
        raise WeedingRefused(_("There is no copy on this list."))
    _check_copies(weeding_list)
    _move(weeding_list, State.PROPOSED, proposed_by=user, proposed_at=timezone.now())


@transaction.atomic
def take_back(weeding_list: WeedingList) -> None:
    """A proposal that nobody has decided becomes a draft again."""
    _locked(weeding_list, State.PROPOSED)
    _move(weeding_list, State.DRAFT, proposed_by=None, proposed_at=None)


@transaction.atomic
def approve(weeding_list: WeedingList, *, user: User, note: str = "") -> None:
    """Accept a proposal of somebody else's. Raises WeedingRefused where a copy may not be weeded (any longer)."""
    _check_decider(weeding_list, user)
    _check_copies(weeding_list)
    _move(weeding_list, State.APPROVED, decided_by=user, decided_at=timezone.now(), decision_note=note)


@transaction.atomic
def refuse(weeding_list: WeedingList, *, user: User, note: str) -> None:
    """Refuse a proposal of somebody else's, with the reason; its copies may stand on another list."""
    if not note.strip():
        raise WeedingRefused(_("Say why the proposal is refused."))
    _check_decider(weeding_list, user)
    _move(weeding_list, State.REFUSED, decided_by=user, decided_at=timezone.now(), decision_note=note.strip())
    weeding_list.entries.update(is_pending=False)


def write_off(weeding_list: WeedingList) -> None:
    """Have the worker take the copies of an approved list out of the register; or finish what it left."""
    with transaction.atomic():
        row = WeedingList.objects.select_for_update().get(pk=weeding_list.pk)
        if row.state not in (State.APPROVED, State.WRITING_OFF):
            raise WeedingRefused(_("This cannot be done now: the list has gone on meanwhile."))
        _move(weeding_list, State.WRITING_OFF)
    write_off_later.enqueue(weeding_list.pk)


@task()
def write_off_later(pk: int) -> None:
    withdraw(WeedingList.objects.get(pk=pk))


def withdraw(weeding_list: WeedingList) -> None:
    """Withdraw the copies of a list, some hundred in a transaction; stopped and begun again, it goes on.

    What was lent or declared legal deposit since the approval stays, with the reason in the list.
    """
    if weeding_list.state != State.WRITING_OFF:
        return
    with report_progress(
        _("Weeding: %(list)s") % {"list": weeding_list}, weeding_list.entries.count()
    ) as report:
        for entries in _walk(weeding_list.entries.filter(is_pending=True)):
            _withdraw(weeding_list, entries)
            report.advance(len(entries))
    _move(weeding_list, State.WRITTEN_OFF, written_off_at=timezone.now())


@transaction.atomic
def _withdraw(weeding_list: WeedingList, entries: Sequence[WeedingEntry]) -> None:
    items = Item.objects.select_for_update().in_bulk([entry.item_id for entry in entries if entry.item_id])
    now, going = timezone.now(), []
    for entry in entries:
        item = items.get(entry.item_id or 0)
        entry.is_pending = False
        entry.obstacle = (rules.obstacle(item) if item else _("The copy is no longer in the catalogue."))[
            :HEADING_LENGTH
        ]
        if item and not entry.obstacle:
            entry.written_off_at = now
            going.append(item.pk)
    change_status(
        going, Item.Status.WITHDRAWN, user=weeding_list.decided_by,
        reason=_("Weeding: %(list)s") % {"list": weeding_list},
    )  # fmt: skip
    WeedingEntry.objects.bulk_update(entries, ["is_pending", "obstacle", "written_off_at"])


def _check_decider(weeding_list: WeedingList, user: User) -> None:
    row = _locked(weeding_list, State.PROPOSED)
    if row.proposed_by_id == user.pk:
        raise WeedingRefused(_("Who proposed a list does not decide on it. Somebody else must."))


def _check_copies(weeding_list: WeedingList) -> None:
    obstacles = []
    for entries in _walk(weeding_list.entries.select_related("item")):
        obstacles += [found for entry in entries if entry.item and (found := rules.obstacle(entry.item))]
    if obstacles:
        raise WeedingRefused(rules.together(obstacles))


def _locked(weeding_list: WeedingList, state: str) -> WeedingList:
    row = WeedingList.objects.select_for_update().get(pk=weeding_list.pk)
    if row.state != state:
        raise WeedingRefused(_("This cannot be done now: the list has gone on meanwhile."))
    return row


def _move(weeding_list: WeedingList, state: str, **fields: Any) -> None:
    for name, value in {"state": state, **fields}.items():
        setattr(weeding_list, name, value)
    weeding_list.save(update_fields=["state", *fields])


def _walk(entries: QuerySet[WeedingEntry]) -> Iterator[list[WeedingEntry]]:
    last = 0
    while part := list(entries.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield part
        last = part[-1].pk
