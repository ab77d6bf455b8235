from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from library.aliases import make_aliases
from library.authorities import MERGED
from library.authority_views import AuthorityViewSet
from library.demo import load_library
from library.forms import BranchForm
from library.models import Branch, Department, MovedWorkingDay, PublicHoliday, StaffMember


class BranchViewSet(SnippetViewSet):
    model = Branch
    edit_handler = ObjectList(Branch.panels, base_form_class=BranchForm)
    icon = "home"
    list_display = ["__str__", "code", "get_kind_display", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["code", "name"]
    search_backend_name = None


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ["__str__", "branch"]
    panels = [FieldPanel(name) for name in ("name", "branch", "about", "phone", "email", "position")]


class StaffMemberViewSet(SnippetViewSet):
    model = StaffMember
    icon = "user"
    list_display = ["name", "department", "show_on_site"]
    list_filter = ["department", "show_on_site"]
    search_fields = ["name"]
    search_backend_name = None
    panels = [
        FieldPanel(name)
        for name in ("name", "department", "role", "phone", "email", "photograph", "show_on_site", "position")
    ]


class PublicHolidayViewSet(SnippetViewSet):
    model = PublicHoliday
    icon = "date"
    list_display = ["__str__", "first_day", "last_day", "every_year", "is_proposed"]
    list_filter = ["every_year", "is_proposed"]
    panels = [FieldPanel(name) for name in ("name", "first_day", "last_day", "every_year", "is_proposed")]


class MovedWorkingDayViewSet(SnippetViewSet):
    model = MovedWorkingDay
    icon = "date"
    list_display = ["day_off", "day_worked", "reason"]
    panels = [FieldPanel(name) for name in ("day_off", "day_worked", "reason")]


class LibraryGroup(SnippetViewSetGroup):
    menu_label = _("Library system")
    menu_icon = "home"
    menu_order = 150
    items = (
        BranchViewSet,
        DepartmentViewSet,
        StaffMemberViewSet,
        AuthorityViewSet,
        PublicHolidayViewSet,
        MovedWorkingDayViewSet,
    )


register_snippet(LibraryGroup)


@hooks.register("register_demo_content", order=10)
def library_demo():
    return load_library


@hooks.register("register_log_actions")
def authority_log_actions(actions):
    actions.register_action(MERGED, _("Merge"), _("Merged another entry into this one"))


@hooks.register("after_create_page")
def alias_new_page(_request, page):
    make_aliases(page=page)


@hooks.register("after_copy_page")
def alias_copied_page(_request, _page, new_page):
    make_aliases(page=new_page)
