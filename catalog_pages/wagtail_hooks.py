from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from catalog_pages.demo import load_catalogue
from catalog_pages.e_resources import checking, staff
from catalog_pages.e_resources.demo import load_e_resources
from catalog_pages.e_resources.services import USED, end_trials
from catalog_pages.electronic.copies import copies_panel
from catalog_pages.headings import count_changes
from catalog_pages.oai.records import RecordProvider
from catalog_pages.sources import RecordSource
from library.schedule import Scheduled
from library.statistics import Statistic


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


register_snippet(staff.EResourceSubjectViewSet)


@hooks.register("register_demo_content", order=35)  # behind the home pages, below which it stands
def e_resource_demo():
    return load_e_resources


@hooks.register("register_statistics")
def e_resource_uses():
    return Statistic(USED, _("Electronic resources opened"), _("By resource; nothing about readers is kept."))


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


@hooks.register("register_admin_urls")
def e_resource_staff_pages():
    return staff.addresses()


@hooks.register("register_catalogue_menu_item")
def e_resource_menu_item():
    return staff.menu_item()


@hooks.register("register_record_panel", order=10)
def digital_copies():
    return copies_panel
