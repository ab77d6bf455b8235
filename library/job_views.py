"""The staff page of background work: jobs, schedule, letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from django_tasks_db.models import DBTaskResult
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from library import jobs, mail, schedule
from library.models import MailState, OutgoingMail, ProgressReport, ReportState, ScheduledRun
from library.progress_report import as_json, in_words
from library.worker import HEARTBEAT_KEY

PERMISSION = "library.manage_jobs"
ROWS = 50


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One task of the schedule as the page shows it; `next_run` None means at the worker's next turn."""

    name: str
    label: str | Promise
    last: ScheduledRun | None
    next_run: datetime | None


class BackgroundWorkView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """What runs, waits and failed. Works without scripts; with them the progress bars move."""

    template_name = "library/background_work.html"
    page_title = gettext_lazy("Background work")
    header_icon = "tasks"
    permission_required = PERMISSION
    raise_exception = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = OutgoingMail.objects.all()
        return super().get_context_data(
            worker_is_running=cache.get(HEARTBEAT_KEY) is not None,
            reports=[(report, in_words(report)) for report in recent_reports()],
            running=jobs.running()[:ROWS],
            waiting=jobs.waiting()[:ROWS],
            waiting_count=jobs.waiting().count(),
            failed=[(job, last_line(job)) for job in jobs.failed()[:ROWS]],
            schedule=schedule_rows(),
            silence=mail.silence(),
            letters_waiting=letters.filter(state__in=[MailState.QUEUED, MailState.SENDING]).count(),
            letters_troubled=letters.exclude(error="").order_by("-pk")[:ROWS],
            **kwargs,
        )


def recent_reports() -> list[ProgressReport]:
    """What runs, and what ended within a day."""
    since = timezone.now() - timedelta(days=1)
    return list(ProgressReport.objects.filter(updated_at__gte=since)[:ROWS])


def schedule_rows() -> list[ScheduleRow]:
    last_runs = {last.name: last for last in ScheduledRun.objects.all()}
    return [
        ScheduleRow(task.name, task.label, last, schedule.due_at(task, last))
        for task in schedule.tasks()
        for last in [last_runs.get(task.name)]
    ]


def last_line(job: DBTaskResult) -> str:
    """What a failed job said at last; the whole traceback is for the log."""
    lines = job.traceback.strip().splitlines()
    return lines[-1] if lines else job.exception_class_path


@never_cache
@require_safe
def progress(request: HttpRequest) -> JsonResponse:
    """The reports of the page, for the script that moves its bars."""
    _demand_permission(request)
    reports = recent_reports()
    running = any(report.state == ReportState.RUNNING for report in reports)
    return JsonResponse({"running": running, "reports": [as_json(report) for report in reports]})


@require_POST
def retry_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    _demand_permission(request)
    return _answer(request, jobs.retry(job_id), _("The job waits for the worker again."))


@require_POST
def send_letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    _demand_permission(request)
    letter = get_object_or_404(OutgoingMail, pk=pk)
    return _answer(request, mail.send_again(letter), _("The letter waits for the worker again."))


@require_POST
def run_scheduled(request: HttpRequest, name: str) -> HttpResponse:
    _demand_permission(request)
    return _answer(request, schedule.request_run(name), _("The worker does this at its next turn."))


def _demand_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _answer(request: HttpRequest, done: bool, said: str) -> HttpResponse:
    if done:
        messages.success(request, said)
    else:
        messages.warning(request, _("That has been done already, perhaps by somebody else."))
    return redirect("background_work")
