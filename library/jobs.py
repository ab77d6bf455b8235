"""Jobs in the background: what runs, what waits, what failed, and trying again."""

import os
import socket
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from library.models import ProgressReport, ReportState

INTERRUPTED = "library.jobs.Interrupted"
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=30)


def running() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.running().order_by("started_at")


def waiting() -> QuerySet[DBTaskResult]:
    """Jobs still to run, those put off to a later hour too, in the order they will be taken."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def failed() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.failed().order_by(F("finished_at").desc(nulls_last=True))


def retry(job_id: UUID | str) -> bool:
    """Let a failed job wait for the worker once more; False when it is not, or no longer, a failed one."""
    again = DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, run_after=get_date_max(),
        exception_class_path="", traceback="",
    )  # fmt: skip
    return bool(again)


def fail_interrupted(worker_id: str) -> int:
    """Mark as failed what dead workers of this machine left running; how many jobs.

    A job is not repeated by itself: nobody knows how far it came, and one that kills its worker would do so for ever.
    Called when a worker starts: a running job under its own name is of an earlier process with the same number.
    """
    count = 0
    for job in running():
        last = job.worker_ids[-1] if job.worker_ids else ""
        if last != worker_id and not _is_dead(last):
            continue
        count += DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=INTERRUPTED,
            traceback=_("The worker was stopped while it did this."),
        )
        ProgressReport.objects.filter(job=job.pk, state=ReportState.RUNNING).update(
            state=ReportState.FAILED, message=_("The worker was stopped while it did this.")
        )
    return count


def outdated(at: datetime) -> QuerySet[DBTaskResult]:
    """Jobs that need not be remembered; failed ones are kept for longer, for somebody to look at."""
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_DONE)
    return DBTaskResult.objects.filter(
        done | Q(status=TaskResultStatus.FAILED, finished_at__lt=at - KEEP_FAILED)
    )


def _is_dead(worker_id: str) -> bool:
    """Whether the worker was a process of this machine that is no more; of other machines nothing is known."""
    host, _hyphen, number = worker_id.rpartition("-")
    if host != socket.gethostname()[:40] or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except OSError as error:  # a process of somebody else's lives, too
        return isinstance(error, ProcessLookupError)
    return False
