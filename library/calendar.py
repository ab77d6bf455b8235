"""When branches are open. One service answers for hours on pages, events and due dates alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from library import following
from library.models import Branch, DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday
from library.opening import DAY, DatedSpan, MovedDay, OpeningCalendar, Source, Spans, WeeklySpan
from library.text import in_language

# How far ahead a calendar looks unless told: beyond the longest loan with all its renewals.
YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one branch on one day: `spans` are (opens, closes) in order, empty when it is closed."""

    day: date
    spans: Spans
    now: time | None = None  # set only where `day` is today
    reason: str = ""  # of a holiday, a moved or a single day, in the reader's language
    is_special: bool = False  # other than the week says

    @property
    def opens(self) -> time | None:
        return self.spans[0][0] if self.spans else None

    @property
    def closes(self) -> time | None:
        return self.spans[-1][1] if self.spans else None

    @property
    def is_open_now(self) -> bool:
        return self.closes_next is not None

    @property
    def closes_next(self) -> time | None:
        """When the span that is running now ends; None when it is closed."""
        return next((c for o, c in self.spans if self.now is not None and o <= self.now < c), None)

    @property
    def opens_next(self) -> time | None:
        """When it opens again later today; None when it does not, or is open."""
        if self.now is None or self.is_open_now:
            return None
        return next((o for o, _ in self.spans if o > self.now), None)


def calendars(
    branches: Iterable[Branch] | None = None, *, first: date | None = None, last: date | None = None
) -> dict[int, OpeningCalendar]:
    """Return {branch id: its calendar}, right for days from `first` to `last`, in four queries for any number.

    Default: every branch shown on the site, from a month back to YEARS_AHEAD years ahead.
    """
    today = timezone.localdate()
    first = first or today - timedelta(days=31)
    last = last or date(today.year + YEARS_AHEAD, 12, 31)
    ids = [b.pk for b in branches] if branches is not None else list(_ids_on_site())
    weekly = _weekly(ids)
    dated = _dated(ids, first, last)
    holidays = {day: name for entry in _holidays(first, last) for day, name in entry}
    moved = _moved(first, last)
    return {pk: OpeningCalendar(weekly[pk], dated=dated[pk], holidays=holidays, moved=moved) for pk in ids}


def calendar_of(branch: Branch, *, first: date | None = None, last: date | None = None) -> OpeningCalendar:
    """The calendar of one branch; see calendars()."""
    return calendars([branch], first=first, last=last)[branch.pk]


def hours_today(branches: Iterable[Branch] | None = None, at: datetime | None = None) -> dict[int, DayHours]:
    """Return {branch id: today's hours} for the branches (default: all shown on the site)."""
    now = timezone.localtime(at)
    today = now.date()
    found = calendars(branches, first=today, last=today)
    return {pk: _day_hours(calendar, today, now.time()) for pk, calendar in found.items()}


def week(
    branch: Branch, at: datetime | None = None, *, calendar: OpeningCalendar | None = None
) -> list[DayHours]:
    """Return the seven days that begin today, for one branch (`calendar`: its own, where it is at hand)."""
    now = timezone.localtime(at)
    days = [now.date() + timedelta(days=n) for n in range(7)]
    calendar = calendar or calendar_of(branch, first=days[0], last=days[-1])
    return [_day_hours(calendar, day, now.time() if day == now.date() else None) for day in days]


def exceptions_ahead(
    branch: Branch, *, days: int = 60, at: datetime | None = None, calendar: OpeningCalendar | None = None
) -> list[DayHours]:
    """The days of the next `days` on which hours differ from the week's, in order (`calendar`: as for week())."""
    today = timezone.localtime(at).date()
    last = today + timedelta(days=days)
    calendar = calendar or calendar_of(branch, first=today, last=last)
    ahead = (day for day in calendar.special_days if today <= day <= last)
    hours = (_day_hours(calendar, day, None) for day in ahead)
    return [day for day in hours if day.spans != calendar.usual(day.day)]


def stretches(days: Iterable[DayHours]) -> list[list[DayHours]]:
    """Days that follow each other with the same hours for the same reason, put together."""
    found: list[list[DayHours]] = []
    for day in days:
        last = found[-1][-1] if found else None
        if last and last.day + DAY == day.day and (last.spans, last.reason) == (day.spans, day.reason):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def note_next_change(day: date, spans: Spans, now: time) -> None:
    """What says "open now" is right until the next opening or closing of the day only."""
    later = [moment for span in spans for moment in span if moment > now]
    if later:
        following.holds_until(timezone.make_aware(datetime.combine(day, min(later))))


def _day_hours(calendar: OpeningCalendar, day: date, now: time | None) -> DayHours:
    found = calendar.on(day)
    if now is not None:
        note_next_change(day, found.spans, now)
    return DayHours(day, found.spans, now, found.reason, found.source is not Source.WEEKLY)


def _ids_on_site() -> Iterable[int]:
    return Branch.objects.on_site().values_list("pk", flat=True)


def _weekly(ids: list[int]) -> dict[int, list[WeeklySpan]]:
    spans: dict[int, list[WeeklySpan]] = defaultdict(list)
    columns = ("branch_id", "weekday", "opens", "closes", "first_day", "last_day")
    for branch_id, *values in OpeningHours.objects.filter(branch_id__in=ids).values_list(*columns):
        spans[branch_id].append(WeeklySpan(*values))
    return spans


def _dated(ids: list[int], first: date, last: date) -> dict[int, list[DatedSpan]]:
    spans: dict[int, list[DatedSpan]] = defaultdict(list)
    rows = DatedHours.objects.filter(branch_id__in=ids, day__range=(first, last))
    for branch_id, day, opens, closes, reason in rows.values_list(
        "branch_id", "day", "opens", "closes", "reason"
    ):
        spans[branch_id].append(DatedSpan(day, opens, closes, in_language(reason)))
    return spans


def _holidays(first: date, last: date) -> Iterator[list[tuple[date, str]]]:
    # A day earlier, since a holiday on a Friday closes the Saturday after it.
    first -= timedelta(days=1)
    rows = PublicHoliday.objects.filter(Q(every_year=True) | Q(first_day__lte=last, last_day__gte=first))
    for holiday in rows:
        name = in_language(holiday.name)
        length = (holiday.last_day - holiday.first_day).days + 1
        years = range(first.year - 1, last.year + 1) if holiday.every_year else [holiday.first_day.year]
        for year in years:
            begin = _same_day(holiday.first_day, year)
            if begin:
                yield [(begin + timedelta(days=n), name) for n in range(length)]


def _same_day(day: date, year: int) -> date | None:
    """`day` in another year; None for 29 February in a year without it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _moved(first: date, last: date) -> list[MovedDay]:
    rows = MovedWorkingDay.objects.filter(
        Q(day_off__range=(first, last)) | Q(day_worked__range=(first, last))
    )
    return [MovedDay(row.day_off, row.day_worked, in_language(row.reason)) for row in rows]
