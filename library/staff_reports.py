"""What the reports of the room have in common: a right of their own, and tables in the reader's language."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.reports import ReportView


class StaffReportView(ReportView):
    """A report for those who hold `right`; others get 403."""

    right = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        # A table is written while it streams, when the reader's language is no longer the active one.
        self.export_headings = {name: str(label) for name, label in self.export_headings.items()}
        return super().dispatch(request, *args, **kwargs)
