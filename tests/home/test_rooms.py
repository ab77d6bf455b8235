"""The rooms that are still being furnished answer honestly, in every language."""

import pytest
from django.conf import settings
from icalendar import Calendar

pytestmark = pytest.mark.django_db

ROOMS = ["events", "halls", "mobile", "archive", "ask", "my"]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_will_be_there_and_whom_to_ask(client, room):
    html = client.get(f"/en/{room}/").text
    assert "What you will find here" in html and "Until then" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_rooms_answer_in_each_language(client, language):
    assert client.get(f"/{language}/events/").status_code == 200


def test_the_desk_asks_staff_to_sign_in(client, admin_user):
    response = client.get("/en/desk/")
    assert response.status_code == 302 and response.url.startswith("/admin/login/?next=/en/desk/")
    client.force_login(admin_user)
    assert client.get("/en/desk/").status_code == 200


def test_the_calendar_can_be_subscribed_to(client):
    response = client.get("/events/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(response.content)["version"] == "2.0"


def test_the_calendar_answers_under_a_language_too(client):
    assert client.get("/az/events/calendar.ics").url == "/events/calendar.ics"
