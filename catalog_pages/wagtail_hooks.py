from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from catalog_pages.demo import load_catalogue
from catalog_pages.headings import count_changes
from catalog_pages.importing import staff as imports
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


hooks.register("register_admin_urls", imports.addresses)
hooks.register("register_catalogue_menu_item", imports.imports_item)
hooks.register("register_catalogue_menu_item", imports.duplicates_item)
hooks.register("register_file_access", imports.rejected_records)
hooks.register("register_file_access", imports.reasons)
hooks.register("register_log_actions", imports.log_actions)
hooks.register("register_schedule", imports.schedule)
