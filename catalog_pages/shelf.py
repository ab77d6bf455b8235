"""Where a record stands: its copies library by library, and its neighbours on the shelf."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog_pages.classes import main_class
from catalog_pages.keyset import Part, Place, Walk, Wanted, beginnings
from catalog_pages.models import Item, Record
from catalog_pages.shelf_order import ORDERS, SCHEME_SIGNS, first_signs
from library.calendar import DayHours, hours_today
from library.models import Branch

COPIES_SHOWN = 4  # of each library; a record may have thousands
NEIGHBOURS = 4
BOOKS_SHOWN = 24
BOOKS_BEFORE = 5  # of a record before which somebody stands
LONGEST_CLASS = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """The copies of a record in one library: the numbers, and the first few copies themselves."""

    branch: Branch
    hours: DayHours
    total: int
    available: int
    lent: int
    loanable: int
    copies: list[Item] = field(default_factory=list)

    @property
    def unseen(self) -> int:
        """Copies that are counted but not listed."""
        return self.total - len(self.copies)

    @property
    def is_reference(self) -> bool:
        return not self.loanable


@dataclass(frozen=True, slots=True)
class Holdings:
    """All copies of a record. The libraries where it stands now come first, those open now before the others."""

    branches: list[Holding]

    @property
    def total(self) -> int:
        return sum(holding.total for holding in self.branches)

    @property
    def available(self) -> int:
        return sum(holding.available for holding in self.branches)

    @property
    def loanable(self) -> int:
        return sum(holding.loanable for holding in self.branches)

    @property
    def with_copies(self) -> list[Holding]:
        """Libraries with a copy on the shelf."""
        return [holding for holding in self.branches if holding.available]

    @property
    def has_unseen(self) -> bool:
        return any(holding.unseen for holding in self.branches)

    @property
    def open_now(self) -> Holding | None:
        """The first library that is open and has a copy on the shelf."""
        return next((holding for holding in self.with_copies if holding.hours.is_open_now), None)

    @property
    def opens_next(self) -> Holding | None:
        """Where none is open: the library with a copy that opens soonest today."""
        waiting = [holding for holding in self.with_copies if holding.hours.opens_next]
        return min(waiting, key=lambda holding: holding.hours.opens_next, default=None)


def holdings(record: Record, *, copies: int = COPIES_SHOWN, at: datetime | None = None) -> Holdings:
    """The record's copies by library, in four queries however many copies there are."""
    held = Item.objects.filter(record=record).held()
    counts = held.order_by().values("branch_id").annotate(
        total=Count("pk"),
        available_now=Count("pk", filter=Q(available=True)),
        lent=Count("pk", filter=Q(status=Item.Status.ON_LOAN)),
        lendable=Count("pk", filter=Q(loanable=True) & ~Q(status=Item.Status.REFERENCE)),
    )  # fmt: skip
    rows = {row["branch_id"]: row for row in counts}
    branches = Branch.objects.in_bulk(rows)
    hours = hours_today(branches.values(), at)
    listed = _first_copies(held, copies)
    found = [
        Holding(
            branches[pk],
            hours[pk],
            row["total"],
            row["available_now"],
            row["lent"],
            row["lendable"],
            listed[pk],
        )
        for pk, row in rows.items()
    ]
    found.sort(key=lambda h: (not h.available, not h.hours.is_open_now, h.branch.position, h.branch.code))
    return Holdings(found)


def _first_copies(held: QuerySet, limit: int) -> dict[int, list[Item]]:
    rank = Window(
        RowNumber(),
        partition_by=F("branch_id"),
        order_by=[F("available").desc(), F("call_number").asc(), F("pk").asc()],
    )
    copies: dict[int, list[Item]] = defaultdict(list)
    for item in held.annotate(rank=rank).filter(rank__lte=limit).order_by("branch_id", "rank"):
        copies[item.branch_id].append(item)
    return copies


