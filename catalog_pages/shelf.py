"""Where a record stands: its copies library by library, and its neighbours on the shelf."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog_pages.models import Item, Record
from library.calendar import DayHours, hours_today
from library.models import Branch

COPIES_SHOWN = 4  # of each library; a record may have thousands
NEIGHBOURS = 4


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


def neighbours(record: Record, each: int = NEIGHBOURS) -> tuple[list[Record], list[Record]]:
    """The records before and after this one in the order of class numbers, nearest to it in the middle."""
    if not record.class_number:
        return [], []
    same = Record.objects.filter(class_scheme=record.class_scheme, class_number=record.class_number)
    scheme = Record.objects.filter(class_scheme=record.class_scheme)
    before = _take(
        each,
        same.filter(pk__lt=record.pk).order_by("-pk"),
        scheme.filter(class_number__lt=record.class_number).order_by("-class_number", "-pk"),
    )
    after = _take(
        each,
        same.filter(pk__gt=record.pk).order_by("pk"),
        scheme.filter(class_number__gt=record.class_number).order_by("class_number", "pk"),
    )
    return before[::-1], after


def _take(limit: int, *querysets: Iterable) -> list[Record]:
    """The first records of each in turn until there are enough."""
    taken: list[Record] = []
    for queryset in querysets:
        if len(taken) < limit:
            taken += queryset.exclude(class_number="")[: limit - len(taken)]
    return taken
