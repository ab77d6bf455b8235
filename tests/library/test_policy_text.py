"""The lending rules that a room describes reach the page; without a room staff are told, and readers see nothing."""

import pytest
from wagtail import hooks

from library.policy_text import HOOK, PolicySection, policy_sections
from tests.factories.home import make_documents, make_page, make_site

SECTION = PolicySection(
    title="How much and how long",
    paragraphs=("The management may raise these numbers.",),
    columns=("Material", "Items", "Days"),
    rows=(("Books", "3", "15"), ("Other items", "3", "7")),
    source="Service rules, article 31",
)


def describe(language):
    return [SECTION, PolicySection(title=f"Written in {language}")]


def fail(language):
    raise RuntimeError("no policy")


@pytest.mark.pure
def test_sections_come_in_the_order_of_the_hook_and_in_the_language():
    with hooks.register_temporarily(HOOK, lambda: describe):
        assert [section.title for section in policy_sections("az")] == [SECTION.title, "Written in az"]


@pytest.mark.pure
def test_a_room_that_fails_is_left_out_and_logged(caplog):
    with hooks.register_temporarily([(HOOK, lambda: fail), (HOOK, lambda: describe)]):
        assert len(policy_sections("az")) == 2
    assert "policy text" in caplog.text


@pytest.mark.pure
def test_no_room_no_rules():
    assert policy_sections("az") == []


@pytest.fixture
def pages(db):
    home = make_site()["en"]
    part = ("rules", {"title": "House rules", "articles": [{"title": "Bags", "text": "<p>In a locker.</p>"}]})
    policy = [{"type": "policy", "value": None}]
    return [make_documents(home, part, ("policy", None)), make_page(home, "Rules", body=policy)]


def test_the_rules_stand_on_documents_and_on_any_page(client, pages):
    with hooks.register_temporarily(HOOK, lambda: describe):
        for page in pages:
            html = client.get(page.url).text
            for words in (
                "Lending rules",
                SECTION.title,
                SECTION.paragraphs[0],
                SECTION.source,
                "<td>15</td>",
            ):
                assert words in html
            assert '<th scope="row">Books</th>' in html and "Written in en" in html


def test_readers_see_nothing_before_lending_is_set_up(client, pages):
    for page in pages:
        html = client.get(page.url).text
        assert "Lending rules" not in html and "once lending is set up" not in html


def test_staff_are_told_before_lending_is_set_up(client, admin_user, pages):
    client.force_login(admin_user)
    for page in pages:
        assert "once lending is set up" in client.get(page.url).text
