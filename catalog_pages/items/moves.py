"""Copies on their way from one library to another. Each call is one transaction of at most AT_ONCE copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.items.services import note
from catalog_pages.models import Item, ItemEvent, ItemMove
from catalog_pages.services import tell_changed
from library.models import Branch, User
from library.permissions import works_for

AT_ONCE = 100  # each copy gets values of its own, which takes longer than one value for all
MAY_BE_SENT = (*Item.ON_SHELF, Item.Status.PROCESSING, Item.Status.REPAIR)
_Outcome = ItemMove.Outcome


@dataclass(slots=True)
class Done:
    """What became of many copies: those for which it was done, and the others with the reason in words."""

    items: list[Item] = field(default_factory=list)
    refused: list[tuple[Item, str]] = field(default_factory=list)


def send(items: Sequence[Item], *, to: Branch, user: User) -> Done:
    """Send copies to a library; only from one's own libraries, and only what stands there."""
    return _in_parts(items, lambda keys: _send(keys, to, user))


def receive(items: Sequence[Item], *, user: User, at: Branch | None = None) -> Done:
    """Copies have arrived where they were sent; ``at`` says where they really came, if elsewhere."""
    return _in_parts(items, lambda keys: _end(keys, _Outcome.RECEIVED, user, at))


def lose(items: Sequence[Item], *, user: User) -> Done:
    """Copies were lost on the way."""
    return _in_parts(items, lambda keys: _end(keys, _Outcome.LOST, user, None))


def call_back(items: Sequence[Item], *, user: User) -> Done:
    """Copies were not sent after all: they stay where they were."""
    return _in_parts(items, lambda keys: _end(keys, _Outcome.CALLED_BACK, user, None))


def _in_parts(items: Sequence[Item], act: Callable[[list[int]], Done]) -> Done:
    whole = Done()
    keys = [item.pk for item in items]
    for start in range(0, len(keys), AT_ONCE):
        part = act(keys[start : start + AT_ONCE])
        whole.items += part.items
        whole.refused += part.refused
    return whole


@transaction.atomic
def _send(keys: list[int], to: Branch, user: User) -> Done:
    done = Done()
    for item in _locked(keys):
        if reason := _why_not_sent(item, to, user):
            done.refused.append((item, reason))
        else:
            done.items.append(item)
    # A copy that stands here again although nobody has received it: the desk or a count has found it.
    ItemMove.objects.filter(item__in=done.items, outcome="").update(
        outcome=_Outcome.RECEIVED, ended_at=timezone.now(), ended_by=user
    )
    ItemMove.objects.bulk_create(
        ItemMove(item=item, from_branch=item.branch, to_branch=to, status_before=item.status, sent_by=user)
        for item in done.items
    )
    _rows(done.items).update(status=Item.Status.IN_TRANSIT, available=False)
    _note(ItemEvent.Kind.SENT, done.items, user, lambda item: {"from": item.branch.code, "to": to.code})
    return done


def _why_not_sent(item: Item, to: Branch, user: User) -> str:
    if not works_for(user, item.branch):
        return _("belongs to %(library)s") % {"library": item.branch}
    if item.branch_id == to.pk:
        return _("is in this library already")
    return "" if item.status in MAY_BE_SENT else str(item.get_status_display())


@transaction.atomic
def _end(keys: list[int], outcome: str, user: User, at: Branch | None) -> Done:
    done = Done()
    moves = ItemMove.objects.select_for_update(of=("self",)).filter(item__in=keys, outcome="")
    open_moves = {move.item_id: move for move in moves.select_related("from_branch", "to_branch")}
    for item in _locked(keys):
        move = open_moves.get(item.pk)
        if reason := _why_not_ended(item, move, outcome, user, at):
            done.refused.append((item, reason))
        else:
            done.items.append(item)
    ended = [open_moves[item.pk] for item in done.items]
    ItemMove.objects.filter(pk__in=[move.pk for move in ended]).update(
        outcome=outcome, ended_at=timezone.now(), ended_by=user
    )
    for item in done.items:
        _land(item, open_moves[item.pk], outcome, at)
    Item.objects.bulk_update(done.items, ["branch", "status", "available", "shelf"])
    _note(_KINDS[outcome], done.items, user, lambda item: {"at": item.branch.code})
    return done


_KINDS: dict[str, str] = {
    _Outcome.RECEIVED: ItemEvent.Kind.RECEIVED,
    _Outcome.LOST: ItemEvent.Kind.LOST,
    _Outcome.CALLED_BACK: ItemEvent.Kind.CALLED_BACK,
}


def _why_not_ended(item: Item, move: ItemMove | None, outcome: str, user: User, at: Branch | None) -> str:
    if move is None:
        return _("is not on its way: %(status)s") % {"status": item.get_status_display()}
    if outcome == _Outcome.CALLED_BACK:
        branches = [move.from_branch]
    elif outcome == _Outcome.LOST:
        branches = [move.from_branch, move.to_branch]
    else:
        branches = [at or move.to_branch]
    if any(works_for(user, branch) for branch in branches):
        return ""
    return _("is on its way to %(library)s") % {"library": move.to_branch}


def _land(item: Item, move: ItemMove, outcome: str, at: Branch | None) -> None:
    """Where the copy is now, and in what state. What the desk has done with it meanwhile stays."""
    if outcome == _Outcome.LOST or item.status == Item.Status.IN_TRANSIT:
        item.status = Item.Status.LOST if outcome == _Outcome.LOST else move.status_before
        item.available = item.status in Item.ON_SHELF
    if outcome == _Outcome.RECEIVED:
        item.branch = at or move.to_branch
        item.shelf = ""


def _locked(keys: Iterable[int]) -> list[Item]:
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("branch").order_by("pk"))


def _rows(items: Sequence[Item]):  # type: ignore[no-untyped-def]
    return Item.objects.filter(pk__in=[item.pk for item in items])


def _note(kind: str, items: Sequence[Item], user: User, data: Callable[[Item], dict[str, str]]) -> None:
    note(kind, {item.pk: data(item) for item in items}, user)
    tell_changed(sorted({item.record_id for item in items}))
