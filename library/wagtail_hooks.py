from django.contrib.auth.models import Permission
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from library import accounts, audit, index_health, job_views, permissions, reports
from library.aliases import make_aliases
from library.announcements import views as announcements
from library.authorities import MERGED
from library.authority_views import AuthorityViewSet
from library.deletion import obstacles, refuse
from library.demo import load_library
from library.editing import SeenVersionForm
from library.files.access import FileAccess
from library.forms import BranchForm, DepartmentForm, StaffMemberForm
from library.housekeeping import retention_entries, scheduled_tasks
from library.limits import LIMITED
from library.models import Branch, Department, MovedWorkingDay, PortalImage, PublicHoliday, StaffMember
from library.statistics import Statistic, searched_words, searches
from library.timetable.views import may_change_hours
from library.viewsets import BranchEditView


class BranchViewSet(SnippetViewSet):
    model = Branch
    edit_handler = ObjectList(Branch.panels, base_form_class=BranchForm)
    edit_view_class = BranchEditView
    icon = "home"
    list_display = ["__str__", "code", "get_kind_display", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["code", "name"]
    search_backend_name = None


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ["__str__", "branch"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "branch", "about", "phone", "email", "position")],
        base_form_class=DepartmentForm,
    )


class StaffMemberViewSet(SnippetViewSet):
    model = StaffMember
    icon = "user"
    list_display = ["name", "department", "show_on_site"]
    list_filter = ["department", "show_on_site"]
    search_fields = ["name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "name",
                "department",
                "role",
                "phone",
                "email",
                "photograph",
                "show_on_site",
                "position",
            )
        ],
        base_form_class=StaffMemberForm,
    )


class PublicHolidayViewSet(SnippetViewSet):
    model = PublicHoliday
    icon = "date"
    list_display = ["__str__", "first_day", "last_day", "every_year", "is_proposed"]
    list_filter = ["every_year", "is_proposed"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "first_day", "last_day", "every_year", "is_proposed")],
        base_form_class=SeenVersionForm,
    )


class MovedWorkingDayViewSet(SnippetViewSet):
    model = MovedWorkingDay
    icon = "date"
    list_display = ["day_off", "day_worked", "reason"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("day_off", "day_worked", "reason")], base_form_class=SeenVersionForm
    )


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


@hooks.register("register_retention")
def library_retention():
    return retention_entries()


@hooks.register("register_schedule")
def library_schedule():
    return scheduled_tasks()


@hooks.register("register_admin_urls")
def background_work_urls():
    return [
        path("background-work/", job_views.BackgroundWorkView.as_view(), name="background_work"),
        path("background-work/progress/", job_views.progress, name="background_work_progress"),
        path("background-work/jobs/<uuid:job_id>/retry/", job_views.retry_job, name="background_work_retry"),
        path("background-work/schedule/<str:name>/", job_views.run_scheduled, name="background_work_run"),
        path("background-work/letters/<int:pk>/", job_views.send_letter_again, name="background_work_letter"),
    ]


class BackgroundWorkMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(job_views.PERMISSION)


@hooks.register("register_reports_menu_item")
def background_work_menu_item():
    return BackgroundWorkMenuItem(
        _("Background work"), reverse("background_work"), name="background-work", icon_name="tasks", order=900
    )


@hooks.register("register_permissions")
def background_work_permission():
    return Permission.objects.filter(content_type__app_label="library", codename="manage_jobs")


hooks.register("register_log_actions", audit.register_actions)
hooks.register("before_edit_snippet", permissions.check_edit)
hooks.register("before_delete_snippet", permissions.check_delete)
hooks.register("register_permissions", accounts.special_rights)
hooks.register("register_group_permission_panel", accounts.role_panel)
hooks.register("register_account_settings_panel", accounts.second_factor_panel)
hooks.register("register_user_listing_buttons", accounts.account_buttons)
hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)
hooks.register("register_admin_urls", searched_words.addresses)
hooks.register("register_reports_menu_item", searched_words.menu_item)
hooks.register("register_admin_urls", index_health.addresses)
hooks.register("construct_homepage_panels", index_health.add_panel)
hooks.register("register_admin_urls", announcements.addresses)
hooks.register("register_reports_menu_item", announcements.menu_item)
hooks.register("register_schedule", announcements.schedule)
hooks.register("construct_homepage_panels", announcements.add_panel)
hooks.register("register_statistics", searches.statistics)
hooks.register("register_retention", searches.retention_entries)


@hooks.register("register_log_actions")
def authority_log_actions(actions):
    actions.register_action(MERGED, _("Merge"), _("Merged another entry into this one"))


@hooks.register("after_create_page")
def alias_new_page(_request, page):
    make_aliases(page=page)


@hooks.register("after_copy_page")
def alias_copied_page(_request, _page, new_page):
    make_aliases(page=new_page)


@hooks.register("register_admin_urls")
def timetable_urls():
    return [path("hours/", include("library.timetable.urls"))]


@hooks.register("register_admin_urls")
def statistics_urls():
    return [path("statistics/", include("library.statistics.urls"))]


@hooks.register("register_snippet_listing_buttons")
def hours_button(snippet, user, next_url=None):
    if isinstance(snippet, Branch) and may_change_hours(user, snippet):
        address = reverse("timetable:week", args=[snippet.code])
        yield Button(_("Opening hours"), url=address, icon_name="time", priority=15)


class HoursMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("library.change_branch")


@hooks.register("register_reports_menu_item")
def year_menu_item():
    return HoursMenuItem(
        _("Opening hours of the year"), reverse_lazy("timetable:this_year"), icon_name="date", order=900
    )


# After whatever asks for the right to delete at all.
@hooks.register("before_delete_snippet", order=100)
def refuse_deletion(request, objects):
    """One or several, of whatever room: what others need is not deleted, and the page says who needs it."""
    found = obstacles(*objects)
    return refuse(request, objects, found) if found else None


@hooks.register("register_file_access")
def original_pictures():
    return FileAccess(
        "picture",
        PortalImage,
        file=lambda image: image.file,
        may_read=lambda principal, image: principal.has_perm("wagtailadmin.access_admin"),
    )


@hooks.register("register_reports_menu_item")
def statistics_menu_item():
    return StatisticsMenuItem(
        _("Statistics"), reverse_lazy("statistics:report"), icon_name="table", order=910
    )


class StatisticsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("library.read_statistics")


@hooks.register("register_statistics")
def refused_requests():
    return Statistic(
        LIMITED, _("Requests above the limit"), _("Once for each visitor and pause, by address.")
    )
