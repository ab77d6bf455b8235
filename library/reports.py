"""The audit log as a staff page, and the addresses of the room's staff pages."""

import django_filters
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from library.models import User
from library.sign_in import views
from library.staff_reports import StaffReportView

RIGHT = "library.read_audit_log"


def action_label(entry: ModelLogEntry) -> str:
    formatter = registry.get_formatter(entry)
    return str(formatter.label) if formatter else entry.action


def details(entry: ModelLogEntry) -> str:
    """The details of an entry in one line; "" when there are none."""
    parts = (
        f"{name}: {', '.join(value) if isinstance(value, list) else value}" for name, value in entry.data.items()
        if isinstance(value, (str, int, list))
    )  # fmt: skip
    return "; ".join(parts)


class AuditFilterSet(WagtailFilterSet):
    timestamp = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=registry.get_choices)
    user = django_filters.ModelChoiceFilter(label=_("User"), queryset=lambda request: User.objects.all())
    label = django_filters.CharFilter(label=_("Name"), lookup_expr="icontains")

    class Meta:
        model = ModelLogEntry
        fields = ["timestamp", "action", "user", "label"]


class AuditLogView(StaffReportView):
    """Everything recorded about rows, accounts and sign-ins, newest first. Pages have their own history."""

    right = RIGHT
    model = ModelLogEntry
    filterset_class = AuditFilterSet
    page_title = _("Audit log")
    header_icon = "history"
    index_url_name = "library_audit_log"
    index_results_url_name = "library_audit_log_results"
    columns = [
        DateColumn("timestamp", label=_("Date")),
        Column("user_display_name", label=_("User")),
        Column("action", label=_("Action"), accessor=action_label),
        Column("object_verbose_name", label=_("Type")),
        Column("label", label=_("Name")),
        Column("details", label=_("Details"), accessor=details),
    ]
    list_export = [
        "timestamp",
        "user_display_name",
        "action",
        "object_verbose_name",
        "object_id",
        "label",
        "data",
    ]
    export_headings = {
        "timestamp": _("Date"), "user_display_name": _("User"), "action": _("Action"),
        "object_verbose_name": _("Type"), "object_id": _("Number"), "label": _("Name"), "data": _("Details"),
    }  # fmt: skip

    def get_queryset(self):
        return ModelLogEntry.objects.select_related("user__wagtail_userprofile", "content_type")

    def get_filename(self) -> str:
        return "audit-log"


class AuditLogMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(RIGHT)


def addresses() -> list:
    """Staff pages of the room that belong to no viewset (hook `register_admin_urls`)."""
    return [
        path("reports/audit-log/", AuditLogView.as_view(), name="library_audit_log"),
        path(
            "reports/audit-log/results/",
            AuditLogView.as_view(results_only=True),
            name="library_audit_log_results",
        ),
        path("users/<int:pk>/second-factor/", views.reset_for, name="library_second_factor_reset"),
    ]


def menu_item() -> AuditLogMenuItem:
    return AuditLogMenuItem(
        _("Audit log"), reverse("library_audit_log"), name="audit-log", icon_name="history", order=1010
    )
