from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.models import Page

from home.demo import load_site
from home.sources import BranchSource, EResourceSource, PageSource
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
