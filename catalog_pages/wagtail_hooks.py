from datetime import time, timedelta

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from catalog_pages import cover_pictures
from catalog_pages.authorities import heading_views
from catalog_pages.authorities.addresses import address_of
from catalog_pages.authorities.following import move_references
from catalog_pages.cataloguing import staff as cataloguing
from catalog_pages.cataloguing.hosts import link_changed, link_hosts
from catalog_pages.choosers import record_chooser
from catalog_pages.class_schemes.staff import CallNumberRuleViewSet, ClassificationViewSet, ClassRangeViewSet
from catalog_pages.demo import load_catalogue
from catalog_pages.e_resources import checking, staff
from catalog_pages.e_resources.demo import load_e_resources
from catalog_pages.e_resources.services import USED, end_trials
from catalog_pages.electronic.copies import copies_panel
from catalog_pages.figures import measures
from catalog_pages.headings import count_changes
from catalog_pages.importing import staff as imports
from catalog_pages.items import clock_views, register_views
from catalog_pages.items import menu as items_menu
from catalog_pages.items.viewsets import NumberSeriesViewSet
from catalog_pages.lists.blocks import ListOfBooksBlock
from catalog_pages.lists.demo import load_lists
from catalog_pages.oai.records import RecordProvider
from catalog_pages.periodicals import menu as periodicals_menu
from catalog_pages.quality import report as quality
from catalog_pages.sources import RecordSource
from catalog_pages.stocktaking import menu as stocktaking_menu
from library.models import Authority
from library.schedule import Scheduled
from library.statistics import Statistic


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


@hooks.register("register_demo_content", order=40)
def lists_demo():
    return load_lists


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


hooks.register("register_admin_urls", items_menu.addresses)
hooks.register("register_catalogue_menu_item", items_menu.items)
hooks.register("register_catalogue_menu_item", items_menu.register)
hooks.register("construct_homepage_panels", clock_views.add_panel)
hooks.register("construct_homepage_panels", register_views.add_panel)
hooks.register("register_admin_urls", periodicals_menu.addresses)
hooks.register("register_catalogue_menu_item", periodicals_menu.periodicals)
hooks.register("register_schedule", periodicals_menu.schedule)
register_snippet(NumberSeriesViewSet)


@hooks.register("register_snippet_listing_buttons")
def page_of_entry(snippet, user, next_url=None):
    if isinstance(snippet, Authority):
        yield Button(
            _("Page for readers"), url=address_of(snippet.pk, snippet.kind), icon_name="view", priority=30
        )


hooks.register("register_admin_urls", heading_views.addresses)
hooks.register("register_admin_urls", quality.addresses)
hooks.register("register_catalogue_menu_item", quality.menu_item)
hooks.register("register_admin_urls", stocktaking_menu.addresses)
hooks.register("register_catalogue_menu_item", stocktaking_menu.stocktaking)
hooks.register("register_catalogue_menu_item", stocktaking_menu.weeding)
hooks.register("register_permissions", stocktaking_menu.rights)
hooks.register("register_retention", stocktaking_menu.retention)
register_snippet(ClassificationViewSet)
register_snippet(ClassRangeViewSet)
register_snippet(CallNumberRuleViewSet)


@hooks.register("register_schedule")
def article_links():
    """What came since the last turn, every few minutes; at night also articles that were there before their host."""
    return [
        Scheduled(
            name="hosts",
            label=_("Link new articles to what they stand in"),
            run=link_changed,
            every=timedelta(minutes=5),
        ),
        Scheduled(
            name="hosts-all",
            label=_("Link all articles to what they stand in"),
            run=link_hosts,
            at=time(3, 40),
        ),
    ]


register_snippet(staff.EResourceSubjectViewSet)


@hooks.register("register_demo_content", order=35)  # behind the home pages, below which it stands
def e_resource_demo():
    return load_e_resources


@hooks.register("register_statistics")
def e_resource_uses():
    return Statistic(
        USED,
        _("Electronic resources opened"),
        _("By resource; nothing about readers is kept."),
        public=True,
    )


hooks.register("register_statistics", measures)


@hooks.register("register_schedule")
def e_resource_schedule():
    return [
        Scheduled(
            name="e_resource_trials",
            label=_("End trials of electronic resources"),
            run=end_trials,
            at=time(0, 10),
        ),
        Scheduled(
            name="e_resource_links",
            label=_("Check the links of electronic resources"),
            run=checking.check_when_due,
            at=time(3, 0),
        ),
    ]


hooks.register("register_admin_urls", cataloguing.addresses)
hooks.register("register_catalogue_menu_item", cataloguing.menu_item)


@hooks.register("register_admin_urls")
def e_resource_staff_pages():
    return staff.addresses()


@hooks.register("register_catalogue_menu_item")
def e_resource_menu_item():
    return staff.menu_item()


@hooks.register("register_record_panel", order=10)
def digital_copies():
    return copies_panel


hooks.register("register_admin_urls", imports.addresses)
hooks.register("register_catalogue_menu_item", imports.imports_item)
hooks.register("register_catalogue_menu_item", imports.duplicates_item)
hooks.register("register_file_access", imports.rejected_records)
hooks.register("register_file_access", imports.reasons)
hooks.register("register_log_actions", imports.log_actions)
hooks.register("register_schedule", imports.schedule)
