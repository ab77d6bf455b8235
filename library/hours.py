"""Editing opening hours: a series from a day on, one day alone, or the preset of the rules (A15).

`by` is the member of staff who edits: she must work for the branch, else NotYourBranch is raised, and the change
stands in the audit log under her name. None is the portal itself: imports, the demo, commands.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library import audit
from library.models import Branch, DatedHours, OpeningHours, User
from library.permissions import may_edit_branch

Span = tuple[time, time]
DAY = timedelta(days=1)
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
MANY_STAFF = 4
STAFF_OVER_LUNCH = 2


@transaction.atomic
def set_series(
    *,
    branch: Branch,
    weekday: int,
    spans: Sequence[Span],
    from_day: date | None = None,
    by: User | None = None,
) -> None:
    """Give a weekday its hours: always (from_day=None) or on this and the following ones.

    What was true before `from_day` stays on record. No spans: closed on that weekday. Single days keep their own
    hours. Raises ValidationError for spans that overlap or end before they begin.
    """
    _check_right(by, branch)
    spans = _checked(spans)
    series = OpeningHours.objects.select_for_update().filter(branch=branch, weekday=weekday)
    if from_day is None:
        series.delete()
    else:
        series.filter(first_day__gte=from_day).delete()
        series.exclude(last_day__lt=from_day).update(last_day=from_day - DAY)
    OpeningHours.objects.bulk_create(
        OpeningHours(branch=branch, weekday=weekday, opens=opens, closes=closes, first_day=from_day)
        for opens, closes in spans
    )
    _tell_listeners(
        branch, by=by, weekday=weekday, hours=_words(spans), since=from_day.isoformat() if from_day else ""
    )


@transaction.atomic
def set_day(
    *,
    branch: Branch,
    day: date,
    spans: Sequence[Span],
    reason: dict[str, str] | None = None,
    by: User | None = None,
) -> None:
    """Give one day hours of its own; no spans: closed. Raises ValidationError for a day that is past."""
    _check_right(by, branch)
    _check_not_past(day)
    spans = _checked(spans)
    DatedHours.objects.filter(branch=branch, day=day).delete()
    rows: Iterable[tuple[time | None, time | None]] = spans or [(None, None)]
    DatedHours.objects.bulk_create(
        DatedHours(branch=branch, day=day, opens=opens, closes=closes, reason=reason or {})
        for opens, closes in rows
    )
    _tell_listeners(branch, by=by, day=day.isoformat(), hours=_words(spans))


@transaction.atomic
def clear_day(*, branch: Branch, day: date, by: User | None = None) -> None:
    """Let the week decide about a day again. Raises ValidationError for a day that is past."""
    _check_right(by, branch)
    _check_not_past(day)
    DatedHours.objects.filter(branch=branch, day=day).delete()
    _tell_listeners(branch, by=by, day=day.isoformat(), hours=[])


def preset_week(
    *, staff: int, opens: time, closes: time, lunch: Span | None, provincial: bool = False
) -> dict[int, list[Span]]:
    """The week the rules give a library of so many staff, director and auxiliary staff not counted (A15).

    Returns {weekday: spans}. Provincial libraries and those with four or more close on Sunday only, the others on
    Sunday and Monday; with two or more it stays open over lunch.
    """
    closed = {SUNDAY} if provincial or staff >= MANY_STAFF else {SUNDAY, MONDAY}
    spans = [(opens, closes)]
    if lunch and staff < STAFF_OVER_LUNCH:
        spans = [(opens, lunch[0]), (lunch[1], closes)]
    return {weekday: [] if weekday in closed else list(spans) for weekday in range(7)}


@transaction.atomic
def apply_preset(
    *, branch: Branch, staff: int, opens: time, closes: time, lunch: Span | None = None,
    provincial: bool = False, from_day: date | None = None, by: User | None = None,
) -> None:  # fmt: skip
    """Give a branch the week of preset_week(), always or from a day on."""
    plan = preset_week(staff=staff, opens=opens, closes=closes, lunch=lunch, provincial=provincial)
    for weekday, spans in plan.items():
        set_series(branch=branch, weekday=weekday, spans=spans, from_day=from_day, by=by)


def _checked(spans: Sequence[Span]) -> list[Span]:
    ordered = sorted(spans)
    for opens, closes in ordered:
        if closes <= opens:
            raise ValidationError(_("The closing time must be after the opening time."), code="backwards")
    for (_opens, closes), (opens, _closes) in zip(ordered, ordered[1:], strict=False):
        if opens < closes:
            raise ValidationError(
                _("The hours overlap: %(first)s and %(second)s.")
                % {"first": f"–{closes:%H:%M}", "second": f"{opens:%H:%M}–"},
                code="overlap",
            )
    return ordered


def _check_not_past(day: date) -> None:
    if day < timezone.localdate():
        raise ValidationError(_("This day is past; what was true then stays on record."), code="past")


def _check_right(by: User | None, branch: Branch) -> None:
    if by is not None:
        may_edit_branch(by, branch)


def _words(spans: Iterable[Span]) -> list[str]:
    return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans]


def _tell_listeners(branch: Branch, *, by: User | None, **change: object) -> None:
    # Rows written in bulk send no signal; the header and footer listen to the branch.
    branch.save(update_fields=["position"])
    if by is not None:
        audit.record(audit.HOURS_CHANGED, branch, user=by, branch=branch, **change)
