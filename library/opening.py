"""The opening calendar of one branch: pure rules over days, with no database.

Precedence, strongest first: a dated entry of the branch (closed or specially open), a moved working day, a public
holiday, the weekly hours. Dates are the library's local dates and times its local times.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
FRIDAY, SATURDAY = 4, 5
Spans = tuple[tuple[time, time], ...]


class NeverOpens(Exception):
    """The branch has no opening from the asked day on: its hours are missing or have all ended."""


class Source(StrEnum):
    """Which entry decides about a day."""

    WEEKLY = "weekly"
    HOLIDAY = "holiday"
    MOVED = "moved"
    DATED = "dated"


@dataclass(frozen=True, slots=True)
class WeeklySpan:
    """Open every `weekday` (0 is Monday) from `opens` to `closes`, on days from `first` to `last` (None: no end)."""

    weekday: int
    opens: time
    closes: time
    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """One day's own hours; closed all day where `opens` is None. Several on a day make several spans."""

    day: date
    opens: time | None = None
    closes: time | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A working day moved by decree: `off` is free, and on `worked` the hours of `off`'s weekday apply."""

    off: date
    worked: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is like: its spans in order (none: closed), what decided it, and the reason in words."""

    spans: Spans
    source: Source = Source.WEEKLY
    reason: str = ""

    @property
    def minutes(self) -> int:
        return sum(_minutes(opens, closes) for opens, closes in self.spans)


class OpeningCalendar:
    """Answers for one branch. Cheap over long times: it counts whole weeks and corrects for special days."""

    def __init__(
        self,
        weekly: Iterable[WeeklySpan] = (),
        *,
        dated: Iterable[DatedSpan] = (),
        holidays: Mapping[date, str] | None = None,
        moved: Iterable[MovedDay] = (),
        saturday_after_friday: bool = True,
    ) -> None:
        """`holidays` maps each free day to its name. `saturday_after_friday` is the rule of A15: where a holiday
        runs to a Friday evening, the Saturday after it is closed too."""
        self.weekly = tuple(weekly)
        self.boundaries = sorted(_boundaries(self.weekly))
        self.special: dict[date, Day] = {}
        self._add_holidays(holidays or {}, saturday_after_friday)
        self._add_moved(moved)
        self._add_dated(dated)
        self.special_days = sorted(self.special)

    def _add_holidays(self, holidays: Mapping[date, str], saturday_after_friday: bool) -> None:
        for day, name in holidays.items():
            self.special[day] = Day((), Source.HOLIDAY, name)
            if saturday_after_friday and day.weekday() == FRIDAY:
                self.special.setdefault(day + DAY, Day((), Source.HOLIDAY, holidays.get(day + DAY, name)))

    def _add_moved(self, moved: Iterable[MovedDay]) -> None:
        for move in moved:
            self.special[move.off] = Day((), Source.MOVED, move.reason)
            hours = self._weekly_spans(move.off.weekday(), move.worked)
            self.special[move.worked] = Day(hours, Source.MOVED, move.reason)

    def _add_dated(self, dated: Iterable[DatedSpan]) -> None:
        by_day: dict[date, list[DatedSpan]] = {}
        for entry in dated:
            by_day.setdefault(entry.day, []).append(entry)
        for day, entries in by_day.items():
            spans = sorted((e.opens, e.closes) for e in entries if e.opens and e.closes)
            reason = next((e.reason for e in entries if e.reason), "")
            self.special[day] = Day(tuple(spans), Source.DATED, reason)

    def _weekly_spans(self, weekday: int, day: date) -> Spans:
        return tuple(
            sorted((s.opens, s.closes) for s in self.weekly if s.weekday == weekday and s.covers(day))
        )

    def on(self, day: date) -> Day:
        """What `day` is like."""
        return self.special.get(day) or Day(self.usual(day))

    def usual(self, day: date) -> Spans:
        """The spans the week alone gives `day`."""
        return self._weekly_spans(day.weekday(), day)

    def is_open_at(self, moment: datetime) -> bool:
        """Whether the branch is open at a local moment; the closing minute itself is not open."""
        clock = moment.time()
        return any(opens <= clock < closes for opens, closes in self.on(moment.date()).spans)

    def days(self, first: date, last: date) -> Iterator[tuple[date, Day]]:
        """Each day from `first` to `last`, both included."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield day, self.on(day)

    def next_open_day(self, day: date, *, include: bool = True) -> date:
        """The first open day on or (include=False) after `day`. Raises NeverOpens when there is none."""
        first = day if include else day + DAY
        for candidate, hours in self.days(first, max(first, self._last_change()) + 7 * DAY):
            if hours.spans:
                return candidate
        raise NeverOpens(f"no opening on or after {first.isoformat()}")

    def last_open_day(self, day: date, *, earliest: date) -> date:
        """The last open day on or before `day`, not before `earliest`. Raises NeverOpens when there is none."""
        for number in range((day - earliest).days + 1):
            if self.on(day - timedelta(days=number)).spans:
                return day - timedelta(days=number)
        raise NeverOpens(f"no opening from {earliest.isoformat()} to {day.isoformat()}")

    def add_open_days(self, day: date, count: int) -> date:
        """The `count`-th open day after `day`. Raises NeverOpens when there are too few."""
        for _number in range(count):
            day = self.next_open_day(day, include=False)
        return day

    def open_days_between(self, first: date, last: date) -> int:
        """How many days are open from `first` (included) to `last` (not included)."""
        return self._sum(first, last, lambda day: bool(day.spans))

    def minutes_open_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes the branch is open from `start` to `end`, both local and on the same clock."""
        if end <= start:
            return 0
        if start.date() == end.date():
            return self._minutes_on(start.date(), start.time(), end.time())
        whole = self._sum(start.date() + DAY, end.date(), lambda day: day.minutes)
        return (
            self._minutes_on(start.date(), start.time(), time.max)
            + whole
            + self._minutes_on(end.date(), time.min, end.time())
        )

    def _minutes_on(self, day: date, start: time, end: time) -> int:
        return sum(
            _minutes(max(opens, start), min(closes, end))
            for opens, closes in self.on(day).spans
            if max(opens, start) < min(closes, end)
        )

    def _sum(self, first: date, last: date, value) -> int:
        """Sum of value(day) over [first, last): weeks of one pattern at a time, then the special days."""
        total = 0
        for begin, end in self._stretches(first, last):
            week = [int(value(Day(self._weekly_spans(weekday, begin)))) for weekday in range(7)]
            weeks, rest = divmod((end - begin).days, 7)
            total += weeks * sum(week) + sum(week[(begin.weekday() + n) % 7] for n in range(rest))
        for day in self.special_days[
            bisect_left(self.special_days, first) : bisect_left(self.special_days, last)
        ]:
            total += int(value(self.special[day])) - int(value(Day(self.usual(day))))
        return total

    def _stretches(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """[first, last) cut where weekly hours begin or end."""
        cuts = [first, *(day for day in self.boundaries if first < day < last), last]
        return ((begin, end) for begin, end in zip(cuts, cuts[1:], strict=False) if begin < end)

    def _last_change(self) -> date:
        """After this day the weeks repeat for ever."""
        return max([*self.special_days[-1:], *self.boundaries[-1:]], default=date.min)


def _boundaries(weekly: Iterable[WeeklySpan]) -> set[date]:
    """Days on which the weekly pattern is another than on the day before."""
    return {span.first for span in weekly if span.first} | {span.last + DAY for span in weekly if span.last}


def _minutes(opens: time, closes: time) -> int:
    """Whole minutes from one time of a day to a later one; the last moment of the day counts as midnight."""
    end = 24 * 60 if closes == time.max else closes.hour * 60 + closes.minute
    return end - (opens.hour * 60 + opens.minute)