@dataclass(frozen=True, slots=True)
class MainClass:
    """One of the classes with which a scheme begins; ``colour`` is the main class whose colour and name it has."""

    number: str
    colour: int | None


def neighbours(record: Record, each: int = NEIGHBOURS) -> tuple[list[Record], list[Record]]:
    """The records before and after this one on the shelf of its scheme, nearest to it in the middle."""
    if not record.shelf_key:
        return [], []
    walk = _walk(scheme_of(record.shelf_key), None, Record.objects.all())
    here = walk.place(record)
    return list(walk.before(here)[:each])[::-1], list(walk.after(here)[:each])


def walk_shelf(scheme: str, wanted: Wanted, limit: int, branch: Branch | None = None) -> Part:
    """Records side by side in the order of the shelf: all of them, or those of which a library has a copy.

    Each has ``.availability``, counted in that library alone where one is given.
    """
    walk = _walk(scheme, branch)
    part = walk.part(wanted, limit)
    found = [walk.place(row).pk for row in part.rows]
    return Part(Record.objects.for_results(found, branch=branch), part.previous, part.next)


def scheme_of(shelf_key: str) -> str:
    """The scheme whose shelf a key belongs to."""
    return next((scheme for scheme, sign in SCHEME_SIGNS.items() if shelf_key.startswith(sign)), "")


def schemes_in_use() -> list[str]:
    """The schemes by which records are classed, the one with most main classes in use first."""
    classes = {scheme: main_classes(scheme) for scheme in ORDERS}
    return sorted((scheme for scheme in ORDERS if classes[scheme]), key=lambda scheme: -len(classes[scheme]))


def main_classes(scheme: str) -> list[MainClass]:
    """The classes with which the class numbers of the catalogue begin, in the order of the shelf."""
    sign = SCHEME_SIGNS[scheme]
    known = first_signs(scheme)
    letters = max(known, key=len)
    longer = (letters[:2], len(letters)) if len(letters) > 2 else ("", 0)
    found = beginnings(Record, "shelf_key", where={}, length=2, longer=longer)
    numbers = [known[start] for start in found if start[:1] == sign and start in known]
    return [MainClass(number, main_class(scheme, number)) for number in numbers]


def main_class_of(shelf_key: str) -> str:
    """The digit or letter of the main class in which a key stands."""
    known = first_signs(scheme_of(shelf_key))
    return next((sign for start, sign in known.items() if shelf_key.startswith(start)), "")


def choose_scheme(schemes: Sequence[str], wished: str, number: str, record: Record | None) -> str:
    """The scheme whose shelf to show: the one wished, the record's, the one a number looks like, or the first."""
    looks_like = "bbk" if re.match(r"[А-Я]", number) else ""
    wishes = [wished, scheme_of(record.shelf_key) if record else "", looks_like, *schemes[:1]]
    return next((wish for wish in wishes if wish in schemes), "")


def around(record: Record, branch: Branch | None = None) -> Wanted:
    """The part of the shelf on which a record stands, some others before it."""
    walk = _walk(scheme_of(record.shelf_key), branch)
    before = list(walk.before(Place(record.shelf_key, record.pk))[: BOOKS_BEFORE + 1])
    return Wanted(after=walk.place(before[-1])) if len(before) > BOOKS_BEFORE else Wanted()


def _walk(scheme: str, branch: Branch | None, records: QuerySet | None = None) -> Walk:
    """The shelf of a scheme in all libraries, or in one of them."""
    low = SCHEME_SIGNS[scheme]
    high = chr(ord(low) + 1)
    if branch is None:
        rows = Record.objects.only("pk", "shelf_key") if records is None else records
        return Walk(rows, "shelf_key", low=low, high=high)
    items = Item.objects.held().filter(branch=branch)
    rows = items.values_list("shelf_key", "record_id", named=True).distinct()
    return Walk(rows, "shelf_key", "record_id", low=low, high=high)
