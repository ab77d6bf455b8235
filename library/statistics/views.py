"""The staff page of the statistics."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from library.statistics.report import ReportForm, csv_lines, file_name, totals


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Sums of a period: ?first=, ?last=, ?branch= (a code)."""
    form = _form(request)
    context = {
        "form": form,
        "totals": totals(form.rows()) if form.is_valid() else None,
        "query": request.GET.urlencode(),
    }
    return render(request, "library/statistics/report.html", context, status=200 if form.is_valid() else 422)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same as a table, one line a day."""
    form = _form(request)
    if not form.is_valid():
        return report(request)
    response = StreamingHttpResponse(csv_lines(form.rows()), content_type="text/csv; charset=utf-8")
    name = file_name(form.cleaned_data["first"], form.cleaned_data["last"])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _form(request: HttpRequest) -> ReportForm:
    if not request.user.has_perm("library.read_statistics"):
        raise PermissionDenied
    return ReportForm.read(request.GET)
