"""The pages of imports: the list, uploading, one import with what was found, its rules, and its course."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from catalog_pages.importing import jobs
from catalog_pages.importing.forms import OptionsForm, UploadForm
from catalog_pages.importing.looking import look
from catalog_pages.importing.shown import Account, FileShown, Undone
from catalog_pages.models import Import
from library.models import ProgressReport, ReportState
from library.progress_report import as_json, in_words

ANY = tuple(f"catalog_pages.{action}_import" for action in ("view", "add", "change", "delete"))
ADD, DELETE = "catalog_pages.add_import", "catalog_pages.delete_import"
STARTED, UNDONE = "catalog_pages.import", "catalog_pages.import_undone"
PER_PAGE = 50


class ImportPage(WagtailAdminTemplateMixin, TemplateView):
    """What the pages have in common: their rights, one of which is enough."""

    header_icon = "upload"
    rights: tuple[str, ...] = ANY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        demand(request, *self.rights)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": str(self.get_page_title())}
        return [*self.breadcrumbs_items, {"url": reverse("imports:list"), "label": _("Imports")}, here]


def demand(request: HttpRequest, *rights: str) -> None:
    """Raise PermissionDenied for those who hold none of the rights."""
    if not any(request.user.has_perm(right) for right in rights):
        raise PermissionDenied


class ListView(ImportPage):
    """The imports, the last one first."""

    template_name = "catalog_pages/importing/list.html"
    page_title = gettext_lazy("Imports")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Import.objects.select_related("created_by").prefetch_related("files")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        may_add = self.request.user.has_perm(ADD)
        return super().get_context_data(page=page, may_add=may_add, **kwargs)


class UploadView(ImportPage):
    """Files are chosen here; the next page shows what is in them."""

    template_name = "catalog_pages/importing/upload.html"
    page_title = gettext_lazy("Import files")
    rights = (ADD,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        batch = form.save(request.user)
        look(batch)
        return redirect("imports:show", batch.pk)


class ShowView(ImportPage):
    """One import: its files, the rules, and what came of it. Saving the rules looks into the files once more."""

    template_name = "catalog_pages/importing/show.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        demand(request, *self.rights)
        self.batch = get_object_or_404(Import, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, user = self.batch, self.request.user
        report = ProgressReport.objects.filter(pk=batch.report).first() if batch.report else None
        runs = report if report and report.state == ReportState.RUNNING and batch.is_busy else None
        kwargs.setdefault("form", OptionsForm(batch=batch))
        return super().get_context_data(
            batch=batch,
            files=[FileShown.of(file) for file in batch.files.all()],
            report=runs,
            words=in_words(runs) if runs else "",
            is_interrupted=jobs.is_interrupted(batch),
            may_start=user.has_perm(ADD) and jobs.may_start(batch) and not batch.cleared_at,
            may_undo=user.has_perm(DELETE) and jobs.may_undo(batch),
            dry_run=Account.of(batch.dry_run),
            account=Account.of(batch.summary),
            undone=Undone.of(batch.undone),
            keep_days=jobs.KEEP_DAYS,
            **_reject_files(batch),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        demand(request, ADD)
        if not jobs.may_start(self.batch):
            return _busy(request, pk)
        form = OptionsForm(request.POST, batch=self.batch)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        look(form.save())
        messages.success(request, _("The files were looked at once more."))
        return redirect("imports:show", pk)


def _reject_files(batch: Import) -> dict[str, str]:
    if not batch.rejects:
        return {}
    name = PurePath(str(batch.rejects.name)).name
    return {
        "rejects_url": reverse("file", args=["import-rejects", batch.pk, name]),
        "reasons_url": reverse("file", args=["import-reasons", batch.pk, f"{name}.tsv"]),
    }


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the import, or a dry run of it."""
    demand(request, ADD)
    batch = get_object_or_404(Import, pk=pk)
    is_dry = "dry_run" in request.POST
    for file in batch.files.all():
        if error := file.found.get("error"):
            messages.error(request, error)
            return redirect("imports:show", pk)
    try:
        jobs.start(pk, dry_run=is_dry)
    except jobs.Busy:
        return _busy(request, pk)
    if not is_dry:
        log(batch, STARTED, user=request.user)
    messages.success(request, _("The worker begins at its next turn. You may close this page meanwhile."))
    return redirect("imports:show", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a running import to stop."""
    demand(request, ADD)
    get_object_or_404(Import, pk=pk)
    if not jobs.ask_to_stop(pk):
        return _busy(request, pk)
    messages.success(request, _("The import stops as soon as what is in hand is written."))
    return redirect("imports:show", pk)


class UndoView(ShowView):
    """Undoing is asked twice."""

    template_name = "catalog_pages/importing/undo.html"
    rights = (DELETE,)

    def get_page_title(self) -> str:
        return _("Undo import %(number)s") % {"number": self.batch.pk}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            jobs.start_undo(pk)
        except jobs.Busy:
            return _busy(request, pk)
        log(self.batch, UNDONE, user=request.user)
        messages.success(request, _("The worker begins at its next turn. You may close this page meanwhile."))
        return redirect("imports:show", pk)


@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far an import is, for the script that moves the bar."""
    demand(request, *ANY)
    batch = get_object_or_404(Import, pk=pk)
    report = ProgressReport.objects.filter(pk=batch.report).first() if batch.report else None
    return JsonResponse({"running": batch.is_busy, "reports": [as_json(report)] if report else []})


def _busy(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("That has been done already, perhaps by somebody else."))
    return redirect("imports:show", pk)
