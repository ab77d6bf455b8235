"""Finding copies: by scanned barcodes, by the beginning of a number, in long lists walked by place."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.models import Item

ROWS = 50
_IN_ONE_QUERY = 400
_LAST_LETTER = chr(0x10FFFF)

NUMBERS: dict[str, Promise] = {
    "barcode": _("Barcode"),
    "accession_number": _("Accession number"),
    "call_number": _("Call number"),
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """Copies in the order they were scanned, and the barcodes that no copy has."""

    items: list[Item]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class ItemsPart:
    """Some copies of a list, and the marks by which the parts before and behind are asked for."""

    items: list[Item]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class ItemQuestion:
    """What staff look for: copies whose number begins so, of a library, in a state, of a store."""

    text: str = ""
    number: str = ""  # one of NUMBERS; "": the first that has such copies
    branch: int | None = None
    status: str = ""
    store: str = ""
    record: int | None = None

    @property
    def column(self) -> str:
        """The number that is looked through: the one chosen, else the first one in which something is found."""
        if not self.text:
            return ""
        if self.number in NUMBERS:
            return self.number
        found = (column for column in NUMBERS if begins(Item.objects.all(), column, self.text)[:1])
        return next(found, "barcode")

    def rows(self, column: str) -> QuerySet[Item]:
        rows: QuerySet[Item] = Item.objects.all()
        if column:
            rows = begins(rows, column, self.text)
        wanted = {"branch": self.branch, "status": self.status, "store": self.store, "record": self.record}
        return rows.filter(**{name: value for name, value in wanted.items() if value})


def scanned(barcodes: Iterable[str]) -> Scanned:
    """The copies with these barcodes; each once, however often it was scanned."""
    wanted = list(dict.fromkeys(barcodes))
    found: dict[str, Item] = {}
    for start in range(0, len(wanted), _IN_ONE_QUERY):
        rows = Item.objects.filter(barcode__in=wanted[start : start + _IN_ONE_QUERY])
        found |= {item.barcode: item for item in rows.select_related("record", "branch") if item.barcode}
    return Scanned(
        [found[code] for code in wanted if code in found], [code for code in wanted if code not in found]
    )


def begins(rows: QuerySet[Item], column: str, text: str) -> QuerySet[Item]:
    """Rows whose column begins with a text, found in its index on both databases."""
    if connection.vendor == "postgresql":
        return rows.filter(**{f"{column}__startswith": text})
    return rows.filter(**{f"{column}__gte": text, f"{column}__lt": text + _LAST_LETTER})


def part_of(question: ItemQuestion, *, after: str = "", before: str = "", limit: int = ROWS) -> ItemsPart:
    """Some of the copies asked for, behind a mark or before one; the newest first where no number is typed."""
    column = question.column
    rows = question.rows(column).select_related("branch", "record")
    back, place = bool(before), _read(before or after)
    if place:
        rows = rows.filter(_beyond(column, place, back))
    found = list(rows.order_by(*_order(column, back))[: limit + 1])
    has_more = len(found) > limit
    found = found[:limit][::-1] if back else found[:limit]
    if not found:
        return ItemsPart([], "", "")
    marks = [_mark(column, found[0]), _mark(column, found[-1])]
    has_previous, has_next = (has_more, True) if back else (bool(place), has_more)
    return ItemsPart(found, marks[0] if has_previous else "", marks[1] if has_next else "")


def _order(column: str, back: bool) -> Sequence[str]:
    if not column:
        return ["pk"] if back else ["-pk"]
    return [f"-{column}", "-pk"] if back else [column, "pk"]


def _beyond(column: str, place: list[Any], back: bool) -> Q:
    if not column:
        return Q(pk__gt=place[1]) if back else Q(pk__lt=place[1])
    side = "lt" if back else "gt"
    behind = Q(**{f"{column}__{side}": place[0]})
    return behind | Q(**{column: place[0], f"pk__{side}": place[1]})


def _mark(column: str, item: Item) -> str:
    place = [getattr(item, column) if column else "", item.pk]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(mark: str) -> list[Any] | None:
    """The place that a mark names; None for whatever somebody typed into an address."""
    try:
        place = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error):
        return None
    is_place = isinstance(place, list) and [type(part) for part in place] == [str, int]
    return place if is_place and 0 <= place[1] < 2**63 and "\0" not in place[0] else None
