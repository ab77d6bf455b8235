"""News for staff: their list, their categories, their announcements."""

from collections.abc import Iterator

import django_filters
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import NewsCategory, NewsPage
from home.news.publishing import announced
from library.announcements.views import announcement_page
from library.models import Branch

VIEW, CHANGE = "home.view_newspage", "home.change_newspage"


class NewsCategoryViewSet(SnippetViewSet):
    model = NewsCategory
    icon = "tag"
    list_display = ["__str__", "slug", "position"]
    menu_label = _("Categories of news")
    search_fields = ["slug"]
    search_backend_name = None


class NewsFilterSet(PageFilterSet):
    categories = django_filters.ModelMultipleChoiceFilter(
        label=_("Category"), queryset=NewsCategory.objects.all(), widget=CheckboxSelectMultiple
    )
    branch = django_filters.ModelMultipleChoiceFilter(
        label=_("Library"), queryset=Branch.objects.on_site(), widget=CheckboxSelectMultiple
    )

    class Meta:
        model = NewsPage
        fields = ["categories", "branch"]


class _NewsRight:
    """The list of news is for those who work with news."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class NewsListView(_NewsRight, IndexView):
    """News of all lists, the newest first."""

    default_ordering = "-date"

    def get_base_queryset(self):
        return super().get_base_queryset().filter(alias_of=None).select_related("branch", "locale")


class NewsParentView(_NewsRight, ChooseParentView):
    """In which list a new item is to stand; with one list nobody is asked."""


class NewsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


class NewsListing(PageListingViewSet):
    """News in the menu, the shortest way to write one from a phone."""

    model = NewsPage
    index_view_class = NewsListView
    choose_parent_view_class = NewsParentView
    filterset_class = NewsFilterSet
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 105
    add_to_admin_menu = True
    menu_item_class = NewsMenuItem
    columns = [
        *(column for column in IndexView.base_columns if column.name in ("bulk_actions", "title", "status")),
        DateColumn("date", label=_("Date"), sort_key="date"),
        Column("branch", label=_("Library")),
    ]


news_listing = NewsListing("news", url_prefix="news")


def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts and pictures that tell of a news item elsewhere, for those who may change it."""
    page = get_object_or_404(NewsPage.objects.select_related("locale", "branch", "picture"), pk=pk)
    if not request.user.has_perm(CHANGE) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return announcement_page(
        request, announced(page), back=reverse("wagtailadmin_pages:edit", args=[page.pk])
    )


def addresses() -> list[URLPattern]:
    return [path("news/<int:pk>/announcement/", announcement, name="news_announcement")]


def buttons(page: Page, user: object, *_args: object, **_kwargs: object) -> Iterator[Button]:
    """The way to the announcement, in lists of pages and above the form."""
    is_news = page.specific_class is NewsPage
    if is_news and user.has_perm(CHANGE) and page.permissions_for_user(user).can_edit():  # type: ignore[attr-defined]
        address = reverse("news_announcement", args=[page.pk])
        yield Button(_now("Announcement"), url=address, icon_name="clipboard-list", priority=25)
