"""Numbers given one after the other, without gaps: proposed before, taken in the transaction that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from catalog_pages.models import Accession, Item, NumberSeries
from library.models import Branch

LOOKED_AT = 200  # of the copies added last, to find where a library's own numbers have come to
_MOST_TAKEN = 10_000


def propose(kind: str, *, branch: Branch, store: str, how_many: int = 1) -> list[str]:
    """The next numbers that are free; they are not taken by being proposed."""
    return _free(_series(kind, branch, store), how_many)


@transaction.atomic
def take(kind: str, *, branch: Branch, store: str, how_many: int = 1) -> list[str]:
    """The next numbers, which nobody else gets; where the caller's transaction fails they are free again."""
    series = NumberSeries.objects.select_for_update().get(pk=_saved(kind, branch, store).pk)
    numbers = _free(series, how_many)
    note_used(numbers, kind=kind, branch=branch, store=store)
    return numbers


def note_used(numbers: Iterable[str], *, kind: str, branch: Branch, store: str) -> None:
    """Numbers that staff typed: a series goes on behind the highest of its own; inside a transaction."""
    series = _saved(kind, branch, store)
    values = [value for number in numbers if (value := series.value(number)) is not None]
    highest = max(values, default=0)
    # A number far away is a barcode of another maker or a slip, not where the series has come to.
    if highest > series.last and highest - series.last <= _MOST_TAKEN:
        NumberSeries.objects.filter(pk=series.pk, last__lt=highest).update(last=highest)


def taken(kind: str, numbers: Sequence[str], *, branch: Branch, store: str) -> set[str]:
    """Those of the numbers that another row has, as far as the series reaches: one library, or all."""
    series = _series(kind, branch, store)
    return _taken(series)(list(numbers))


def _series(kind: str, branch: Branch, store: str) -> NumberSeries:
    """The narrowest series there is; else one for all libraries, not yet saved, going on from the last numbers."""
    found = (
        NumberSeries.objects.filter(
            Q(branch=branch) | Q(branch=None), Q(store=store) | Q(store=""), kind=kind
        )
        .order_by(F("branch").asc(nulls_last=True), "-store")
        .first()
    )
    return found or _guessed(kind)


def _saved(kind: str, branch: Branch, store: str) -> NumberSeries:
    series = _series(kind, branch, store)
    if series.pk is None:
        series, _created = NumberSeries.objects.get_or_create(
            kind=kind, branch=None, store="", defaults={"digits": series.digits, "last": series.last,
                                                        "prefix": series.prefix},
        )  # fmt: skip
    return series


def _guessed(kind: str) -> NumberSeries:
    """Where no series was set up: behind the highest of the numbers given last, written as they are."""
    latest: Iterable[str | None]
    if kind == NumberSeries.Kind.ACCESSION:
        latest = Accession.objects.order_by("-pk").values_list("number", flat=True)[:LOOKED_AT]
    else:
        column = "barcode" if kind == NumberSeries.Kind.BARCODE else "accession_number"
        latest = Item.objects.order_by("-pk").values_list(column, flat=True)[:LOOKED_AT]
    known = [number for number in latest if number]
    prefix = _common_prefix(known)
    series = NumberSeries(kind=kind, prefix=prefix[:20])
    values = {value: number for number in known if (value := series.value(number)) is not None}
    if values:
        series.last = max(values)
        series.digits = len(values[series.last]) - len(series.prefix)
    return series


def _common_prefix(numbers: Sequence[str]) -> str:
    """The letters before the digits, where all the numbers begin with the same."""
    prefixes = {number.rstrip("0123456789") for number in numbers}
    return prefixes.pop() if len(prefixes) == 1 else ""


def _free(series: NumberSeries, how_many: int) -> list[str]:
    is_taken = _taken(series)
    free: list[str] = []
    last = series.last
    while len(free) < how_many:
        numbers = [series.number(value) for value in range(last + 1, last + how_many + 1)]
        used = is_taken(numbers)
        free += [number for number in numbers if number not in used]
        last += how_many
        if len(used) == how_many:
            last = _end_of_block(series, last, is_taken)
    return free[:how_many]


def _end_of_block(series: NumberSeries, last: int, is_taken: Callable[[Sequence[str]], set[str]]) -> int:
    """The last of many taken numbers in a row, found in few steps: an import may have brought half a million."""

    def taken_at(value: int) -> bool:
        return bool(is_taken([series.number(value)]))

    step = 1
    while taken_at(last + step):
        step *= 2
    low, high = last + step // 2, last + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if taken_at(middle) else (low, middle)
    return low


def _taken(series: NumberSeries) -> Callable[[Sequence[str]], set[str]]:
    rows: QuerySet[Any]
    if series.kind == NumberSeries.Kind.BARCODE:
        rows, column = Item.objects.all(), "barcode"
    elif series.kind == NumberSeries.Kind.ITEM:
        rows, column = Item.objects.all(), "accession_number"
    else:
        rows, column = Accession.objects.all(), "number"
    if series.kind != NumberSeries.Kind.BARCODE:
        rows = rows.filter(branch=series.branch) if series.branch_id else rows
        rows = rows.filter(store=series.store) if series.store else rows

    def is_taken(numbers: Sequence[str]) -> set[str]:
        found = rows.filter(**{f"{column}__in": numbers}).values_list(column, flat=True)
        return {number for number in found if number}

    return is_taken
