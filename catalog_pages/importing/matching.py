"""Which of the records delivered are there already; some queries for a whole batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from catalog_pages import keys
from catalog_pages.importing.options import MatchRule
from catalog_pages.importing.preparing import Delivered
from catalog_pages.models import MergedRecord, Record

_KEYS_PER_QUERY = 400


@dataclass(frozen=True, slots=True)
class Ours:
    """A record that is there; ``edited`` where it was made or changed by hand.

    ``merged`` where what was delivered is a record that staff have merged into this one.
    """

    pk: int
    source: str
    control_number: str
    checksum: str
    edited: bool
    merged: bool = False


def known(batch: Sequence[Delivered], source: str, rule: str) -> list[Ours | None]:
    """For each record delivered, the one of ours it matches.

    Under any rule a control number belongs to one record of its source; where nothing is to match, the record with
    that number counts as the same only if it is the same byte for byte.
    """
    by_number = _by_number([delivered.control_number for delivered in batch], source)
    if rule == MatchRule.NONE:
        again = _by_number([delivered.renumbered() for delivered in batch], source)
        return [_same(delivered, by_number, again) for delivered in batch]
    if rule == MatchRule.NUMBER:
        return [by_number.get(delivered.control_number) for delivered in batch]
    wanted = [delivered.keys(rule) for delivered in batch]
    found = keys.find(key for several in wanted for key in several)
    by_pk = _by_pk(set(found.values()))
    return [
        next((by_pk.get(found[key]) for key in several if key in found), None)
        or by_number.get(delivered.control_number)
        for delivered, several in zip(batch, wanted, strict=True)
    ]


def _same(delivered: Delivered, by_number: dict[str, Ours], again: dict[str, Ours]) -> Ours | None:
    for ours in (by_number.get(delivered.control_number), again.get(delivered.renumbered())):
        if ours and ours.checksum == delivered.checksum:
            return ours
    if delivered.control_number in by_number:
        delivered.control_number = delivered.renumbered()
    return None


def _by_number(numbers: Sequence[str], source: str) -> dict[str, Ours]:
    found = {}
    for at in range(0, len(numbers), _KEYS_PER_QUERY):
        rows = Record.objects.filter(source=source, control_number__in=numbers[at : at + _KEYS_PER_QUERY])
        found.update({ours.control_number: ours for ours in _read(rows)})
    return found | _merged([number for number in numbers if number not in found], source)


def _merged(numbers: Sequence[str], source: str) -> dict[str, Ours]:
    """The records that those with these numbers were merged into."""
    kept: dict[str, int] = {}
    for at in range(0, len(numbers), _KEYS_PER_QUERY):
        rows = MergedRecord.objects.filter(
            source=source, control_number__in=numbers[at : at + _KEYS_PER_QUERY]
        )
        kept.update(rows.values_list("control_number", "kept_id"))
    by_pk = _by_pk(set(kept.values()))
    return {number: replace(by_pk[pk], merged=True) for number, pk in kept.items() if pk in by_pk}


def _by_pk(pks: set[int]) -> dict[int, Ours]:
    found, several = {}, sorted(pks)
    for at in range(0, len(several), _KEYS_PER_QUERY):
        rows = Record.objects.filter(pk__in=several[at : at + _KEYS_PER_QUERY])
        found.update({ours.pk: ours for ours in _read(rows)})
    return found


def _read(rows: QuerySet[Record]) -> Iterable[Ours]:
    for pk, source, number, checksum, edited in rows.order_by().values_list(
        "pk", "source", "control_number", "marc_source__checksum", "marc_source__edited"
    ):
        # Without MARC it never came out of a file.
        yield Ours(pk, source, number, checksum or "", checksum is None or edited)
