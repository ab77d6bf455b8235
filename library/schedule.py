"""What the worker does by the clock. Rooms register their tasks:

@hooks.register("register_schedule")
def remind_readers():
    return Scheduled(name="reminders", label=_("Reminders to readers"), run=send_reminders, at=time(7, 0))
"""

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from wagtail import hooks

from library.models import ScheduledRun

logger = logging.getLogger("library.schedule")

HOOK = "register_schedule"
RETRY_AFTER = timedelta(minutes=15)
LOST_AFTER = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A task of the schedule: once `every` so long, or once a day from the local time `at` on.

    `run` takes nothing, must bear being run again after it was cut off, and should be done in minutes: longer work
    it leaves to a job.
    """

    name: str
    label: str | Promise
    run: Callable[[], object]
    every: timedelta = timedelta(days=1)
    at: time | None = None

    def next_after(self, last: datetime) -> datetime:
        """When it is due, having last begun at `last`."""
        if self.at is None:
            return last + self.every
        local = timezone.localtime(last)
        today = timezone.make_aware(datetime.combine(local.date(), self.at))
        if today > last:
            return today
        return timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), self.at))


def tasks() -> list[Scheduled]:
    """Every registered task, by name."""
    found: dict[str, Scheduled] = {}
    for hook in hooks.get_hooks(HOOK):
        answer = hook()
        for task in answer if isinstance(answer, Iterable) else [answer]:
            found[task.name] = task
    return [found[name] for name in sorted(found)]


def due_at(task: Scheduled, last: ScheduledRun | None) -> datetime | None:
    """When the task runs next; None for as soon as possible."""
    if last is None or last.started_at is None or last.is_requested:
        return None
    planned = task.next_after(last.started_at)
    if last.finished_at is None:  # it runs now, or its worker died with it
        return last.started_at + LOST_AFTER
    if last.error:
        return min(planned, last.finished_at + RETRY_AFTER)
    return planned


def run_due(at: datetime | None = None) -> int:
    """Run what is due, each by one worker only; how many tasks were run. One that fails does not stop the others."""
    now = at or timezone.now()
    last_runs = {last.name: last for last in ScheduledRun.objects.all()}
    count = 0
    for task in tasks():
        last = last_runs.get(task.name)
        due = due_at(task, last)
        if (due is None or due <= now) and _claim(task, last, now):
            _run(task)
            count += 1
    return count


def request_run(name: str) -> bool:
    """Ask the worker to run a task at its next turn; False when there is no such task."""
    if name not in {task.name for task in tasks()}:
        return False
    ScheduledRun.objects.update_or_create(name=name, defaults={"is_requested": True})
    return True


def _claim(task: Scheduled, last: ScheduledRun | None, now: datetime) -> bool:
    """Move the start of the last run on, unless another worker has done so meanwhile."""
    if last is None:
        last, _created = ScheduledRun.objects.get_or_create(name=task.name)
        before = None
    else:
        before = last.started_at
    taken = ScheduledRun.objects.filter(pk=last.pk, started_at=before).update(
        started_at=now, finished_at=None, is_requested=False, error=""
    )
    return bool(taken)


def _run(task: Scheduled) -> None:
    error = ""
    try:
        task.run()
    except Exception as problem:
        logger.exception("the scheduled task %s failed", task.name)
        error = "".join(traceback.format_exception_only(problem)).strip()
    ScheduledRun.objects.filter(name=task.name).update(finished_at=timezone.now(), error=error)
