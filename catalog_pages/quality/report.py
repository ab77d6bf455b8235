"""What is amiss in the catalogue, as a staff page and as a table."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column

from catalog_pages.keyset import beginnings
from catalog_pages.models import Finding, Item, Record
from catalog_pages.quality.findings import counts
from library.models import Branch
from library.staff_reports import StaffReportView

RIGHT = "catalog_pages.change_record"
MOST_LISTED = 10_000  # what nobody pages through: there are filters, and the table
MOST_EXPORTED = 100_000
_SOURCE_LENGTH = 50


class FirstThousands(WagtailPaginator):
    """Pages of the first ten thousand rows: a catalogue has hundreds of thousands, and counting them takes long."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list.values_list("pk")[:MOST_LISTED])


def _sources(*_args: Any) -> list[tuple[str, str]]:
    return [(source, source) for source in beginnings(Record, "source", where={}, length=_SOURCE_LENGTH)]


class FindingFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("What is amiss"), choices=Finding.Kind.choices)
    source = django_filters.ChoiceFilter(label=_("source"), choices=_sources, field_name="record__source")
    branch = django_filters.ModelChoiceFilter(
        label=_("Library"),
        queryset=lambda request: Branch.objects.order_by("position", "code"),
        method="filter_branch",
    )

    class Meta:
        model = Finding
        fields = ["kind", "source", "branch"]

    def filter_branch(self, rows: QuerySet[Finding], _name: str, branch: Branch) -> QuerySet[Finding]:
        return rows.filter(Exists(Item.objects.filter(record=OuterRef("record_id"), branch=branch)))


class RecordColumn(Column):
    """The title of a record, leading to its form, or to its page where there is none."""

    def get_cell_context_data(self, instance: Finding, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        context["value"] = record_link(instance.record, AdminURLFinder(request.user).get_edit_url)
        return context


def record_link(record: Record, edit_url: Any) -> SafeString:
    address = edit_url(record) or record.get_absolute_url()
    return format_html('<a href="{}">{}</a>', address, Truncator(record.title).chars(120) or record.pk)


class QualityView(StaffReportView):
    """Records to look at again, the latest first, with the number of each kind."""

    right = RIGHT
    model = Finding
    template_name = "catalog_pages/quality/report.html"
    filterset_class = FindingFilterSet
    paginator_class = FirstThousands
    page_title = _("Quality of the catalogue")
    header_icon = "warning"
    index_url_name = "catalogue_quality"
    index_results_url_name = "catalogue_quality_results"
    columns = [
        RecordColumn("record", label=_("Record")),
        Column("kind", label=_("What is amiss"), accessor="get_kind_display"),
        Column("detail", label=_("What is written")),
        Column("source", label=_("Source"), accessor="record.source"),
        Column("control_number", label=_("Control number"), accessor="record.control_number"),
    ]
    list_export = ["record.source", "record.control_number", "record.title", "get_kind_display", "detail"]
    export_headings = {
        "record.source": _("Source"), "record.control_number": _("Control number"), "record.title": _("Title"),
        "get_kind_display": _("What is amiss"), "detail": _("What is written"),
    }  # fmt: skip

    def get_queryset(self) -> QuerySet[Finding]:
        rows = Finding.objects.select_related("record").order_by("-record_id", "kind")
        return rows.only(
            "kind", "detail", "record__id", "record__title", "record__source", "record__control_number"
        )

    def as_spreadsheet(self, queryset: QuerySet[Finding], spreadsheet_format: str) -> HttpResponseBase:
        return super().as_spreadsheet(queryset[:MOST_EXPORTED], spreadsheet_format)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only and not self.is_export:
            found = counts()
            context["kinds"] = [(kind, kind.label, found.get(kind, 0)) for kind in Finding.Kind]
            context["chosen_kind"] = self.request.GET.get("kind", "")
        return context

    def get_filename(self) -> str:
        return "quality"


class QualityMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


def addresses() -> list[URLPattern]:
    """The page, and its table alone (hook ``register_admin_urls``)."""
    return [
        path("catalogue/quality/", QualityView.as_view(), name="catalogue_quality"),
        path(
            "catalogue/quality/results/",
            QualityView.as_view(results_only=True),
            name="catalogue_quality_results",
        ),
    ]


def menu_item() -> QualityMenuItem:
    return QualityMenuItem(
        _("Quality"), reverse_lazy("catalogue_quality"), name="quality", icon_name="warning", order=800
    )
