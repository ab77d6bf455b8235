"""What waits for the shelf longer than it may (A23): the report, and the panel on the first page of the staff."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn

from catalog_pages.items import clock
from catalog_pages.items.staff import CHANGE, VIEW
from catalog_pages.models import Item
from library.models import Branch
from library.permissions import EVERY_BRANCH, editable_branches
from library.staff_reports import StaffReportView


class WaitingFilterSet(WagtailFilterSet):
    branch = django_filters.ModelChoiceFilter(
        label=_("Library"), queryset=lambda request: Branch.objects.all()
    )
    which = django_filters.ChoiceFilter(
        label=_("Which"),
        choices=[("all", _("All that wait"))],
        empty_label=_("More than fifteen working days"),
        method="choose",
    )

    class Meta:
        model = Item
        fields = ["branch", "which"]

    def choose(self, rows: QuerySet[Item], _name: str, _value: str) -> QuerySet[Item]:
        return rows


class WaitingReport(StaffReportView):
    """Copies that arrived and do not stand on the shelf, the oldest first; by default those that are late."""

    right = VIEW
    model = Item
    filterset_class = WaitingFilterSet
    page_title = _("Waiting for the shelf")
    header_icon = "history"
    index_url_name = "catalogue_items:waiting"
    index_results_url_name = "catalogue_items:waiting_results"
    paginate_by = 50
    columns = [
        TitleColumn("item", label=_("Item"), accessor=str, url_name="catalogue_items:item"),
        Column("title", label=_("Title"), accessor="record.title"),
        Column("branch", label=_("Library"), accessor="branch"),
        Column("arrived_on", label=_("Arrived on"), accessor=lambda item: date_format(item.arrived_on)),
        Column("days", label=_("Working days"), accessor="working_days"),
    ]
    list_export = ["barcode", "accession_number", "record.title", "branch.code", "arrived_on", "status"]
    export_headings = {
        "barcode": _("Barcode"), "accession_number": _("Accession number"), "record.title": _("Title"),
        "branch.code": _("Library"), "arrived_on": _("Arrived on"), "status": _("Status"),
    }  # fmt: skip

    def get_queryset(self) -> QuerySet[Item]:
        rows = clock.waiting() if self.request.GET.get("which") == "all" else clock.late()
        return rows.select_related("record", "branch").order_by("arrived_on", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        days = clock.days_waited(context["object_list"])
        for item in context["object_list"]:
            item.working_days = days.get(item.pk, "")
        return context

    def get_filename(self) -> str:
        return "waiting-for-the-shelf"


class WaitingPanel(Component):
    """How many copies of one's own libraries are late, and since when."""

    name = "waiting_for_shelf"
    template_name = "catalog_pages/items/waiting_panel.html"
    order = 220

    def __init__(self, late: dict[str, Any]) -> None:
        self.late = late

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.late


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who change copies, where anything is late (hook ``construct_homepage_panels``)."""
    user = request.user
    if not user.has_perm(CHANGE) or not clock.may_be_late():
        return
    branches = None if user.has_perm(EVERY_BRANCH) else editable_branches(user)
    rows = clock.late(branches)
    count = rows.count()
    if count:
        panels.append(WaitingPanel({"count": count, "oldest": rows.aggregate(day=Min("arrived_on"))["day"]}))
