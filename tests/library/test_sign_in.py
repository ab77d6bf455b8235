"""Signing in: throttling, lock-out, the second factor, idle sessions."""

import re
import time

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from library.models import Role
from library.roles import group_of
from library.sign_in import second_factor, throttling
from library.sign_in.middleware import LAST_SEEN
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long test password"
LOGIN = "/admin/login/"


@pytest.fixture
def user():
    user = UserFactory(username="aysel")
    user.groups.add(group_of("librarian"))
    return user


def try_password(client, password="wrong", username="aysel", **extra):
    return client.post(
        LOGIN, {"username": username, "password": password, "next": "/admin/account/"}, **extra
    )


def code_of(user, seconds_ahead=0):
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, t0=-seconds_ahead):06}"


@pytest.fixture
def with_code(user):
    device = TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
    return device


class TestThrottling:
    def test_five_wrong_passwords_lock_the_account_for_that_address(self, client, user):
        for _try in range(4):
            assert try_password(client).status_code == 200
        response = try_password(client)
        assert response.status_code == 429 and response["Retry-After"] == "900"
        assert "15 minutes" in response.text
        assert try_password(client, PASSWORD).status_code == 429
        assert try_password(client, PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302

    def test_a_right_password_clears_the_count(self, client, user):
        for _round in range(3):
            for _try in range(4):
                try_password(client)
            assert try_password(client, PASSWORD).status_code == 302
            client.logout()

    def test_an_address_that_tries_many_names_is_locked_out_too(self, client, user):
        statuses = [try_password(client, username=f"name{n}").status_code for n in range(60)]
        assert statuses[:49] == [200] * 49 and statuses[50:] == [429] * 10
        assert try_password(client, PASSWORD).status_code == 429

    def test_very_many_tries_leave_few_traces(self, client, user):
        for _try in range(120):
            try_password(client)
        assert AccessAttempt.objects.get().failures_since_start == 5
        assert ModelLogEntry.objects.filter(action="library.locked_out").count() == 1
        assert ModelLogEntry.objects.filter(action="library.sign_in_failed").count() == 4

    def test_tries_are_forgotten_when_they_no_longer_count(self, client, user, settings):
        for _try in range(5):
            try_password(client)
        assert not throttling.due(timezone.now()).exists()
        AccessAttempt.objects.update(attempt_time="2020-01-01T00:00Z")
        assert throttling.due(timezone.now()).exists()
        assert try_password(client, PASSWORD).status_code == 302
        assert not AccessAttempt.objects.exists()

    def test_an_operator_lifts_a_lock_out(self, client, user, capsys):
        for _try in range(5):
            try_password(client)
        call_command("unlock_sign_in", "aysel")
        assert "aysel" in capsys.readouterr().out
        assert try_password(client, PASSWORD).status_code == 302

    @pytest.mark.parametrize(("behind", "statuses"), [(True, [429, 302]), (False, [429, 429])])
    def test_the_address_is_the_one_the_proxy_saw(self, client, user, settings, behind, statuses):
        settings.BEHIND_PROXY = behind
        for _try in range(5):
            try_password(client, HTTP_X_FORWARDED_FOR="198.51.100.9, 192.0.2.1")
        seen = [
            try_password(client, PASSWORD, HTTP_X_FORWARDED_FOR=f"192.0.2.1, {address}").status_code
            for address in ("192.0.2.1", "192.0.2.2")
        ]
        assert seen == statuses

    def test_what_was_typed_is_written_nowhere(self, client, user):
        try_password(client, "very-secret-words")
        try_password(client, username="very-secret-words")
        kept = [repr(row) for row in AccessAttempt.objects.values_list("get_data", "post_data")]
        kept += [repr(row) for row in ModelLogEntry.objects.values_list("label", "data")]
        assert "very-secret-words" not in " ".join(kept)


class TestSecondFactor:
    def test_the_password_alone_signs_nobody_in(self, client, user, with_code):
        response = try_password(client, PASSWORD)
        assert response.url == "/admin/second-factor/?next=/admin/account/"
        for address in ("/admin/", "/admin/account/", "/en/desk/"):
            assert client.get(address).url.startswith("/admin/login/")
        assert client.get("/admin/login/?next=/en/desk/").url == "/admin/second-factor/?next=/en/desk/"

    def test_the_code_does(self, client, user, with_code):
        try_password(client, PASSWORD)
        response = client.post("/admin/second-factor/", {"code": code_of(user), "next": "/en/desk/"})
        assert response.url == "/en/desk/"
        assert client.get("/en/desk/").status_code == 200

    def test_a_code_works_once(self, client, user, with_code):
        code = code_of(user)
        for expected in (302, 200):
            other = Client()
            try_password(other, PASSWORD)
            assert other.post("/admin/second-factor/", {"code": code}).status_code == expected

    @pytest.mark.parametrize("code", ["", "000000", "abc", "٣٤٥٦٧٨", "9" * 400, "\x00"])
    def test_wrong_codes_are_refused_in_words(self, client, user, with_code, code):
        try_password(client, PASSWORD)
        response = client.post("/admin/second-factor/", {"code": code})
        assert response.status_code == 200 and "does not fit" in response.text
        assert 'class="error"' in response.text

    def test_guessing_is_slowed_down(self, client, user, with_code):
        try_password(client, PASSWORD)
        pages = [client.post("/admin/second-factor/", {"code": f"00000{n}"}).text for n in range(5)]
        assert "does not fit" in pages[0] and "Wait a little" in pages[-1]
        assert "Wait a little" in client.post("/admin/second-factor/", {"code": code_of(user)}).text

    def test_the_next_page_is_never_elsewhere(self, client, user, with_code):
        try_password(client, PASSWORD)
        response = client.post(
            "/admin/second-factor/", {"code": code_of(user), "next": "https://evil.example/"}
        )
        assert response.url == "/admin/"

    def test_a_role_may_demand_it(self, client, user):
        Role.objects.filter(code="librarian").update(second_factor_required=True)
        client.force_login(user)
        assert client.get("/admin/").url.startswith("/admin/login/")
        assert client.get("/admin/second-factor/").url.startswith("/admin/second-factor/set-up/")
        page = client.get("/admin/second-factor/set-up/").text
        assert "<svg" in page and "Your role demands" in page
        code = current_code(page)
        page = client.post("/admin/second-factor/set-up/", {"code": code}).text
        codes = re.findall(r"<code>([A-Z2-7]{4}-[A-Z2-7]{4})</code>", page)
        assert len(codes) == 10
        assert client.get("/admin/").status_code == 200
        client.post("/admin/second-factor/off/")
        assert second_factor.is_on(user)

    def test_superusers_count_as_administrators(self, client, admin_user):
        Role.objects.filter(code="administrator").update(second_factor_required=True)
        client.force_login(admin_user)
        assert client.get("/admin/").status_code == 302

    def test_a_recovery_code_works_once(self, client, user, with_code):
        code = second_factor.renew_recovery_codes(user)[0]
        for expected in (302, 200):
            other = Client()
            try_password(other, PASSWORD)
            assert other.post("/admin/second-factor/", {"code": f" {code.lower()} "}).status_code == expected
        assert StaticToken.objects.count() == 9

    def test_who_has_the_password_only_cannot_put_a_phone_of_her_own_in_place(self, client, user, with_code):
        try_password(client, PASSWORD)
        assert client.get("/admin/second-factor/set-up/").url == "/admin/second-factor/"
        client.post("/admin/second-factor/set-up/", {"code": "123456"})
        client.post("/admin/second-factor/codes/")
        client.post("/admin/second-factor/off/")
        assert TOTPDevice.objects.get() == with_code and not StaticToken.objects.exists()

    def test_a_wrong_first_code_switches_nothing_on(self, client, user):
        client.force_login(user)
        client.get("/admin/second-factor/set-up/")
        assert "does not fit" in client.post("/admin/second-factor/set-up/", {"code": "x"}).text
        assert not second_factor.is_on(user)

    def test_one_may_switch_it_on_and_off_oneself(self, client, user):
        client.force_login(user)
        assert "Sign-in with a code" in client.get("/admin/account/").text
        page = client.get("/admin/second-factor/set-up/").text
        client.post("/admin/second-factor/set-up/", {"code": current_code(page)})
        assert "10 recovery codes" in client.get("/admin/second-factor/overview/").text
        client.post("/admin/second-factor/off/")
        assert not second_factor.is_on(user) and client.get("/admin/").status_code == 200

    def test_an_administrator_resets_a_lost_one(self, client, admin_user, user, with_code):
        client.force_login(admin_user)
        address = f"/admin/users/{user.pk}/second-factor/"
        assert address in client.get("/admin/users/").text
        assert client.get(address).status_code == 200 and second_factor.is_on(user)
        client.post(address)
        assert not second_factor.is_on(user)
        entry = ModelLogEntry.objects.get(action="library.second_factor_off")
        assert (entry.user, entry.object_id) == (admin_user, str(user.pk))

    def test_someone_else_may_sign_in_instead(self, client, user, with_code):
        try_password(client, PASSWORD)
        client.post("/admin/second-factor/cancel/")
        assert client.get(LOGIN).status_code == 200


def current_code(page):
    from base64 import b32decode

    key = b32decode(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", ""))
    return f"{totp(key):06}"


class TestIdle:
    @pytest.fixture
    def signed_in(self, client, user):
        client.force_login(user)
        assert client.get("/admin/").status_code == 200
        return client

    def age(self, client, minutes):
        session = client.session
        session[LAST_SEEN] = int(time.time()) - minutes * 60
        session.save()

    def test_a_session_left_idle_ends_and_leads_back(self, signed_in):
        self.age(signed_in, 61)
        response = signed_in.get("/admin/account/?x=1")
        assert response.url == "/admin/login/?next=/admin/account/%3Fx%3D1"
        assert "You were away" in signed_in.get(response.url).text
        response = try_password(signed_in, PASSWORD)
        assert response.url == "/admin/account/"

    def test_work_keeps_it_alive(self, signed_in):
        self.age(signed_in, 50)
        signed_in.get("/admin/")
        assert time.time() - signed_in.session[LAST_SEEN] < 60

    def test_an_open_editor_does_not(self, signed_in):
        self.age(signed_in, 50)
        before = signed_in.session[LAST_SEEN]
        signed_in.post("/admin/editing-sessions/release/1/")
        assert signed_in.session[LAST_SEEN] == before

    def test_the_time_is_a_setting(self, signed_in, settings):
        settings.STAFF_IDLE_MINUTES = 10
        self.age(signed_in, 11)
        assert signed_in.get("/admin/").status_code == 302


def test_pages_for_readers_touch_no_session(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        response = client.get("/az/branches/")
    assert not response.cookies and not response.wsgi_request.session.accessed


@pytest.mark.parametrize("address", ["second-factor/", "second-factor/set-up/", "second-factor/overview/"])
def test_strangers_are_sent_to_sign_in(client, address):
    assert client.get(f"/admin/{address}").url.startswith("/admin/login/?next=")
