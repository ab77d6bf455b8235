from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.branch_panels import clubs_panel
from home.demo import load_site
from home.news import staff as news
from home.sources import BranchSource, EResourceSource, NewsSource, PageSource
from home.start_texts import ask_for_the_kind
from home.views.branches import branch_page
from home.views.old_addresses import import_old_addresses


@hooks.register("before_serve_page")
def remember_the_page(page: Page, request: HttpRequest, _args, _kwargs) -> None:
    """The language switch leads from a page to its own translations; pages are kept for other readers."""
    request.served_page = page
    request.may_be_kept = True


@hooks.register("register_admin_urls")
def old_addresses():
    """In the place of Wagtail's own import of redirects, which checks neither pages nor loops."""
    return [path("redirects/import/", import_old_addresses, name="import_old_addresses")]


@hooks.register("before_create_page")
def kind_of_a_new_service(request: HttpRequest, parent: Page, page_class: type[Page]):
    """A service begins with the texts of its kind."""
    return ask_for_the_kind(request, parent, page_class)


@hooks.register("register_search_source")
def page_source() -> PageSource:
    return PageSource()


@hooks.register("register_search_source")
def e_resource_source() -> EResourceSource:
    return EResourceSource()


@hooks.register("register_search_source")
def branch_source() -> BranchSource:
    return BranchSource()


@hooks.register("register_demo_content", order=30)
def site_demo():
    return load_site


@hooks.register("register_branch_page")
def page_of_a_library():
    return branch_page


@hooks.register("register_search_source")
def news_source() -> NewsSource:
    return NewsSource()


@hooks.register("register_admin_viewset")
def news_listing():
    return news.news_listing


register_snippet(news.NewsCategoryViewSet)
hooks.register("register_admin_urls", news.addresses)
hooks.register("register_page_listing_more_buttons", news.buttons)
hooks.register("register_page_header_buttons", news.buttons)


@hooks.register("register_branch_panel", order=40)
def clubs_of_a_library():
    return clubs_panel
