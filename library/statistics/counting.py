"""The counters themselves."""

from collections.abc import Mapping
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
    """Something that is counted: its name in the database, and in words. Kinds without words stand as they are."""

    name: str
    label: Words
    description: Words = ""
    kinds: Mapping[str, Words] = field(default_factory=dict)


def registered() -> dict[str, Statistic]:
    """All that is counted, by name, in the order of the hooks."""
    found: dict[str, Statistic] = {}
    for hook in hooks.get_hooks("register_statistics"):
        result = hook()
        for statistic in [result] if isinstance(result, Statistic) else result:
            found[statistic.name] = statistic
    return found


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
