import json

import pytest

from home.models import ContentPage, SectionPage
from tests.factories.home import make_page, make_site

pytestmark = pytest.mark.django_db

CONTENT = json.dumps(
    [
        {"type": "heading", "value": "For whom"},
        {"type": "paragraph", "value": "<p>For <b>everybody</b>.</p>"},
        {"type": "quote", "value": {"quote": "Words", "source": "A reader"}},
        {"type": "facts", "value": {"title": "Facts", "facts": [{"name": "Price", "value": "free"}]}},
        {
            "type": "links",
            "value": {"title": "", "links": [{"title": "Catalogue", "address": "/catalogue/"}]},
        },
    ]
)


def test_a_content_page_shows_each_of_its_blocks(client):
    page = make_page(make_site()["en"], "Services", intro="What we do.", body=CONTENT)
    html = client.get(page.url).text
    for words in (
        "<h1>Services</h1>",
        "What we do.",
        "<h2>For whom</h2>",
        "<b>everybody</b>",
        "A reader",
        "Price",
    ):
        assert words in html
    assert 'href="/catalogue/"' in html


def test_a_section_lists_the_published_pages_below_it(client):
    section = make_page(make_site()["en"], "Services", kind=SectionPage)
    make_page(section, "Reading room", intro="Quiet.")
    make_page(section, "Draft", live=False)
    html = client.get(section.url).text
    assert "Reading room" in html and "Quiet." in html
    assert "Draft" not in html


def test_the_home_page_is_composed_of_blocks(client):
    home = make_site()["en"]
    home.body = json.dumps(
        [
            {"type": "search", "value": {"title": "What shall we read?", "text": "", "examples": ["Nizami"]}},
            {"type": "new_books", "value": {"title": "New books", "number": 5}},
            {"type": "branches", "value": {"title": "Libraries", "text": ""}},
            {"type": "figures", "value": {"title": "", "figures": [{"number": "63", "label": "libraries"}]}},
        ]
    )
    home.save()
    html = client.get("/en/").text
    assert "<h1>What shall we read?</h1>" in html
    assert "/en/catalogue/?q=Nizami" in html
    assert "<dd>63</dd>" in html
    assert html.count("<h1") == 1


def test_pages_marked_for_the_menu_and_the_footer_stand_there(client):
    home = make_site()["en"]
    make_page(home, "About us", show_in_menus=True)
    make_page(home, "Privacy", show_in_footer=True)
    make_page(home, "Elsewhere")
    html = client.get("/en/branches/").text
    header, footer = html.split("<main")[0], html.split("<footer")[1]
    assert "About us" in header and "Privacy" in footer
    assert "Elsewhere" not in html and "Privacy" not in header


def test_the_menu_never_has_more_than_five_entries(client):
    home = make_site()["en"]
    for number in range(6):
        make_page(home, f"Page {number}", show_in_menus=True)
    header = client.get("/en/branches/").text.split("<main")[0]
    entries = header.split("site-nav-list")[1].split("</ul>")[0]
    assert entries.count("<li>") == 5


def test_a_published_change_shows_at_once(client, django_capture_on_commit_callbacks):
    page = make_page(make_site()["en"], "About us", show_in_menus=True)
    assert "About us" in client.get("/en/branches/").text
    page.title = "About the library"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "About the library" in client.get("/en/branches/").text


def test_an_unsafe_address_is_refused_in_a_link(client):
    from django.core.exceptions import ValidationError

    from home.blocks import LinkBlock

    block = LinkBlock()
    value = block.to_python({"title": "x", "text": "", "page": None, "address": "javascript:alert(1)"})
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize("model", [ContentPage, SectionPage])
def test_staff_can_open_the_editor_of_each_page_type(client, admin_user, model):
    page = make_page(make_site()["en"], "Edit me", kind=model)
    client.force_login(admin_user)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_staff_can_open_the_editor_of_the_home_page(client, admin_user):
    home = make_site()["en"]
    client.force_login(admin_user)
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
