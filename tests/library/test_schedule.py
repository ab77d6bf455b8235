"""The schedule: each task by one worker, remembered over restarts."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from wagtail import hooks

from library import schedule
from library.models import ScheduledRun
from library.schedule import Scheduled, due_at, request_run, run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """register(task, …): these are the whole schedule."""

    def set_tasks(*tasks):
        monkey.setattr(
            hooks, "get_hooks", lambda name: [lambda: list(tasks)] if name == schedule.HOOK else []
        )

    monkey = pytest.MonkeyPatch()
    yield set_tasks
    monkey.undo()


def task(run, **kwargs):
    return Scheduled(name=kwargs.pop("name", "task"), label="A task", run=run, **kwargs)


def test_a_task_runs_at_first_and_then_after_its_time(register):
    runs = []
    register(task(lambda: runs.append(1), every=timedelta(hours=1)))
    now = timezone.now()
    assert [run_due(now), run_due(now + timedelta(minutes=59)), run_due(now + timedelta(minutes=61))] == [
        1,
        0,
        1,
    ]
    assert len(runs) == 2


def test_another_worker_that_looked_at_the_same_moment_does_not_run_it_too(register):
    nested = []
    register(task(lambda: nested.append(run_due()), every=timedelta(hours=1)))
    assert run_due() == 1
    assert nested == [0]


def test_two_workers_with_the_same_memory_of_the_last_run_claim_once(register):
    it = task(lambda: None)
    last = ScheduledRun.objects.create(name="task", started_at=timezone.now() - timedelta(days=2))
    copy = ScheduledRun.objects.get(pk=last.pk)
    assert [schedule._claim(it, seen, timezone.now()) for seen in (last, copy)] == [True, False]
    assert [schedule._claim(task(lambda: None, name="new"), None, timezone.now()) for _ in range(2)] == [
        True,
        False,
    ]


def test_a_failure_is_kept_stops_no_other_task_and_is_tried_again_soon(register):
    def fail():
        raise OSError("no disk")

    runs = []
    register(task(fail, name="a"), task(lambda: runs.append(1), name="b"))
    assert run_due() == 2
    assert runs == [1]
    last = ScheduledRun.objects.get(name="a")
    assert last.error == "OSError: no disk"
    assert due_at(task(fail, name="a"), last) - last.finished_at == schedule.RETRY_AFTER


def test_a_task_whose_worker_died_is_taken_up_again_after_a_while():
    last = ScheduledRun(name="task", started_at=timezone.now(), finished_at=None)
    assert due_at(task(lambda: None), last) == last.started_at + schedule.LOST_AFTER


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2026-11-24 03:00:05", "2026-11-25 03:00"),
        ("2026-11-24 02:59", "2026-11-24 03:00"),
        ("2026-11-24 09:00", "2026-11-25 03:00"),
        ("2026-12-31 23:59", "2027-01-01 03:00"),
    ],
)
def test_a_nightly_task_keeps_its_hour(last, expected):
    local = [timezone.make_aware(datetime.fromisoformat(moment)) for moment in (last, expected)]
    assert task(lambda: None, at=time(3, 0)).next_after(local[0]) == local[1]


def test_staff_ask_for_a_run(register):
    runs = []
    register(task(lambda: runs.append(1)))
    run_due()
    assert run_due() == 0
    assert request_run("task")
    assert run_due() == 1 and run_due() == 0
    assert not request_run("unknown")


def test_the_library_s_own_schedule(settings):
    settings.BOUNCES_URL = "imaps://user:secret@mail.example"
    assert {"retention", "bounces"} <= {task.name for task in schedule.tasks()}
    settings.BOUNCES_URL = ""
    assert "bounces" not in {task.name for task in schedule.tasks()}
