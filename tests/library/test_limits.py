"""Rate limits: buckets that empty and fill again, whom they hold for, and what they cost."""

import ipaddress
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from library import limits
from library.addresses import client_address
from library.limits import Buckets, Limit, rate_limited
from library.models import DailyCount
from portal.networks import read_networks
from tests.factories.library import UserFactory

LIMIT = Limit("test", per_minute=60, burst=5)
BIG = Limit("big", per_minute=600, burst=200)


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def buckets(clock):
    return Buckets(clock)


@pytest.fixture
def few(settings, monkeypatch):
    """Three searches at once, and no others' accounts."""
    settings.RATE_LIMITS = {"home:branches": (60, 3)}
    settings.RATE_LIMIT_ALLOW = []
    monkeypatch.setattr(limits, "buckets", Buckets())
    return settings


def test_a_bucket_empties_and_fills_again(buckets, clock):
    assert [buckets.take(LIMIT, "a")[0] for _time in range(5)] == [0] * 5
    wait, begins = buckets.take(LIMIT, "a")
    assert wait == pytest.approx(1) and begins
    assert buckets.take(LIMIT, "b") == (0, False)
    clock.now += wait + 0.01
    assert buckets.take(LIMIT, "a")[0] == 0
    clock.now += 3600
    assert [buckets.take(LIMIT, "a")[0] for _time in range(5)] == [0] * 5
    assert buckets.take(LIMIT, "a")[0] > 0


def test_who_goes_on_during_the_pause_waits_no_longer(buckets, clock):
    for _time in range(6):
        wait, _begins = buckets.take(LIMIT, "a")
    assert [buckets.take(LIMIT, "a")[1] for _time in range(50)] == [False] * 50
    clock.now += wait + 0.01
    assert buckets.take(LIMIT, "a")[0] == 0


def test_processes_share_a_bucket(clock):
    one, other = Buckets(clock), Buckets(clock)
    for number in range(5):
        assert (one if number % 2 else other).take(LIMIT, "a")[0] == 0
    assert one.take(LIMIT, "a")[0] > 0 and other.take(LIMIT, "a")[0] > 0


def test_a_reader_costs_the_cache_nothing_and_a_robot_little(buckets):
    with mock.patch.object(limits, "cache", wraps=cache) as watched:
        for _time in range(BIG.unreported - 1):
            buckets.take(BIG, "reader")
        assert not watched.method_calls
        taken = sum(buckets.take(BIG, "robot")[0] == 0 for _time in range(2000))
        assert len(watched.method_calls) < 100  # less than one in ten requests
    assert BIG.burst <= taken <= BIG.burst + BIG.unreported


def test_accounts_do_not_fill_the_memory(buckets, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ACCOUNTS", 10)
    for number in range(50):
        buckets.take(LIMIT, str(number))
    assert len(buckets.accounts) == 10


@pytest.mark.django_db
class TestPages:
    def test_too_many_requests_are_answered_in_the_readers_language(
        self, client, few, django_assert_num_queries
    ):
        assert [client.get("/en/branches/").status_code for _time in range(3)] == [200] * 3
        client.get("/en/branches/")
        with django_assert_num_queries(0):
            answer = client.get("/ru/branches/?q=%3Cb%3E")
        assert answer.status_code == 429 and 1 <= int(answer.headers["Retry-After"]) <= 60
        assert 'lang="ru"' in answer.text and "<b>" not in answer.text
        assert client.get("/en/").status_code != 429
        row = DailyCount.objects.get()
        assert (row.name, row.kind, row.count) == ("limited", "home:branches", 1)

    def test_programs_get_json(self, client, few):
        for _time in range(4):
            answer = client.get("/en/branches/", headers={"Accept": "application/json"})
        assert answer.status_code == 429 and answer.json()["error"]

    def test_report_only(self, client, few, caplog):
        few.RATE_LIMIT_MODE = "report"
        with caplog.at_level("WARNING", "library.limits"):
            assert {client.get("/en/branches/").status_code for _time in range(9)} == {200}
        assert "only reported" in caplog.text and "127.0.0.1" not in caplog.text
        assert DailyCount.objects.get().count == 1

    def test_off(self, client, few):
        few.RATE_LIMIT_MODE = "off"
        assert {client.get("/en/branches/").status_code for _time in range(9)} == {200}

    def test_the_reading_room_is_let_through(self, client, few):
        few.RATE_LIMIT_ALLOW = [ipaddress.ip_network("127.0.0.0/8")]
        assert {client.get("/en/branches/").status_code for _time in range(9)} == {200}

    def test_staff_have_an_account_of_their_own(self, client, few):
        for _time in range(4):
            client.get("/en/branches/")
        assert client.get("/en/branches/").status_code == 429
        client.force_login(UserFactory())
        assert client.get("/en/branches/").status_code == 200

    def test_an_invented_session_is_nobody(self, client, few):
        client.cookies["sessionid"] = "invented"
        for _time in range(4):
            client.get("/en/branches/")
        assert client.get("/en/branches/").status_code == 429

    def test_the_cache_knows_no_address(self, client, few):
        client.get("/en/branches/")
        assert limits.buckets.accounts
        assert not any("127.0.0.1" in key for key in limits.buckets.accounts)


def test_a_view_can_be_limited_by_itself(monkeypatch, settings, db):
    settings.RATE_LIMIT_ALLOW = []
    monkeypatch.setattr(limits, "buckets", Buckets())

    @rate_limited("ask", per_minute=60, burst=2)
    def view(request):
        return HttpResponse("ok")

    assert [view(RequestFactory().get("/en/")).status_code for _time in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "203.0.113.9", "10.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "rubbish", "10.0.0.1"),
        (True, "", "10.0.0.1"),
    ],
)
def test_what_the_proxy_says_counts_only_behind_one(settings, behind, forwarded, address):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_a_household_is_one_visitor_and_another_is_not():
    codes = {limits._code(limits._network(a)) for a in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1")}
    assert len(codes) == 2
    assert limits._network("::ffff:203.0.113.9") == "203.0.113.9"


def test_codes_change_every_day(settings):
    with mock.patch("library.limits.timezone.localdate") as today:
        today.return_value.isoformat.side_effect = ["2026-11-25", "2026-11-26"]
        assert limits._code("203.0.113.9") != limits._code("203.0.113.9")


def test_networks_of_the_settings():
    assert [str(n) for n in read_networks("X", [" 10.1.2.3/8", "2001:db8::1", ""])] == [
        "10.0.0.0/8",
        "2001:db8::1/128",
    ]
    with pytest.raises(ImproperlyConfigured, match="RATE_LIMIT_ALLOW"):
        read_networks("RATE_LIMIT_ALLOW", ["library"])


def test_this_machine_is_not_limited_unless_told(few):
    """A proxy whose address is not passed on would otherwise make all readers one visitor."""
    from portal.settings import LOOPBACK

    few.RATE_LIMIT_ALLOW = read_networks("RATE_LIMIT_ALLOW", LOOPBACK)
    assert limits.is_allowed("127.0.0.1") and limits.is_allowed("::1") and not limits.is_allowed("10.0.0.1")
