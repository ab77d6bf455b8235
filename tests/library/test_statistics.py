"""Counting by day, branch and kind; the report and its table."""

import contextlib
import csv
import io
import threading
import time
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.users.models import UserProfile

from library.models import DailyCount
from library.spreadsheets import harmless
from library.statistics import Statistic, UnknownStatistic, count
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def visits():
    statistic = Statistic("visits", "Visits", "People who came in.", kinds={"child": "Children"})
    with hooks.register_temporarily("register_statistics", lambda: statistic):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def table(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_counts_add_up_by_day_branch_and_kind(django_assert_num_queries):
    one, other = BranchFactory.create_batch(2)
    count("visits", one, n=3)
    with django_assert_num_queries(1):
        count("visits", one)
    count("visits", other)
    count("visits")
    count("visits")
    count("visits", one, "child")
    count("visits", one, day=date(2026, 1, 1))
    counts = {(row.branch, row.kind, row.day): row.count for row in DailyCount.objects.all()}
    today = timezone.localdate()
    assert counts == {
        (one, "", today): 4, (other, "", today): 1, (None, "", today): 2,
        (one, "child", today): 1, (one, "", date(2026, 1, 1)): 1,
    }  # fmt: skip


def test_what_is_rolled_back_was_not_counted():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        count("visits")
        1 / 0  # noqa: B018
    assert not DailyCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_between_threads():
    def work():
        left = 10
        while left and time.monotonic() < deadline:
            # The test database lies in memory, where SQLite refuses a locked table at once instead of waiting.
            with contextlib.suppress(OperationalError):
                count("visits")
                left -= 1
        connection.close()

    deadline = time.monotonic() + 20
    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DailyCount.objects.get().count == 30


def test_only_what_is_registered_is_counted():
    with pytest.raises(UnknownStatistic):
        count("visit")


def test_the_report_sums_a_period_and_a_library(staff):
    branch = BranchFactory(name={"en": "Qovlar library"})
    count("visits", branch, "child", 7)
    count("visits", None, "adult", 2)
    count("visits", branch, n=99, day=timezone.localdate() - timedelta(days=60))
    page = staff.get(reverse("statistics:report")).text
    assert "Visits: 9" in page and "Children" in page and "adult" in page and "Qovlar library" in page
    assert "Visits: 7" in staff.get(reverse("statistics:report"), {"branch": branch.code}).text
    longer = {"first": timezone.localdate() - timedelta(days=90)}
    assert "Visits: 108" in staff.get(reverse("statistics:report"), longer).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first": "soon"}, "Enter a valid date"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "must not be before"),
        ({"first": "0001-01-01", "last": "9999-12-31"}, "ten years at most"),
        ({"branch": "nowhere"}, "valid choice"),
        ({"branch": "\x00"}, "Null characters"),
    ],
)
@pytest.mark.parametrize("name", ["statistics:report", "statistics:export"])
def test_impossible_periods_are_explained(staff, name, query, words):
    answer = staff.get(reverse(name), query)
    assert answer.status_code == 422 and words in answer.text


def test_the_table_holds_every_day_and_no_formula(staff):
    branch = BranchFactory(name={"en": '=HYPERLINK("http://evil.example")'})
    count("visits", branch, "child", 7)
    count("visits", branch, "+1 surprise", 1)
    response = staff.get(reverse("statistics:export"))
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    head, *rows = table(response)
    assert head == ["Day", "What", "Kind", "Library", "Count"]
    today, name = str(timezone.localdate()), '\'=HYPERLINK("http://evil.example")'
    assert sorted(rows) == sorted(
        [[today, "Visits", "Children", name, "7"], [today, "Visits", "'+1 surprise", name, "1"]]
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_formulas_are_made_harmless(text):
    assert [harmless(one) for one in (text, "Tovuz")] == [f"'{text}", "Tovuz"]


def test_staff_without_the_right_are_turned_away(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for page in ("statistics:report", "statistics:export"):
        assert client.get(reverse(page)).status_code == 302
