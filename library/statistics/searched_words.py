"""What readers look for and do not find, as a staff page and as a table."""

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn

from library.models import SearchedWords
from library.staff_reports import StaffReportView

RIGHT = "library.read_statistics"


class SearchedWordsFilterSet(WagtailFilterSet):
    words = django_filters.CharFilter(label=_("Words"), lookup_expr="icontains")
    found = django_filters.ChoiceFilter(
        label=_("Found"),
        choices=[("nothing", _("Nothing, every time")), ("sometimes", _("Nothing, at times"))],
        method="filter_found",
    )

    class Meta:
        model = SearchedWords
        fields = ["words", "found"]

    def filter_found(self, rows: QuerySet[SearchedWords], _name: str, value: str) -> QuerySet[SearchedWords]:
        if value == "nothing":
            return rows.filter(without_hits__gte=F("count"))
        return rows.filter(without_hits__gt=0)


class SearchedWordsView(StaffReportView):
    """Words that were searched for on five different days or more, the most searched first."""

    right = RIGHT
    model = SearchedWords
    filterset_class = SearchedWordsFilterSet
    page_title = _("What readers look for")
    header_icon = "search"
    index_url_name = "library_searches"
    index_results_url_name = "library_searches_results"
    default_ordering = "-count"
    columns = [
        Column("words", label=_("Words"), sort_key="words"),
        Column("count", label=_("Searches"), sort_key="count"),
        Column("without_hits", label=_("Found nothing"), sort_key="without_hits"),
        Column("days", label=_("Different days"), sort_key="days"),
        DateColumn("last_day", label=_("Last searched"), sort_key="last_day"),
    ]
    list_export = ["words", "count", "without_hits", "days", "last_day"]
    export_headings = {
        "words": _("Words"), "count": _("Searches"), "without_hits": _("Found nothing"),
        "days": _("Different days"), "last_day": _("Last searched"),
    }  # fmt: skip

    def get_queryset(self) -> QuerySet[SearchedWords]:
        self.queryset = SearchedWords.objects.exclude(words="")
        return super().get_queryset()

    def get_filename(self) -> str:
        return "searches"


class SearchedWordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


def addresses() -> list[URLPattern]:
    """The page, and its table alone (hook `register_admin_urls`)."""
    return [
        path("reports/searches/", SearchedWordsView.as_view(), name="library_searches"),
        path(
            "reports/searches/results/",
            SearchedWordsView.as_view(results_only=True),
            name="library_searches_results",
        ),
    ]


def menu_item() -> SearchedWordsMenuItem:
    return SearchedWordsMenuItem(
        _("What readers look for"),
        reverse_lazy("library_searches"),
        name="searches",
        icon_name="search",
        order=915,
    )
