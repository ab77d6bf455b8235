"""Changing a branch's week as staff saw it: refused when another editor changed it meanwhile."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library.calendar import calendar_of
from library.hours import Span, apply_preset, clear_day, set_day, set_series
from library.models import Branch, DatedHours, OpeningHours, User
from library.opening import Source, Spans

WEEK = 7


class WeekChanged(Exception):
    """The week is not the one the editor was shown."""


class Scope(StrEnum):
    """How far a change reaches."""

    DAY = "day"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a branch as staff see it: its hours, and which entry decided about it."""

    day: date
    spans: Spans
    source: Source
    reason: str

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def why(self) -> str:
        """Which entry decided, in words."""
        return {
            Source.WEEKLY: _("Weekly hours"),
            Source.HOLIDAY: _("Public holiday"),
            Source.MOVED: _("Moved working day"),
            Source.DATED: _("Single day"),
        }[self.source]

    @property
    def is_single(self) -> bool:
        return self.source is Source.DATED


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def planned_week(branch: Branch, monday: date) -> list[PlannedDay]:
    """The seven days from `monday` on."""
    sunday = monday + timedelta(days=WEEK - 1)
    calendar = calendar_of(branch, first=monday, last=sunday)
    return [
        PlannedDay(day, found.spans, found.source, found.reason)
        for day, found in calendar.days(monday, sunday)
    ]


def week_version(branch: Branch, day: date) -> str:
    """A short text that is another one as soon as anything that decides about the week of `day` is changed."""
    monday = monday_of(day)
    columns = ("opens", "closes")
    weekly = OpeningHours.objects.filter(branch=branch).order_by("weekday", "opens", "first_day", "pk")
    dated = DatedHours.objects.filter(branch=branch, day__range=(monday, monday + timedelta(days=WEEK - 1)))
    state = [
        list(weekly.values_list("weekday", *columns, "first_day", "last_day")),
        list(dated.order_by("day", "opens").values_list("day", *columns, "reason")),
    ]
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


@transaction.atomic
def change_day(
    *, branch: Branch, day: date, spans: Sequence[Span], scope: Scope, version: str,
    reason: dict[str, str] | None = None, by: User | None = None,
) -> None:  # fmt: skip
    """Give a day its hours, alone or with every such weekday; see Scope.

    Raises WeekChanged when `version` is not the week's own any more, NotYourBranch when the branch is not one that
    `by` may edit, ValidationError for impossible hours or a day that is past.
    """
    _lock(branch, day, version)
    if scope is Scope.DAY:
        set_day(branch=branch, day=day, spans=spans, reason=reason, by=by)
        return
    if day < timezone.localdate():
        raise ValidationError(_("This day is past; what was true then stays on record."), code="past")
    from_day = day if scope is Scope.FOLLOWING else None
    set_series(branch=branch, weekday=day.weekday(), spans=spans, from_day=from_day, by=by)


@transaction.atomic
def remove_day(*, branch: Branch, day: date, version: str, by: User | None = None) -> None:
    """Take a single day's entry away. Raises like change_day()."""
    _lock(branch, day, version)
    clear_day(branch=branch, day=day, by=by)


@transaction.atomic
def change_week(
    *, branch: Branch, staff: int, opens: time, closes: time, lunch: Span | None, provincial: bool,
    from_day: date, version: str, by: User | None = None,
) -> None:  # fmt: skip
    """Give the branch the week of the rules from a day on, and remember its number of staff.

    Raises like change_day().
    """
    _lock(branch, from_day, version)
    branch.staff_count = staff
    branch.save(update_fields=["staff_count"])
    apply_preset(
        branch=branch, staff=staff, opens=opens, closes=closes, lunch=lunch, provincial=provincial,
        from_day=from_day, by=by,
    )  # fmt: skip


def _lock(branch: Branch, day: date, version: str) -> None:
    # The second of two editors waits here, and then sees what the first one wrote.
    Branch.objects.select_for_update().get(pk=branch.pk)
    if week_version(branch, day) != version:
        raise WeekChanged
