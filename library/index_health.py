"""The search index on the first page of the staff, and the button that has it built anew."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.admin.ui.components import Component

from library.progress_report import report_progress
from search.generations import document_total, rebuild
from search.health import index_health

RIGHT = "library.manage_jobs"
LATE_SECONDS = 300  # a change that waits longer is a sign of trouble


class IndexHealthPanel(Component):
    """Documents, changes that wait, the last rebuild, the engine."""

    name = "index_health"
    template_name = "library/index_health.html"
    order = 250

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        health = index_health()
        lag = (timezone.now() - health.oldest).total_seconds() if health.oldest else 0
        return {"health": health, "is_late": lag > LATE_SECONDS, "is_asked_for": _is_asked_for()}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after background work (hook `construct_homepage_panels`)."""
    if request.user.has_perm(RIGHT):
        panels.append(IndexHealthPanel())


@task()
def rebuild_index() -> None:
    """Build the search index anew; searches go on in the old one meanwhile."""
    with report_progress(_("Search index"), document_total()) as report:
        rebuild(report.advance)


@require_POST
def ask_for_rebuild(request: HttpRequest) -> HttpResponse:
    """Have the worker build the index anew at its next turn, unless that waits or runs already."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    if _is_asked_for():
        messages.warning(request, _("The search index is being rebuilt already."))
    else:
        rebuild_index.enqueue()
        messages.success(request, _("The worker builds the search index anew at its next turn."))
    return redirect("background_work")


def addresses() -> list[URLPattern]:
    return [path("search-index/rebuild/", ask_for_rebuild, name="library_rebuild_index")]


def _is_asked_for() -> bool:
    jobs = DBTaskResult.objects.filter(task_path=rebuild_index.module_path)
    return jobs.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()
