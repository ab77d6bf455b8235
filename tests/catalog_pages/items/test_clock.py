"""Fifteen working days from arrival to the shelf (A23)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from catalog_pages.items import clock
from library.models import PublicHoliday, User
from tests.factories.catalog_pages import ItemFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("weekdays", "arrived", "days", "is_late"),
    [
        (range(5), date(2026, 11, 4), 15, False),
        (range(5), date(2026, 11, 3), 16, True),
        (range(6), date(2026, 11, 7), 15, False),
        (range(6), date(2026, 11, 6), 16, True),
        ((2,), date(2026, 8, 12), 15, False),
        ((2,), date(2026, 8, 5), 16, True),
        ((), date(2026, 11, 4), 15, False),
        ((), date(2026, 11, 3), 16, True),
        (range(5), WEDNESDAY, 0, False),
    ],
)
def test_working_days_are_those_of_the_library(weekdays, arrived, days, is_late):
    item = ItemFactory(
        branch=BranchFactory(open_weekdays=list(weekdays)), status="processing", arrived_on=arrived
    )
    assert clock.days_waited([item], today=WEDNESDAY) == {item.pk: days}
    assert clock.late(today=WEDNESDAY).exists() == is_late


def test_holidays_do_not_count():
    PublicHoliday.objects.create(name={"en": "Flag"}, first_day=date(2026, 11, 9), last_day=date(2026, 11, 9))
    branch = BranchFactory(open_weekdays=range(5))
    item = ItemFactory(branch=branch, arrived_on=date(2026, 11, 3))
    assert clock.days_waited([item], today=WEDNESDAY) == {item.pk: 15}
    assert not clock.late(today=WEDNESDAY).exists()


def test_a_library_without_hours_follows_the_central_one():
    BranchFactory(kind="central", open_weekdays=[2])
    item = ItemFactory(arrived_on=date(2026, 8, 12))
    assert clock.days_waited([item], today=WEDNESDAY) == {item.pk: 15}


@pytest.mark.parametrize(
    "fields",
    [{"shelved_on": date(2026, 2, 1)}, {"arrived_on": None}, {"status": "withdrawn"}, {"status": "lost"}],
)
def test_what_does_not_wait(fields):
    ItemFactory(**{"arrived_on": date(2026, 1, 5)} | fields)
    assert not clock.waiting().exists()


def test_many_libraries_in_few_queries():
    for _number in range(12):
        ItemFactory(branch=BranchFactory(open_weekdays=[1, 2]), arrived_on=date(2026, 1, 5))
    with CaptureQueriesContext(connection) as queries:
        assert clock.late().count() == 12
    assert len(queries) <= 8


class TestPages:
    @pytest.fixture
    def staff(self, client):
        user = User.objects.create_superuser("admin")
        UserProfile.objects.create(user=user, preferred_language="en")
        client.force_login(user)
        return client

    def test_the_panel_is_there_only_where_something_is_late(self, staff):
        home = reverse("wagtailadmin_home")
        assert "fifteen working days" not in staff.get(home).content.decode()
        ItemFactory(arrived_on=timezone.localdate() - timedelta(days=60))
        assert "1 item has waited for more than fifteen working days" in staff.get(home).content.decode()

    def test_the_report(self, staff):
        today = timezone.localdate()
        late = ItemFactory(arrived_on=today - timedelta(days=60))
        fresh = ItemFactory(arrived_on=today - timedelta(days=1))
        address = reverse("catalogue_items:waiting")
        assert list(staff.get(address).context["object_list"]) == [late]
        assert list(staff.get(f"{address}?which=all").context["object_list"]) == [late, fresh]
        table = b"".join(staff.get(f"{address}?export=csv"))
        assert late.barcode.encode() in table and fresh.barcode.encode() not in table
