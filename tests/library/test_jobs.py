"""Jobs: tried again once, never lost with their worker; the worker's turn; the staff page."""

import os
import socket
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from library import jobs
from library.models import MailState, OutgoingMail, ProgressReport, ReportState, ScheduledRun
from library.progress_report import report_progress
from library.worker import Worker
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db

failing = {"yes": True}


@task()
def fragile(number):
    if failing["yes"]:
        raise OSError("no disk")
    return number


@pytest.fixture
def worker(transactional_db):  # the worker closes connections at every turn
    failing["yes"] = True
    worker = Worker(pause=0)
    worker.parts.pop("search")
    return worker


@pytest.fixture
def failed_job(worker):
    fragile.enqueue(7)
    worker.turn()
    return DBTaskResult.objects.get()


def test_a_failed_job_is_tried_again(worker, failed_job):
    assert failed_job.status == TaskResultStatus.FAILED
    failing["yes"] = False
    assert jobs.retry(failed_job.pk)
    assert not jobs.retry(failed_job.pk), "the second click finds it waiting"
    worker.turn()
    failed_job.refresh_from_db()
    assert (failed_job.status, failed_job.return_value) == (TaskResultStatus.SUCCESSFUL, 7)
    assert not jobs.retry(failed_job.pk)
    assert not jobs.retry(uuid4())


@pytest.mark.parametrize(
    ("left_by", "is_failed"),
    [
        (f"{socket.gethostname()[:40]}-99999999", True),
        (f"{socket.gethostname()[:40]}-{os.getpid()}", True),
        (f"{socket.gethostname()[:40]}-{os.getppid()}", False),
        ("another-machine-1", False),
    ],
    ids=["dead", "an earlier one of this number", "alive", "elsewhere"],
)
def test_what_a_dead_worker_left_is_failed_and_can_be_tried_again(worker, left_by, is_failed):
    fragile.enqueue(7)
    job = DBTaskResult.objects.get()
    job.claim(left_by)
    report = ProgressReport.objects.create(label="Work", job=job.pk)
    assert jobs.fail_interrupted(worker.jobs.worker_id) == is_failed
    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.status == TaskResultStatus.FAILED) == is_failed
    assert (report.state == ReportState.FAILED) == is_failed
    assert jobs.retry(job.pk) == is_failed


def test_old_results_are_swept(failed_job):
    def is_swept(days, status):
        ended = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.update(finished_at=ended, status=status)
        return jobs.outdated(timezone.now()).exists()

    assert not is_swept(13, TaskResultStatus.SUCCESSFUL) and is_swept(15, TaskResultStatus.SUCCESSFUL)
    assert not is_swept(29, TaskResultStatus.FAILED) and is_swept(31, TaskResultStatus.FAILED)
    assert not is_swept(99, TaskResultStatus.RUNNING)


def test_a_part_of_the_worker_that_fails_does_not_keep_the_others_from_working(worker):
    def fail():
        raise OSError("engine away")

    ran = []
    worker.parts = {"first": fail, "second": lambda: ran.append(1)}
    worker.turn()
    worker.turn()
    assert (ran, worker.failures) == ([1, 1], 2)
    worker.parts.pop("first")
    worker.turn()
    assert worker.failures == 0


# --- Progress -------------------------------------------------------------------------------------


def test_progress_is_written_now_and_then(django_assert_max_num_queries):
    with django_assert_max_num_queries(5), report_progress("Importing", total=1000) as report:
        for _step in range(1000):
            report.advance(message="part.mrc")
    row = ProgressReport.objects.get()
    assert (row.done, row.total, row.state, row.message) == (1000, 1000, ReportState.DONE, "part.mrc")


def test_work_that_fails_says_so():
    with pytest.raises(OSError, match="no disk"), report_progress("Importing"):
        raise OSError("no disk")
    row = ProgressReport.objects.get()
    assert (row.state, row.message) == (ReportState.FAILED, "no disk")


# --- The page -------------------------------------------------------------------------------------


@pytest.fixture
def staff(client):
    """Somebody who may enter the admin and look after background work, and nothing else."""
    group = Group.objects.create(name="operators")
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", "manage_jobs"]))
    user = UserFactory()
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.fixture
def letter():
    return OutgoingMail.objects.create(
        key="letter", message_id="<1@library.example>", recipient="reader@library.example", subject="A letter",
        text="Text", language="en", template="test", state=MailState.FAILED, error="550 <b>unknown</b>",
    )  # fmt: skip


def test_the_page_shows_what_runs_waits_and_failed(staff, failed_job, letter):
    fragile.using(run_after=timezone.now() + timedelta(days=1)).enqueue(8)
    ProgressReport.objects.create(label="Reading a long file", done=5, total=10)
    page = staff.get(reverse("background_work"))
    text = page.content.decode()
    for shown in ("fragile", "OSError: no disk", "Waiting", "Reading a long file", "5 of 10",
                  "reader@library.example", "550 &lt;b&gt;unknown"):  # fmt: skip
        assert shown in text
    assert reverse("background_work_retry", args=[failed_job.pk]) in text


def test_the_page_takes_few_queries(staff, failed_job, letter, django_assert_max_num_queries):
    address = reverse("background_work")
    staff.get(address)
    for number in range(5):
        ProgressReport.objects.create(label=f"Work {number}")
        fragile.enqueue(number)
    with django_assert_max_num_queries(30):
        staff.get(address)


def test_its_buttons_do_what_they_say(staff, failed_job, letter):
    staff.post(reverse("background_work_retry", args=[failed_job.pk]))
    staff.post(reverse("background_work_letter", args=[letter.pk]))
    staff.post(reverse("background_work_run", args=["retention"]))
    failed_job.refresh_from_db()
    letter.refresh_from_db()
    assert failed_job.status == TaskResultStatus.READY
    assert letter.state == MailState.QUEUED
    assert ScheduledRun.objects.get(name="retention").is_requested
    again = staff.post(reverse("background_work_retry", args=[failed_job.pk]), follow=True)
    assert "done already" in again.content.decode()


def test_progress_for_the_script(staff):
    ProgressReport.objects.create(label="Work", done=5, total=10, message="part.mrc")
    answer = staff.get(reverse("background_work_progress"))
    data = answer.json()
    assert data["running"] is True
    assert data["reports"][0] | {"id": ""} == {
        "id": "", "state": "running", "done": 5, "total": 10, "text": "5 of 10 · part.mrc"
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    ProgressReport.objects.update(state=ReportState.DONE)
    assert staff.get(reverse("background_work_progress")).json()["running"] is False


ADDRESSES = [
    ("get", "background_work", []),
    ("get", "background_work_progress", []),
    ("post", "background_work_retry", [uuid4()]),
    ("post", "background_work_letter", [1]),
    ("post", "background_work_run", ["retention"]),
]


@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES)
def test_nobody_else_comes_in(client, method, name, args):
    address = reverse(name, args=args)
    assert getattr(client, method)(address).status_code == 302, "to the sign-in"
    user = UserFactory()
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    assert getattr(client, method)(address).status_code in (302, 403)
    assert not ScheduledRun.objects.exists()
    assert "background-work" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES[2:])
def test_looking_changes_nothing(staff, method, name, args):
    assert staff.get(reverse(name, args=args)).status_code == 405
