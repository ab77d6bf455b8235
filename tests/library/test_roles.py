"""Every staff address × role × own and other library."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.admin.viewsets import viewsets

from catalog_pages.models import NumberSeries
from library import models
from library.authorities import find_or_create
from library.models import Department, PublicHoliday, Role, StaffMember
from library.roles import EVERYTHING, ROLES, group_of, keep_roles, rights_of
from tests.factories.catalog_pages import (
    AccessionFactory,
    ItemFactory,
    RecordFactory,
    StocktakingFactory,
    SubscriptionFactory,
    WeedingListFactory,
)
from tests.factories.home import make_site
from tests.factories.library import BranchFactory, UserFactory
from tests.factories.news import make_category, make_news, make_news_index

pytestmark = pytest.mark.django_db

ANY = ("view", "add", "change", "delete")
# What each page of a list of rows asks for: one of these actions, and whether for this row's own library.
VIEWS = {
    "list": (ANY, False), "list_results": (ANY, False), "add": (("add",), False), "copy": (("add",), False),
    "edit": (("change",), True), "delete": (("delete",), True), "usage": (("change",), False),
    "history": (ANY[1:], False), "history_results": (ANY[1:], False), "merge": (("change",), False),
    "preview_on_add": (("add",), False), "preview_on_edit": (("change",), True),
}  # fmt: skip
SNIPPETS = ["Branch", "Department", "StaffMember", "PublicHoliday", "MovedWorkingDay", "Authority"]
OF_OTHER_ROOMS = ["catalog_pages.EResourceSubject", "home.NewsCategory"]
OF_A_BRANCH = {"Branch", "Department", "StaffMember"}


@dataclass(frozen=True)
class Address:
    """A staff page: where, which rights open it (one is enough), and whether a row of another library stays shut."""

    name: str
    rights: tuple[str, ...]
    row: str = ""
    own_only: bool = False

    def url(self, rows):
        return reverse(self.name, args=[rows[self.row]] if self.row else [])


def snippet_addresses():
    for label in [*(f"library.{name}" for name in SNIPPETS), *OF_OTHER_ROOMS]:
        model = apps.get_model(label)
        name, viewset = model.__name__, model.snippet_viewset
        for pattern in viewset.get_urlpatterns():
            actions, own_only = VIEWS[pattern.name]
            yield Address(
                viewset.get_url_name(pattern.name),
                tuple(f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in actions),
                name if "<int:pk>" in str(pattern.pattern) else "",
                own_only and name in OF_A_BRANCH,
            )


def number_series_addresses():
    viewset = NumberSeries.snippet_viewset
    for pattern in viewset.get_urlpatterns():
        actions, own_only = VIEWS[pattern.name]
        yield Address(
            viewset.get_url_name(pattern.name),
            tuple(f"catalog_pages.{action}_numberseries" for action in actions),
            "NumberSeries" if "<int:pk>" in str(pattern.pattern) else "",
            own_only,
        )


def of_the_catalogue(prefix, views):
    """Pages of ours: address name to model, actions, row, and whether rows of other libraries stay shut."""
    for name, (model, actions, row, own_only) in views.items():
        yield Address(
            f"{prefix}:{name}", tuple(f"catalog_pages.{action}_{model}" for action in actions), row, own_only
        )


ITEMS = {
    "list": ("item", ANY, "", False), "item": ("item", ANY, "Item", False),
    "delete": ("item", ("delete",), "Item", True),
    "find": ("item", ("add",), "", False), "add": ("item", ("add",), "Record", False),
    "shelf": ("item", ("change",), "", False), "status": ("item", ("change",), "", False),
    "send": ("item", ("change",), "", False), "receive": ("item", ("change",), "", False),
    "moves": ("item", ANY, "", False), "labels": ("item", ANY, "", False), "colours": ("item", ANY, "", False),
    "waiting": ("item", ("view",), "", False), "waiting_results": ("item", ("view",), "", False),
    "register": ("accession", ANY, "", False), "accession_add": ("accession", ("add",), "", False),
    "due": ("accession", ANY, "", False), "accession": ("accession", ANY, "Accession", False),
}  # fmt: skip
PERIODICALS = {
    "list": ("subscription", ANY, "", False), "find": ("subscription", ("add",), "", False),
    "subscribe": ("subscription", ("add",), "Record", False), "today": ("subscription", ANY, "", False),
    "late": ("subscription", ANY, "", False), "subscription": ("subscription", ANY, "Subscription", False),
    "issue_add": ("subscription", ("change",), "Subscription", True),
    "bind": ("subscription", ("change",), "Subscription", True),
    "issue": ("subscription", ("change",), "Issue", True),
}  # fmt: skip


def named(prefix, views, model):
    for view, (actions, row) in views.items():
        rights = tuple(
            f"{model.rpartition('.')[0]}.{action}_{model.rpartition('.')[2]}" for action in actions
        )
        yield Address(f"{prefix}:{view}", rights, row)


ACCOUNTS = {
    "index": (ANY, ""), "add": (("add",), ""), "edit": (("change",), "User"), "delete": (("delete",), "User"),
}  # fmt: skip
# One may look at a record with any of several rights; to change it is asked for again when it is sent.
RECORDS = {
    "list": (("view", "add", "change"), ""), "kind": (("add",), ""), "choose_host": (("add", "change"), ""),
    "edit": (("view", "change"), "Record"), "marc": (("view", "change"), "Record"),
    "delete": (("delete",), "Record"), "history": (("change",), "Record"),
}  # fmt: skip
GROUPS = ACCOUNTS | {"edit": (("change",), "Group"), "delete": (("delete",), "Group")}
COUNTS = {
    "list": (ANY, ""), "open": (("add",), ""), "count": (ANY, "Stocktaking"), "handover": (ANY, "Stocktaking"),
}  # fmt: skip
WEEDING = {"list": (ANY, ""), "new": (("add",), ""), "page": (ANY, "WeedingList")}
ADDRESSES = [
    *snippet_addresses(),
    *number_series_addresses(),
    *of_the_catalogue("catalogue_items", ITEMS),
    *of_the_catalogue("periodicals", PERIODICALS),
    *named("wagtailusers_users", ACCOUNTS, "library.user"),
    *named("wagtailusers_groups", GROUPS, "auth.group"),
    *named("cataloguing", RECORDS, "catalog_pages.record"),
    *(
        address
        for model in ("classification", "classrange", "callnumberrule")
        for address in named(
            f"wagtailsnippets_catalog_pages_{model}",
            {"list": (ANY, ""), "add": (("add",), "")},
            f"catalog_pages.{model}",
        )
    ),
    Address("library_second_factor_reset", ("library.change_user",), "User"),
    Address("library_audit_log", ("library.read_audit_log",)),
    Address("library_audit_log_results", ("library.read_audit_log",)),
    Address("import_old_addresses", ("wagtailredirects.add_redirect",)),
    Address("circulation:desk", ("library.use_desk",)),
    Address("timetable:week", ("library.change_branch",), "code of Branch", own_only=True),
    Address("timetable:preset", ("library.change_branch",), "code of Branch", own_only=True),
    Address("timetable:this_year", ("library.change_branch",)),
    Address("timetable:holidays", ("library.add_publicholiday",)),
    Address("statistics:report", ("library.read_statistics",)),
    Address("statistics:export", ("library.read_statistics",)),
    Address("library_searches", ("library.read_statistics",)),
    Address("library_searches_results", ("library.read_statistics",)),
    Address("imports:list", tuple(f"catalog_pages.{action}_import" for action in ANY)),
    Address("imports:new", ("catalog_pages.add_import",)),
    Address("duplicates:list", ("catalog_pages.delete_record",)),
    Address("catalogue_heading", ("library.change_authority",), "Heading"),
    Address("catalogue_quality", ("catalog_pages.change_record",)),
    Address("catalogue_quality_results", ("catalog_pages.change_record",)),
    *named("stocktaking", COUNTS, "catalog_pages.stocktaking"),
    Address("stocktaking:scan", ("catalog_pages.change_stocktaking",), "Stocktaking", own_only=True),
    Address("stocktaking:file", ("catalog_pages.change_stocktaking",), "Stocktaking", own_only=True),
    *named("weeding", WEEDING, "catalog_pages.weedinglist"),
    Address("weeding:rule", ("catalog_pages.change_weedinglist",), "WeedingList", own_only=True),
    Address("background_work", ("library.manage_jobs",)),
    Address("catalogue_e_resources", ("catalog_pages.view_eresourcepage",)),
    Address("catalogue_e_resources_results", ("catalog_pages.view_eresourcepage",)),
    Address("background_work_progress", ("library.manage_jobs",)),
    Address("news:index", ("home.view_newspage",)),
    Address("news:index_results", ("home.view_newspage",)),
    Address("news_announcement", ("home.change_newspage",), "NewsPage"),
    Address("library_telegram", ("library.view_telegrampost",)),
    Address("catalogue_covers:edit", ("catalog_pages.change_record",), "Record"),
]


@pytest.fixture
def rows():
    """For "own" and "other" library: one row of each kind."""
    shared = {
        "PublicHoliday": PublicHoliday.objects.create(
            name={"az": "Novruz"}, first_day="2030-03-20", last_day="2030-03-24"
        ).pk,
        "MovedWorkingDay": models.MovedWorkingDay.objects.create(
            day_off="2030-05-03", day_worked="2030-05-05"
        ).pk,
        "Authority": find_or_create(kind="place", heading="Tovuz").pk,
        "EResourceSubject": apps.get_model("catalog_pages.EResourceSubject")
        .objects.create(name={"az": "Hüquq"})
        .pk,
        "NewsCategory": make_category("Readings").pk,
        "NewsPage": make_news(make_news_index(make_site()["az"]), "Xəbər").pk,
        "Record": RecordFactory().pk,
        "Heading": apps.get_model("catalog_pages.Heading").objects.create(kind="subject", text="Word").pk,
        "User": UserFactory().pk,
        "Group": Group.objects.create(name="Choir").pk,
    }
    rows = {}
    for side in ("own", "other"):
        branch = BranchFactory()
        department = Department.objects.create(branch=branch, name={"az": "Şöbə"})
        member = StaffMember.objects.create(department=department, name="Test", role={"az": "rol"})
        of_it = {"Branch": branch.pk, "Department": department.pk, "StaffMember": member.pk}
        of_it["code of Branch"] = branch.code
        subscription = SubscriptionFactory(branch=branch)
        issue = subscription.issues.create(day=subscription.first_day, number="1")
        of_it |= {
            "Item": ItemFactory(branch=branch).pk,
            "Record": subscription.record_id,
            "Accession": AccessionFactory(branch=branch).pk,
            "Subscription": subscription.pk,
            "Issue": issue.pk,
            "NumberSeries": NumberSeries.objects.create(kind="item", branch=branch).pk,
        }
        of_it["Stocktaking"] = StocktakingFactory(branch=branch).pk
        of_it["WeedingList"] = WeedingListFactory(branch=branch).pk
        rows[side] = shared | of_it
    return rows


@pytest.fixture
def sign_in(client, rows):
    def sign_in(*groups):
        user = UserFactory()
        user.groups.set(groups)
        user.branches.set([rows["own"]["Branch"]])
        client.force_login(user)
        return client

    return sign_in


def opens(client, url):
    response = client.get(url)
    # 409: she may delete it, but other rows stand in the way.
    assert response.status_code in (200, 302, 403, 409), f"{url}: {response.status_code}"
    return response.status_code in (200, 409)


def expected(role, address, side):
    everything = set(Permission.objects.values_list("content_type__app_label", "codename"))
    rights = rights_of(role, {f"{room}.{codename}" for room, codename in everything})
    if not rights & set(address.rights):
        return False
    return side == "own" or not (address.own_only and role.own_branch_only)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_each_role_opens_what_the_table_says_and_nothing_else(role, rows, sign_in):
    client = sign_in(group_of(role.code))
    wrong = [
        f"{address.name} ({side}) {'is shut' if expected(role, address, side) else 'opens'}"
        for address in ADDRESSES
        for side in (("own", "other") if address.own_only else ("own",))
        if opens(client, address.url(rows[side])) != expected(role, address, side)
    ]
    assert not wrong


def test_a_right_taken_from_a_role_shuts_its_addresses(rows, sign_in):
    group = group_of("administrator")
    client = sign_in(group)
    still_open = []
    for address in ADDRESSES:
        codenames = [right.partition(".")[2] for right in address.rights]
        taken = list(group.permissions.filter(codename__in=codenames))
        assert taken, f"{address.name} asks for no right there is"
        group.permissions.remove(*taken)
        if opens(client, address.url(rows["own"])):
            still_open.append(address.name)
        group.permissions.add(*taken)
    assert not still_open


def test_the_list_of_addresses_is_whole():
    """Every list of rows of our rooms is in the list above; a new one makes this test fail."""
    walked = {address.name.rpartition(":")[0] for address in ADDRESSES}
    rooms = {
        "search",
        "library",
        "catalog_pages",
        "events",
        "archive",
        "enquiries",
        "circulation",
        "home",
        "portal",
    }
    there_are = {
        viewset.url_namespace
        for viewset in viewsets.viewsets
        if hasattr(getattr(viewset, "model", None), "_meta")  # Wagtail's own may name theirs by a string
        and viewset.model._meta.app_label in rooms
        and "chooser" not in viewset.url_namespace
    }
    assert there_are and there_are <= walked


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_the_table_names_only_what_there_is(role):
    names = {
        f"{room}.{code}"
        for room, code in Permission.objects.values_list("content_type__app_label", "codename")
    }
    assert set(role.special) <= names
    for key in role.models:
        room, _dot, model = key.partition(".")
        assert key == EVERYTHING or (apps.get_model(key) if model else apps.get_app_config(room))


def test_an_anonymous_visitor_is_asked_to_sign_in_everywhere(client, rows):
    for address in ADDRESSES:
        response = client.get(address.url(rows["own"]))
        assert response.status_code == 302 and response.url.startswith("/admin/login/"), address.name


class TestKeeping:
    def test_the_groups_are_there_after_migrate(self):
        assert {role.code for role in Role.objects.exclude(group=None)} == {role.code for role in ROLES}

    def test_what_an_administrator_added_stays(self):
        group = group_of("desk")
        added = Permission.objects.get(codename="read_statistics")
        group.permissions.add(added)
        call_command("migrate", verbosity=0)
        assert added in group.permissions.all()

    def test_what_an_administrator_took_away_stays_away(self):
        group = group_of("desk")
        taken = group.permissions.get(codename="use_desk")
        group.permissions.remove(taken)
        keep_roles()
        assert taken not in group.permissions.all()

    def test_a_right_that_is_new_in_the_table_is_given(self):
        role = Role.objects.get(code="desk")
        right = role.group.permissions.get(codename="use_desk")
        role.group.permissions.remove(right)
        role.given.remove("library.use_desk")
        role.save()
        keep_roles()
        assert right in role.group.permissions.all()

    def test_a_group_that_was_deleted_is_not_made_again(self):
        group_of("archivist").delete()
        keep_roles()
        with pytest.raises(LookupError):
            group_of("archivist")

    def test_keeping_twice_changes_nothing(self):
        before = list(Role.objects.values_list("code", "group", "given"))
        keep_roles()
        assert list(Role.objects.values_list("code", "group", "given")) == before

    def test_groups_can_be_renamed(self):
        group = group_of("librarian")
        group.name = "Kitabxanaçılar"
        group.save()
        keep_roles()
        assert group_of("librarian").name == "Kitabxanaçılar"


def test_no_role_edits_every_library_but_the_administrators():
    assert [role.code for role in ROLES if not role.own_branch_only] == ["administrator"]
