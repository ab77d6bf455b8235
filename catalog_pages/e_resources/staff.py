"""Electronic resources for staff: where trials end, which links do not work, how much each is used."""

from datetime import timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog_pages.e_resources.checking import ask_for_check
from catalog_pages.e_resources.services import USED
from catalog_pages.models import EResourcePage, EResourceSubject, LinkCheck
from catalog_pages.models.e_resources import EResourceQuerySet
from library.models import DailyCount
from library.staff_reports import StaffReportView

RIGHT = "catalog_pages.view_eresourcepage"
CHECK = "catalog_pages.change_eresourcepage"
SOON = timedelta(days=30)
STATES = [
    ("ending", _("Trials that end within 30 days")),
    ("ended", _("Trials that have ended")),
    ("broken", _("Links that do not work")),
    ("unchecked", _("Links never checked")),
]


class EResourceFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("Shown"), choices=STATES, method="filter_state")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EResourcePage.Kind.choices)
    access = django_filters.ChoiceFilter(label=_("Access"), choices=EResourcePage.Access.choices)

    class Meta:
        model = EResourcePage
        fields = ["state", "kind", "access"]

    def filter_state(self, pages: EResourceQuerySet, _name: str, value: str) -> EResourceQuerySet:
        today = timezone.localdate()
        if value == "ending":
            return pages.ending(today, today + SOON)
        if value == "ended":
            return pages.ended(today)
        if value == "broken":
            return pages.filter(link_verdict__in=LinkCheck.FAULTS)
        return pages.filter(link_verdict=None)


class EResourceReport(StaffReportView):
    """Every resource once, in the language its facts are kept in."""

    right = RIGHT
    model = EResourcePage
    filterset_class = EResourceFilterSet
    page_title = _("Electronic resources")
    header_icon = "globe"
    index_url_name = "catalogue_e_resources"
    index_results_url_name = "catalogue_e_resources_results"
    default_ordering = "title_key"
    columns = [
        TitleColumn(
            "title", label=_("Title"), sort_key="title_key",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("access", label=_("Access"), accessor="get_access_display"),
        DateColumn("trial_until", label=_("Trial until"), sort_key="trial_until"),
        Column("link", label=_("State of the link"), accessor=lambda page: link_words(page)),
        DateColumn("broken_since", label=_("Broken since"), sort_key="broken_since"),
        DateColumn("checked_at", label=_("Checked"), sort_key="checked_at"),
        Column("uses", label=_("Uses in 30 days"), sort_key="uses"),
        Column("live", label=_("On the site"), accessor=lambda page: _("Yes") if page.live else _("No")),
    ]  # fmt: skip
    list_export = [
        "title", "address", "get_kind_display", "get_access_display", "trial_until", "provider", "link_words",
        "broken_since", "checked_at", "uses",
    ]  # fmt: skip
    export_headings: dict[str, Any] = {
        "title": _("Title"), "address": _("Web address"), "get_kind_display": _("Kind"),
        "get_access_display": _("Access"), "trial_until": _("Trial until"), "provider": _("Provider"),
        "link_words": _("State of the link"),
        "broken_since": _("Broken since"), "checked_at": _("Checked"), "uses": _("Uses in 30 days"),
    }  # fmt: skip
    template_name = "catalog_pages/e_resources/report.html"

    def to_row_dict(self, item: EResourcePage) -> dict[str, Any]:
        item.link_words = link_words(item)
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet[EResourcePage]:
        self.queryset = with_checks(sources())
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        may_check = settings.LINK_CHECK and self.request.user.has_perm(CHECK)
        subjects = EResourceSubjectViewSet().get_url_name("list")
        context = super().get_context_data(*args, **kwargs)
        return {**context, "may_check": may_check, "subjects_url": subjects}

    def get_filename(self) -> str:
        return "e-resources"


def sources() -> QuerySet[EResourcePage]:
    """Each resource once: the page its facts are kept on."""
    others = EResourcePage.objects.filter(alias_of=None, translation_key=OuterRef("translation_key"))
    in_own_language = others.filter(locale__language_code=settings.LANGUAGE_CODE)
    older = others.filter(pk__lt=OuterRef("pk"))
    return EResourcePage.objects.filter(alias_of=None).filter(
        Q(locale__language_code=settings.LANGUAGE_CODE) | (~Exists(in_own_language) & ~Exists(older))
    )


def with_checks(pages: QuerySet[EResourcePage]) -> QuerySet[EResourcePage]:
    """The pages with what is known of their links and how often readers went there lately."""
    check = LinkCheck.objects.filter(address=OuterRef("address"))
    since = timezone.localdate() - SOON
    uses = (
        DailyCount.objects.filter(name=USED, kind=OuterRef("slug"), day__gt=since).order_by().values("kind")
    )
    return pages.annotate(
        link_verdict=Subquery(check.values("verdict")[:1]),
        link_status=Subquery(check.values("status")[:1]),
        link_reason=Subquery(check.values("reason")[:1]),
        broken_since=Subquery(check.values("broken_since")[:1]),
        checked_at=Subquery(check.values("checked_at")[:1]),
        uses=Coalesce(Subquery(uses.annotate(sum=Sum("count")).values("sum")[:1]), 0),
    )


def link_words(page: Any) -> str:
    """The state of a link in words, with its answer: “Does not work (404)”."""
    if page.link_verdict is None:
        return str(_now("Not checked yet"))
    words = str(LinkCheck.Verdict(page.link_verdict).label)
    why = LinkCheck.Reason(page.link_reason).label if page.link_reason else page.link_status
    return f"{words} ({why})" if why and page.link_verdict != LinkCheck.Verdict.OK else words


@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Have the worker check the links at its next turn."""
    if not request.user.has_perm(CHECK):
        raise PermissionDenied
    if ask_for_check():
        messages.success(request, _now("The worker checks the links at its next turn."))
    else:
        messages.warning(request, _now("The links are being checked already, or checking is switched off."))
    return redirect("catalogue_e_resources")


class EResourceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


class EResourceSubjectViewSet(SnippetViewSet):
    """Subjects of electronic resources, reached from the report."""

    model = EResourceSubject
    icon = "tag"
    list_display = ["__str__", "main_class", "position"]
    add_to_admin_menu = False
    search_backend_name = None


def addresses() -> list[URLPattern]:
    """Staff pages (hook `register_admin_urls`)."""
    report = EResourceReport
    return [
        path("catalogue/e-resources/", report.as_view(), name="catalogue_e_resources"),
        path("catalogue/e-resources/results/", report.as_view(results_only=True),
             name="catalogue_e_resources_results"),
        path("catalogue/e-resources/check/", check_now, name="catalogue_e_resources_check"),
    ]  # fmt: skip


def menu_item() -> EResourceMenuItem:
    return EResourceMenuItem(
        _("Electronic resources"),
        reverse("catalogue_e_resources"),
        name="e-resources",
        icon_name="globe",
        order=800,
    )
