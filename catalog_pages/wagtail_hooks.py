from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.widgets import Button

from catalog_pages.authorities.addresses import address_of
from catalog_pages.authorities.following import move_references
from catalog_pages.demo import load_catalogue
from catalog_pages.headings import count_changes
from catalog_pages.oai.records import RecordProvider
from catalog_pages.quality import report as quality
from catalog_pages.sources import RecordSource
from library.models import Authority
from library.schedule import Scheduled


@hooks.register("register_search_source")
def record_source():
    return RecordSource()


@hooks.register("register_oai_provider")
def record_provider():
    return RecordProvider()


@hooks.register("register_authority_references")
def record_links():
    return move_references


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


@hooks.register("register_snippet_listing_buttons")
def page_of_entry(snippet, user, next_url=None):
    if isinstance(snippet, Authority):
        yield Button(
            _("Page for readers"), url=address_of(snippet.pk, snippet.kind), icon_name="view", priority=30
        )


hooks.register("register_admin_urls", quality.addresses)
hooks.register("register_catalogue_menu_item", quality.menu_item)
