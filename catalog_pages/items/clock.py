"""The clock of A23: fifteen working days from arrival to the shelf, by the calendar of each library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, DateField, QuerySet, Value, When
from django.utils import timezone

from catalog_pages.models import Item
from library.calendar import calendars
from library.models import Branch
from library.opening import OpeningCalendar

WORKING_DAYS = 15
_LOOK_BACK = 200  # days; a library closed for longer has other worries
_FRIDAY = 4


def waiting() -> QuerySet[Item]:
    """Copies that have arrived and do not stand on the shelf yet."""
    return Item.objects.filter(arrived_on__isnull=False, shelved_on__isnull=True).exclude(
        status__in=Item.GONE
    )


def late(branches: Iterable[Branch] | None = None, *, today: date | None = None) -> QuerySet[Item]:
    """Those that have waited for more than fifteen working days of their library (default: of all libraries)."""
    days = _WorkingDays(list(branches) if branches is not None else None, today or timezone.localdate())
    by_limit: dict[date, list[int]] = defaultdict(list)
    for branch in days.branches:
        by_limit[days.limit(branch)].append(branch.pk)
    if not by_limit:
        return Item.objects.none()
    # One bound for all, and each library's own beside it: so the index of what waits is walked, and no other.
    limits = [When(branch__in=ids, then=Value(limit, DateField())) for limit, ids in by_limit.items()]
    rows = waiting().filter(arrived_on__lt=max(by_limit))
    return rows.filter(arrived_on__lt=Case(*limits, default=Value(date.min, DateField())))


def may_be_late(today: date | None = None) -> bool:
    """Whether anything has waited for so long that it may be late; one step in an index."""
    today = today or timezone.localdate()
    return waiting().filter(arrived_on__lt=today - timedelta(days=WORKING_DAYS)).exists()


def days_waited(items: Iterable[Item], *, today: date | None = None) -> dict[int, int]:
    """For each waiting copy (with its branch loaded) the working days since it arrived."""
    items = list(items)
    today = today or timezone.localdate()
    first = min((item.arrived_on for item in items if item.arrived_on), default=today)
    days = _WorkingDays(list({item.branch for item in items}), today, first=first)
    return {item.pk: days.between(item.branch, item.arrived_on) for item in items if item.arrived_on}


class _WorkingDays:
    """Working days of libraries: their own; without hours of their own those of the central one, else Mon–Fri."""

    def __init__(self, branches: list[Branch] | None, today: date, *, first: date | None = None) -> None:
        self.branches = list(Branch.objects.all()) if branches is None else branches
        self.today = today
        first = min(first or today, today - timedelta(days=_LOOK_BACK))
        central = Branch.objects.filter(kind=Branch.Kind.CENTRAL).first()
        asked = [*self.branches, *([central] if central else [])]
        self.calendars = calendars(asked, first=first, last=today)
        self.central = self.calendars.get(central.pk) if central else None

    def limit(self, branch: Branch) -> date:
        """Copies that arrived before this day are late."""
        calendar = self._calendar(branch)
        found = 0
        for number in range(_LOOK_BACK):
            day = self.today - timedelta(days=number)
            found += _is_working(calendar, day)
            if found > WORKING_DAYS:
                return day
        return self.today - timedelta(days=_LOOK_BACK)

    def between(self, branch: Branch, arrived: date) -> int:
        """Working days after the day of arrival, today among them."""
        first, after = arrived + timedelta(days=1), self.today + timedelta(days=1)
        calendar = self._calendar(branch)
        if calendar is None:
            days = ((first + timedelta(days=n)) for n in range(max(0, (after - first).days)))
            return sum(day.weekday() <= _FRIDAY for day in days)
        return calendar.open_days_between(first, after) if first < after else 0

    def _calendar(self, branch: Branch) -> OpeningCalendar | None:
        own = self.calendars[branch.pk]
        if own.weekly:
            return own
        return self.central if self.central and self.central.weekly else None


def _is_working(calendar: OpeningCalendar | None, day: date) -> bool:
    return bool(calendar.on(day).spans) if calendar else day.weekday() <= _FRIDAY
