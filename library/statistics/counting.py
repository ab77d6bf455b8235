"""The counters themselves, and what is registered beside them: figures read from the rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from wagtail import hooks

from library.models import Branch, DailyCount

Words = str | Promise


class UnknownStatistic(LookupError):
    """Nothing of this name is registered."""


@dataclass(frozen=True)
class Statistic:
    """Something that is counted: its name in the database, and in words. Kinds without words stand as they are.

    What is `public` stands on the page of statistics and in yearly reports (A1, A3).
    """

    name: str
    label: Words
    description: Words = ""
    kinds: Mapping[str, Words] = field(default_factory=dict)
    public: bool = False


@dataclass(frozen=True)
class Measure:
    """A public figure that nobody counts as it happens: it is read from the rows themselves.

    `read(year)` gives triples of month (1 to 12), number of a branch (None: of no branch) and count. Where `by_month`
    is false it tells what there is today: the month is not looked at, and only this year is asked for.
    `first_day()` is the earliest day of which anything is known.
    """

    name: str
    label: Words
    source: Words
    read: Callable[[int], Iterable[tuple[int, int | None, int]]]
    description: Words = ""
    by_month: bool = True
    first_day: Callable[[], date | None] = lambda: None


def registered() -> dict[str, Statistic]:
    """All that is counted, by name, in the order of the hooks."""
    return {one.name: one for one in _everything() if isinstance(one, Statistic)}


def published() -> dict[str, Statistic | Measure]:
    """What readers are told: public counters and every measure, by name, in the order of the hooks."""
    return {one.name: one for one in _everything() if isinstance(one, Measure) or one.public}


def _everything() -> Iterable[Statistic | Measure]:
    for hook in hooks.get_hooks("register_statistics"):
        result = hook()
        yield from [result] if isinstance(result, Statistic | Measure) else result


def count(
    name: str, branch: Branch | None = None, kind: str = "", n: int = 1, *, day: date | None = None
) -> None:
    """Add `n` to a counter of today (or `day`): one UPDATE, and an INSERT the first time a day.

    Joins the caller's transaction: what is rolled back was not counted. Raises UnknownStatistic.
    """
    if name not in registered():
        raise UnknownStatistic(name)
    key = {"day": day or timezone.localdate(), "name": name, "branch": branch, "kind": kind[:60]}
    rows = DailyCount.objects.filter(**key)
    if rows.update(count=F("count") + n):
        return
    try:
        with transaction.atomic():
            DailyCount.objects.create(**key, count=n)
    except IntegrityError:
        # Another process was first.
        rows.update(count=F("count") + n)
