"""The staff pages of periodicals: rights, own libraries, bad input."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from catalog_pages.models import Item, PeriodicalIssue, Subscription
from catalog_pages.periodicals import services
from library.models import OutgoingMail, User
from tests.factories.catalog_pages import RecordFactory, SubscriptionFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def branch():
    return BranchFactory(code="own")


@pytest.fixture
def librarian(client, branch):
    user = User.objects.create_user("librarian")
    rights = Permission.objects.filter(content_type__app_label="catalog_pages")
    user.user_permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    user.branches.set([branch])
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def address(name, *args):
    return reverse(f"periodicals:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def subscription(branch, **more):
    fields = {"first_day": TODAY - 400 * DAY, "last_day": TODAY + 200 * DAY}
    return SubscriptionFactory(branch=branch, **fields | more)


def issue(of, day=TODAY, number="1"):
    return PeriodicalIssue.objects.create(subscription=of, day=day, number=number)


def data(branch, **more):
    usual = {
        "branch": branch.pk, "frequency": "monthly", "first_day": TODAY.isoformat(), "first_number": "1",
        "last_day": (TODAY + 300 * DAY).isoformat(), "copies": "1", "grace_days": "7",
    }  # fmt: skip
    return usual | more


@pytest.mark.parametrize("name", ["list", "find", "today", "late"])
def test_every_page_opens_empty_and_full(librarian, branch, name):
    assert librarian.get(address(name)).status_code == 200
    of = subscription(branch)
    issue(of), issue(of, TODAY - 3 * DAY, "2"), issue(of, TODAY - 90 * DAY, "3")
    assert librarian.get(address(name)).status_code == 200


class TestSubscription:
    def test_a_new_one_expects_its_issues(self, librarian, branch):
        record = RecordFactory(material="periodical")
        assert librarian.get(address("subscribe", record.pk)).status_code == 200
        response = librarian.post(
            address("subscribe", record.pk), data(branch, frequency="weekly", weekdays=["1", "4"])
        )
        made = Subscription.objects.get()
        assert response.url == address("subscription", made.pk)
        assert made.record == record and made.weekdays == [1, 4] and made.issues.count() > 10

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"last_day": "2001-01-01"}, "before the first"),
            ({"last_day": "2090-01-01"}, "ten years"),
            ({"frequency": "weekly"}, "at least one weekday"),
            ({"frequency": "weekly", "weekdays": ["9"]}, "valid choice"),
            ({"frequency": "per_year"}, "how many issues"),
            ({"frequency": "per_year", "per_year": "0"}, "how many issues"),
            ({"copies": "0"}, "greater than or equal to 1"),
            ({"supplier_email": "nobody"}, "valid email"),
            ({"price": "-1"}, "below zero"),
            ({"first_day": "soon"}, "valid date"),
            ({"branch": "99999"}, "valid choice"),
        ],
    )
    def test_bad_input(self, librarian, branch, more, says):
        record = RecordFactory(material="periodical")
        response = librarian.post(address("subscribe", record.pk), data(branch) | more)
        assert response.status_code == 422 and says in text(response)
        assert not Subscription.objects.exists()

    def test_other_libraries_are_only_looked_at(self, librarian, branch):
        of = subscription(BranchFactory())
        row = issue(of)
        assert librarian.get(address("subscription", of.pk)).context["form"] is None
        for name, key in (("subscription", of.pk), ("issue", row.pk), ("issue_add", of.pk), ("bind", of.pk)):
            librarian.post(
                address(name, key), data(branch, state="missing", number="7", day=TODAY.isoformat())
            )
        of.refresh_from_db(), row.refresh_from_db()
        assert of.branch != branch and row.state == "expected" and of.issues.count() == 1

    def test_only_a_change_of_rhythm_changes_what_is_expected(self, librarian, branch):
        of = subscription(branch)
        services.expect(of)
        before = set(of.issues.values_list("pk", flat=True))
        same = data(branch, first_day=of.first_day.isoformat(), last_day=of.last_day.isoformat(),
                    skips_holidays="on")  # fmt: skip
        assert librarian.post(address("subscription", of.pk), same | {"copies": "2"}).status_code == 302
        assert set(of.issues.values_list("pk", flat=True)) == before
        librarian.post(address("subscription", of.pk), same | {"frequency": "quarterly"})
        assert set(of.issues.values_list("pk", flat=True)) != before

    def test_issues_are_walked_in_few_queries(self, librarian, branch):
        of = subscription(branch)
        for number in range(70):
            services.check_in(issue(of, TODAY - number * DAY, str(number)), user=None)
        with CaptureQueriesContext(connection) as queries:
            page = librarian.get(address("subscription", of.pk))
        assert len(page.context["issues"]) == 50 and len(queries) <= 25
        rest = librarian.get(f"{address('subscription', of.pk)}?before={page.context['next']}")
        assert len(rest.context["issues"]) == 20


class TestIssues:
    def test_one_click(self, librarian, branch):
        row = issue(subscription(branch, copies=2))
        librarian.post(address("today"), {"issue": row.pk, "copies": "1"})
        row.refresh_from_db()
        assert (row.state, row.copies) == ("received", 1)

    @pytest.mark.parametrize(
        "more",
        [{"issue": "x"}, {"issue": "99999999999999999999999"}, {"copies": "-1"}, {"barcodes": "x" * 99}],
    )
    def test_bad_input(self, librarian, branch, more):
        row = issue(subscription(branch))
        assert librarian.post(address("today"), {"issue": row.pk} | more).status_code == 302
        row.refresh_from_db()
        assert row.state == "expected"

    def test_not_those_of_another_library(self, librarian):
        row = issue(subscription(BranchFactory()))
        assert row not in librarian.get(address("today")).context["today"]
        librarian.post(address("today"), {"issue": row.pk})
        row.refresh_from_db()
        assert row.state == "expected"

    def test_out_of_turn(self, librarian, branch):
        of = subscription(branch)
        one = {"number": "7-8", "day": TODAY.isoformat()}
        assert librarian.post(address("issue_add", of.pk), one).status_code == 302
        assert librarian.post(address("issue_add", of.pk), one).status_code == 422
        assert librarian.post(address("issue_add", of.pk), one | {"day": "1990-01-01"}).status_code == 422
        row = of.issues.get()
        librarian.post(address("issue", row.pk), {"state": "cancelled"})
        librarian.post(address("issue", row.pk), {"state": "nonsense"})
        row.refresh_from_db()
        assert row.state == "cancelled" and librarian.get(address("issue", row.pk)).status_code == 200

    def test_late_ones_are_claimed_or_given_up(self, librarian, branch):
        of = subscription(branch)
        one, two = issue(of, TODAY - 40 * DAY, "1"), issue(of, TODAY - 30 * DAY, "2")
        foreign = issue(subscription(BranchFactory()), TODAY - 40 * DAY)
        assert librarian.get(address("late")).context["issues"] == [one, two]
        librarian.post(address("late"), {"issue": [one.pk, foreign.pk], "action": "claim"})
        librarian.post(address("late"), {"issue": [one.pk], "action": "claim"})
        librarian.post(address("late"), {"issue": [two.pk], "action": "missing"})
        librarian.post(address("late"), {"issue": ["x"], "action": "missing"})
        two.refresh_from_db()
        assert OutgoingMail.objects.count() == 1 and two.state == "missing"

    def test_a_year_is_bound(self, librarian, branch):
        of = subscription(branch)
        rows = [services.check_in(issue(of, TODAY - n * DAY, str(n)), user=None) for n in (2, 1)]
        address_of_year = f"{address('bind', of.pk)}?year={rows[0].day.year}"
        form = librarian.get(address_of_year).context["form"]
        assert form.initial["label"].endswith("2–1")
        assert form.initial["call_number"] == " ".join(
            (of.record.title.removeprefix("A "), form.initial["label"])  # by title (A25)
        )
        one = {"issues": [row.pk for row in rows], "label": "2026", "decision": "No. 1", "store": "library"}
        assert librarian.post(address_of_year, one | {"decision": ""}).status_code == 422
        assert librarian.post(address_of_year, one).status_code == 302
        assert Item.objects.get().bound_volume.issues.count() == 2
        assert librarian.post(address_of_year, one).status_code == 422
        assert librarian.get(f"{address('bind', of.pk)}?year=99999").status_code == 200


def test_a_person_without_the_right_sees_nothing(client):
    user = User.objects.create_user("guest")
    user.user_permissions.set([Permission.objects.get(codename="access_admin")])
    client.force_login(user)
    of = SubscriptionFactory()
    row = issue(of)
    for name, args in (("list", ()), ("find", ()), ("today", ()), ("late", ()), ("subscription", (of.pk,)),
                       ("subscribe", (of.record_id,)), ("issue", (row.pk,)), ("bind", (of.pk,))):  # fmt: skip
        assert client.get(address(name, *args)).status_code == 302, name
