"""The audit log."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from library import audit
from library.hours import set_day, set_series
from library.models import Branch, PublicHoliday
from library.roles import group_of
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(username="nigar")
    user.groups.add(group_of("administrator"))
    client.force_login(user)
    return user


def actions():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_hours_stand_in_it_with_who_and_what(administrator):
    branch = BranchFactory()
    today = timezone.localdate()
    set_series(branch=branch, weekday=0, spans=[(time(9), time(18))], by=administrator)
    set_day(branch=branch, day=today, spans=[], by=administrator)
    weekly, daily = ModelLogEntry.objects.filter(action=audit.HOURS_CHANGED).order_by("pk")
    assert (weekly.user, weekly.object_id) == (administrator, str(branch.pk))
    assert weekly.data == {"branch": branch.code, "weekday": 0, "hours": ["09:00–18:00"], "since": ""}
    assert daily.data == {"branch": branch.code, "day": today.isoformat(), "hours": []}


def test_what_the_portal_does_by_itself_is_not_recorded():
    set_series(branch=BranchFactory(), weekday=0, spans=[])
    assert not ModelLogEntry.objects.exists()


def test_a_change_that_fails_is_not_recorded(administrator):
    with pytest.raises(Exception, match="closing time"):
        set_series(branch=BranchFactory(), weekday=0, spans=[(time(18), time(9))], by=administrator)
    assert audit.HOURS_CHANGED not in actions()


def test_changes_in_the_administration_are_recorded(client, administrator):
    form = {"name_az": "Novruz", "first_day": "2030-03-20", "last_day": "2030-03-24"}
    client.post(reverse(PublicHoliday.snippet_viewset.get_url_name("add")), form)
    assert actions()[-1] == "wagtail.create"


def test_rights_given_are_recorded(client, administrator):
    user, branch = UserFactory(), BranchFactory()
    form = {
        "username": user.username, "email": "a@library.example", "first_name": "A", "last_name": "B",
        "groups": [group_of("desk").pk], "branches": [branch.pk],
    }  # fmt: skip
    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)
    entries = ModelLogEntry.objects.filter(action=audit.RIGHTS_CHANGED, object_id=str(user.pk))
    assert sorted((entry.data["what"], entry.data["added"]) for entry in entries) == [
        ("branch", [str(branch)]),
        ("group", [group_of("desk").name]),
    ]
    assert {entry.user for entry in entries} == {administrator}


def test_signing_in_and_out_is_recorded(client, administrator):
    client.post("/admin/logout/")
    assert actions() == [audit.SIGNED_IN, audit.SIGNED_OUT]


def test_a_look_at_personal_data_names_no_name(administrator):
    audit.looked(
        UserFactory(username="reader of books"), user=administrator, branch=BranchFactory(code="merkez")
    )
    entry = ModelLogEntry.objects.get(action=audit.LOOKED)
    assert "reader" not in entry.label and entry.data == {"branch": "merkez"}


def test_secrets_are_refused(administrator):
    with pytest.raises(audit.SecretInAuditLog):
        audit.record(audit.RIGHTS_CHANGED, administrator, password="x")


def test_old_entries_are_due(administrator, settings):
    settings.AUDIT_DAYS = 30
    branch = BranchFactory()
    for days in (10, 40):
        audit.record(audit.HOURS_CHANGED, branch, user=administrator)
        ModelLogEntry.objects.filter(pk=ModelLogEntry.objects.latest("pk").pk).update(
            timestamp=timezone.now() - timedelta(days=days)
        )
    assert audit.due(timezone.now()).count() == 1


class TestPage:
    def test_it_shows_and_filters(self, client, administrator, django_assert_max_num_queries):
        branch = BranchFactory()
        for _number in range(20):
            set_series(branch=branch, weekday=0, spans=[], by=administrator)
        address = reverse("library_audit_log")
        with django_assert_max_num_queries(40):
            page = client.get(address).text
        assert "Opening hours changed" in page and branch.code in page and "Signed in" in page
        page = client.get(address, {"action": audit.SIGNED_IN}).text
        assert branch.code not in page

    def test_it_is_exported(self, client, administrator):
        response = client.get(reverse("library_audit_log"), {"export": "csv"})
        assert b"nigar" in b"".join(response.streaming_content)

    def test_it_is_for_administrators(self, client):
        user = UserFactory()
        user.groups.add(group_of("editor"))
        client.force_login(user)
        assert client.get(reverse("library_audit_log")).status_code == 302
        assert "Audit log" not in client.get("/admin/").text

    @pytest.mark.parametrize(
        "bad", [{"action": "x"}, {"user": "x"}, {"timestamp_from": "never"}, {"p": "999"}]
    )
    def test_nonsense_in_the_address_is_no_error(self, client, administrator, bad):
        assert client.get(reverse("library_audit_log"), bad).status_code == 200

    def test_a_deleted_row_stays_in_the_log(self, client, administrator):
        branch = BranchFactory()
        set_series(branch=branch, weekday=0, spans=[], by=administrator)
        Branch.objects.all().delete()
        assert branch.code in client.get(reverse("library_audit_log")).text
