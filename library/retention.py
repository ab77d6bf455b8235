"""What personal data is kept, why, for how long, and who deletes it: one registry for the privacy page and the broom.

@hooks.register("register_retention")
def old_questions():
    return Retention(name="questions", data=_("Questions to librarians …"), reason=_("…"), days=365,
                     due=lambda at: Question.objects.filter(answered_at__lt=at - timedelta(days=365)))
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext
from wagtail import hooks

logger = logging.getLogger("library.retention")

HOOK = "register_retention"
ROWS_PER_TRANSACTION = 200


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One kind of data: in the words of the privacy page, and as what is due for deletion at a moment.

    `erase` takes some of the due rows and deletes them; a room that must keep the row without the person gives one
    of its own, after which the row is due no longer. It runs inside a transaction.
    """

    name: str
    data: str | Promise
    reason: str | Promise
    days: int = 0
    period: str | Promise = ""  # where no number of days says it
    due: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[QuerySet[Any]], object] = _delete
    position: int = 100

    def kept_for(self) -> str:
        """How long, in the reader's language."""
        if self.period:
            return str(self.period)
        return ngettext("%(days)s day", "%(days)s days", self.days) % {"days": self.days}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: how many rows, and what went wrong, if something did."""

    entry: Retention
    rows: int
    error: str = ""


def entries() -> list[Retention]:
    """Every registered entry in the order of the privacy page; their texts follow the reader's language."""
    found: dict[str, Retention] = {}
    for hook in hooks.get_hooks(HOOK):
        answer = hook()
        for entry in answer if isinstance(answer, Iterable) else [answer]:
            found[entry.name] = entry
    return sorted(found.values(), key=lambda entry: (entry.position, entry.name))


def apply_retention(*, dry_run: bool = False, at: datetime | None = None) -> list[Outcome]:
    """Delete what is due, in short transactions, or only count it. An entry that fails does not stop the others."""
    now = at or timezone.now()
    return [_apply(entry, now, dry_run) for entry in entries()]


def _apply(entry: Retention, now: datetime, dry_run: bool) -> Outcome:
    rows = 0
    try:
        if dry_run:
            return Outcome(entry, entry.due(now).count())
        while keys := list(entry.due(now).values_list("pk", flat=True)[:ROWS_PER_TRANSACTION]):
            with transaction.atomic():
                entry.erase(entry.due(now).filter(pk__in=keys))
            if left := entry.due(now).filter(pk__in=keys).count():
                raise RuntimeError(f"{left} rows are still due after they were erased")
            rows += len(keys)
    except Exception as error:
        logger.exception("retention of %s failed", entry.name)
        return Outcome(entry, rows, f"{type(error).__name__}: {error}")
    if rows:
        logger.info("retention of %s: %s rows deleted", entry.name, rows)
    return Outcome(entry, rows)


def run_retention() -> None:
    """The nightly broom. Raises RuntimeError naming the entries that failed, so that staff see it in the schedule."""
    failed = [outcome.entry.name for outcome in apply_retention() if outcome.error]
    if failed:
        raise RuntimeError(f"retention failed for: {', '.join(failed)}")
