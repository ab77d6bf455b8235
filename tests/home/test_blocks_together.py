"""All blocks on one page, and each in the chooser of the editor."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from home.models import HomePage
from tests.factories.blocks import (
    BLOCKS,
    RECORDING,
    TABLE,
    VIDEO,
    items,
    make_document,
    make_person,
    make_picture,
    shown_picture,
    stream,
)
from tests.factories.catalog_pages import RecordFactory, make_e_resource, make_e_resources
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.news import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_site()


def all_blocks(homes) -> list[tuple]:
    """One of each, those that may be many with several in them."""
    pictures = [shown_picture(make_picture()) for _number in range(3)]
    branches = [
        BranchFactory(latitude=40 + number, longitude=45, open_weekdays=[0]).pk for number in range(3)
    ]
    index = make_e_resources(homes["en"])
    resources = [make_e_resource(index, f"Resource {number}").pk for number in range(3)]
    people = [make_person(f"Person {number}", photograph=make_picture()).pk for number in range(3)]
    film = make_document("Film", "f.mp4").pk
    documents = [make_document(f"Document {number}").pk for number in range(3)]
    links = [{"title": f"Link {number}", "page": homes["az"].pk} for number in range(3)]
    question = {"label": "Name", "kind": "line", "required": True}
    simple = {"heading": "Heading", "subheading": "Below", "paragraph": "<p>Text</p>", "retention": None,
              "quote": {"quote": "Words", "source": ""}}  # fmt: skip
    return [
        *simple.items(),
        ("facts", {"title": "Facts", "facts": items({"name": "Price", "value": "free"})}),
        ("table", {"caption": "Books", "table": TABLE, "rows_have_names": True}),
        ("accordion", {"title": "", "parts": items({"question": "How?", "answer": "<p>So</p>"})}),
        *(("picture", {"picture": picture, "caption": ""}) for picture in pictures),
        ("gallery", {"pictures": items(*({"picture": picture} for picture in pictures))}),
        ("video", {**VIDEO, "file": film, "transcript": "<p>Words</p>"}),
        ("audio", {**RECORDING, "address": "https://sound.example/1"}),
        ("links", {"title": "Ways", "links": items(*links)}),
        ("call", {"title": "Join", "button": {"title": "Now", "address": "/x/"}}),
        ("document", {"document": documents[0], "text": ""}),
        ("documents", {"title": "Files", "documents": items(*documents)}),
        ("branches", {"title": "Libraries", "kind": "all", "branches": []}),
        ("map", {"title": "Map", "branch": branches[0]}),
        ("people", {"title": "People", "people": items(*people)}),
        ("records", {"title": "Books", "records": items(*(RecordFactory().pk for _number in range(3)))}),
        ("saved_search", {"title": "Found", "address": "/catalogue/", "number": 3}),
        ("e_resources", {"title": "Resources", "resources": items(*resources)}),
        ("news", {"title": "News", "number": 3, "category": make_category("Readings").pk}),
        ("policy", None),
        ("form", {"title": "Write", "recipient": "a@b.example", "questions": items(question)}),
    ]


def test_a_page_with_every_block(client, homes, django_assert_max_num_queries):
    blocks = all_blocks(homes)
    assert {name for name, _value in blocks} == set(BLOCKS)
    page = make_page(homes["en"], "Everything", body=stream(*blocks))
    twice = make_page(homes["en"], "Twice", body=stream(*blocks, *blocks[7:10]))
    html = client.get(page.url).text
    client.get(twice.url)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html.split("<main")[1].split("</main>")[0])]
    assert levels[0] == 1 and all(
        after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)
    )
    assert not re.search(r'\sstyle="', html) and len(re.findall(r'id="([^"]+)"', html)) == len(
        set(re.findall(r'id="([^"]+)"', html))
    )
    with django_assert_max_num_queries(45) as first:
        client.get(page.url)
    with django_assert_max_num_queries(45) as second:
        client.get(twice.url)
    assert len(second) == len(first), "more pictures cost more queries"


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_a_picture_in_the_chooser(client, admin_user, name):
    block = BLOCKS[name]
    RecordFactory(), BranchFactory(latitude=40, longitude=45), make_picture(), make_person()  # noqa: B018
    make_document()
    assert block.is_previewable and block.meta.group and block.get_description()
    client.force_login(admin_user)
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200 and "css/blocks.css" in response.text


@pytest.mark.parametrize("number", range(len(HomePage._meta.get_field("body").stream_block.child_blocks)))
def test_every_block_of_the_home_page_has_one_too(client, admin_user, number):
    name, block = list(HomePage._meta.get_field("body").stream_block.child_blocks.items())[number]
    client.force_login(admin_user)
    assert block.is_previewable, name
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200


def test_the_scripts_of_the_editor_are_all_there(client, admin_user, homes):
    """A block whose application is not installed leaves the whole stream empty, without a word to anybody."""
    page = make_page(homes["en"], "A page", body=stream(*all_blocks(homes)))
    client.force_login(admin_user)
    html = client.get(f"/admin/pages/{page.pk}/edit/").text
    scripts = re.findall(r'<script src="/static/([^"?]+)', html)
    assert len(scripts) > 10
    assert not [path for path in scripts if not finders.find(path)]
