"""When branches are open. One service answers for hours on pages, events and due dates alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from library.models import Branch, OpeningHours


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one branch on one day: `spans` are (opens, closes) in order, empty when it is closed."""

    day: date
    spans: tuple[tuple[time, time], ...]
    now: time | None = None  # set only where `day` is today

    @property
    def opens(self) -> time | None:
        return self.spans[0][0] if self.spans else None

    @property
    def closes(self) -> time | None:
        return self.spans[-1][1] if self.spans else None

    @property
    def is_open_now(self) -> bool:
        return self.now is not None and any(opens <= self.now < closes for opens, closes in self.spans)

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


def hours_today(branches: Iterable[Branch] | None = None, at: datetime | None = None) -> dict[int, DayHours]:
    """Return {branch id: today's hours} for the branches (default: all shown on the site), in one query."""
    now = timezone.localtime(at)
    ids = [branch.pk for branch in branches] if branches is not None else None
    rows = OpeningHours.objects.filter(weekday=now.weekday())
    rows = rows.filter(branch__is_active=True) if ids is None else rows.filter(branch_id__in=ids)
    spans: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for branch_id, opens, closes in rows.order_by("opens").values_list("branch_id", "opens", "closes"):
        spans[branch_id].append((opens, closes))
    known = ids if ids is not None else list(Branch.objects.on_site().values_list("pk", flat=True))
    return {pk: DayHours(now.date(), tuple(spans.get(pk, ())), now.time()) for pk in known}


def week(branch: Branch, at: datetime | None = None) -> list[DayHours]:
    """Return the seven days that begin today, for one branch, in one query."""
    now = timezone.localtime(at)
    spans: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for row in OpeningHours.objects.filter(branch=branch).order_by("opens"):
        spans[row.weekday].append((row.opens, row.closes))
    days = [now.date() + timedelta(days=n) for n in range(7)]
    return [
        DayHours(day, tuple(spans.get(day.weekday(), ())), now.time() if day == now.date() else None)
        for day in days
    ]
