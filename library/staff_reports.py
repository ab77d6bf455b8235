"""What the reports have in common: a right of their own, and tables in the reader's language without formulas."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.reports import ReportView

from library.spreadsheets import harmless


class StaffReportView(ReportView):
    """A report for those who hold `right`; others get 403."""

    right = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        # A table is written while it streams, when the reader's language is no longer the active one.
        self.export_headings = {name: str(label) for name, label in self.export_headings.items()}
        return super().dispatch(request, *args, **kwargs)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """What stands in the table; no text of a reader's or of a file is taken for a formula."""
        return harmless(super().preprocess_field_value(field, value, export_format))
