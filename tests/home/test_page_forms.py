"""Forms that staff put on pages: a letter and nothing else, once, from people and not from programs."""

import pytest
from django.conf import settings
from django.test import Client

from home.contact import QuestionsForm, placed_form
from library.limits import buckets
from library.models import MailState, OutgoingMail
from tests.factories.blocks import items, stream
from tests.factories.home import make_page, make_site

pytestmark = pytest.mark.django_db

QUESTIONS = [
    {"label": "Your name", "kind": "line", "required": True, "choices": "", "help": ""},
    {"label": "E-mail", "kind": "email", "required": True, "choices": "", "help": "We answer there."},
    {"label": "About", "kind": "choice", "required": False, "choices": "Books\nEvents", "help": ""},
    {"label": "Message", "kind": "text", "required": False, "choices": "", "help": ""},
    {"label": "Call me", "kind": "tick", "required": False, "choices": "", "help": ""},
    {"label": "Phone", "kind": "phone", "required": False, "choices": "", "help": ""},
]
ANSWERS = {"q0": "A reader", "q1": "reader@mail.example", "q2": "Books", "q3": "Good day\nto you", "q4": "on"}


def form_value(**values):
    start = {
        "title": "Write to us",
        "text": "",
        "recipient": "library@mail.example",
        "thanks": "Until Friday.",
    }
    return {**start, "questions": items(*QUESTIONS), **values}


@pytest.fixture
def page(settings):
    buckets.accounts.clear()
    settings.RATE_LIMIT_ALLOW = []
    return make_page(make_site()["en"], "Contacts", body=stream(("form", form_value())))


@pytest.fixture
def address(page):
    return f"/en/forms/{page.pk}/block-0/"


def answers(page, **changes):
    form = placed_form(page, "block-0")
    shape = QuestionsForm(form.value["questions"]).shape
    return {"shape": shape, "website": "", **ANSWERS, **changes}


def test_the_page_shows_the_form_and_sets_no_cookie(client, page, address):
    response = client.get(page.url)
    assert f'action="{address}"' in response.text and "library@mail.example" not in response.text
    assert "after 30 days" in response.text
    assert not response.cookies


def test_answers_become_one_letter(client, page, address):
    response = client.post(address, answers(page))
    assert response.status_code == 303
    thanks = client.get(response["Location"])
    assert "Until Friday." in thanks.text and thanks.headers["X-Robots-Tag"] == "noindex"
    letter = OutgoingMail.objects.get()
    assert (letter.recipient, letter.state) == ("library@mail.example", MailState.QUEUED)
    assert letter.subject == "From the website: Write to us" and letter.language == settings.LANGUAGE_CODE
    for words in ("Your name\nA reader", "reader@mail.example", "Good day\nto you", "Call me", page.full_url):
        assert words in letter.text
    assert "Phone" not in letter.text


def test_sending_twice_sends_once(client, page, address):
    for _time in range(2):
        assert client.post(address, answers(page)).status_code == 303
    assert OutgoingMail.objects.count() == 1
    client.post(address, answers(page, q3="Something else"))
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"q0": ""}, 0), ({"q0": "x" * 201}, 0), ({"q0": "a\x00b"}, 0), ({"q1": "nobody"}, 1), ({"q1": ""}, 1),
        ({"q1": "a@b.example\nBcc: c@d.example"}, 1), ({"q2": "Gold"}, 2), ({"q3": "x" * 4001}, 3),
    ],
)  # fmt: skip
def test_errors_stand_with_their_fields_and_nothing_is_lost(client, page, address, changes, field):
    response = client.post(address, answers(page, **changes))
    assert response.status_code == 422 and not OutgoingMail.objects.exists()
    name = f"form-block-0-q{field}"
    assert f'id="{name}_error"' in response.text and f'href="#{name}"' in response.text
    entry = response.text.split(f'id="{name}"')[0].rpartition("<")[2] + response.text.split(f'id="{name}"')[1]
    assert 'aria-invalid="true"' in entry.split(">")[0] and f"{name}_error" in entry.split(">")[0]
    assert field == 3 or "Good day\nto you" in response.text


def test_what_is_written_is_shown_as_words(client, page, address):
    response = client.post(address, answers(page, q0="<script>alert(1)</script>", q1=""))
    assert "<script>alert(1)" not in response.text
    client.post(address, answers(page, q0="{{ 7|add:7 }}<b>"))
    assert "{{ 7|add:7 }}<b>" in OutgoingMail.objects.get().text


def test_programs_are_thanked_and_ignored(client, page, address):
    assert client.post(address, answers(page, website="https://spam.example/")).status_code == 303
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://other.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_pages_of_this_site_send_forms(page, address, headers, status):
    client = Client(enforce_csrf_checks=True, headers=headers)
    assert client.post(address, answers(page)).status_code == status
    assert OutgoingMail.objects.exists() == (status == 303)


def test_who_sends_very_many_must_wait(client, page, address):
    codes = {client.post(address, answers(page, q3=str(number))).status_code for number in range(12)}
    assert codes == {303, 429} and OutgoingMail.objects.count() <= 7


def test_questions_that_were_changed_meanwhile_are_asked_again(client, page, address):
    sent = answers(page)
    page.body = stream(("form", form_value(questions=items(*QUESTIONS[:2]))))
    page.save()
    response = client.post(address, sent)
    assert response.status_code == 422 and "changed while you were writing" in response.text
    assert 'value="A reader"' in response.text


def test_the_address_opened_by_hand_leads_to_the_form(client, page, address):
    response = client.get(address)
    assert response.status_code == 302 and response["Location"] == f"{page.url}#form-block-0"
    assert 'id="form-block-0"' in client.get(page.url).text


@pytest.mark.parametrize("change", ["unpublished", "no block", "no page", "private"])
def test_forms_that_are_not_there(client, page, address, change):
    sent = answers(page)
    if change == "unpublished":
        page.unpublish()
    elif change == "no block":
        address = address.replace("block-0", "block-9")
    elif change == "no page":
        address = address.replace(str(page.pk), "999999")
    else:
        page.view_restrictions.create(restriction_type="login")
    assert client.post(address, sent).status_code == 404
    assert client.get(f"{address}sent/").status_code == 404
    assert not OutgoingMail.objects.exists()


def test_a_form_on_a_page_that_was_never_saved_is_previewed(page):
    page.pk = None
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200 and "Write to us" in response.text
