from datetime import timedelta

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from catalog_pages import cover_pictures
from catalog_pages.choosers import record_chooser
from catalog_pages.demo import load_catalogue
from catalog_pages.headings import count_changes
from catalog_pages.lists.blocks import ListOfBooksBlock
from catalog_pages.oai.records import RecordProvider
from catalog_pages.sources import RecordSource
from library.schedule import Scheduled


@hooks.register("register_search_source")
def record_source():
    return RecordSource()


@hooks.register("register_oai_provider")
def record_provider():
    return RecordProvider()


@hooks.register("register_demo_content", order=20)
def catalogue_demo():
    return load_catalogue


@hooks.register("register_schedule")
def heading_counts():
    return Scheduled(
        name="headings",
        label=_("Count authors and subjects for browsing"),
        run=count_changes,
        every=timedelta(seconds=20),
    )


# What staff do in the catalogue; each subject of the room adds its own by this hook.
catalogue_menu = Menu(
    register_hook_name="register_catalogue_menu_item", construct_hook_name="construct_catalogue_menu"
)


@hooks.register("register_admin_menu_item")
def catalogue_menu_item():
    return SubmenuMenuItem(_("Catalogue"), catalogue_menu, name="catalogue", icon_name="list-ul", order=110)


@hooks.register("register_home_block")
def list_of_books_block():
    return "list_of_books", ListOfBooksBlock()


@hooks.register("register_admin_viewset")
def choosing_records():
    return record_chooser


@hooks.register("register_admin_urls")
def cover_addresses():
    return [path("", include(cover_pictures))]


@hooks.register("insert_global_admin_css")
def covers_in_lists():
    return format_html('<link rel="stylesheet" href="{}">', static("css/covers_admin.css"))
