"""What staff compose pages of: what each block shows, what it refuses, and how many queries all of them take."""

import re

import pytest
from django.core.exceptions import ValidationError
from django_tasks_db.models import DBTaskResult

from home.blocks.catalogue import read_search
from home.picture_copies import make_copies
from library.models import Branch
from tests.factories.blocks import (
    RECORDING,
    TABLE,
    VIDEO,
    block_value,
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
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(settings):
    settings.RATE_LIMIT_MODE = "off"
    return make_site()


@pytest.fixture
def show(client, homes):
    """Publish a page with these blocks and return what readers get, from the heading of the page on."""

    def publish(*blocks):
        page = make_page(homes["en"], "A page", body=stream(*blocks))
        response = client.get(page.url)
        assert response.status_code == 200
        return response.text.split("<h1>")[1].split("</main>")[0]

    return publish


SIMPLE = [
    ("subheading", "For children", "<h3>For children</h3>"),
    ("table", {"caption": "Books", "table": TABLE, "rows_have_names": True}, "<caption>Books</caption>"),
    ("table", {"caption": "Books", "table": TABLE, "rows_have_names": True}, '<th scope="row">Central</th>'),
    ("table", {"caption": "Books", "table": TABLE, "rows_have_names": False}, "<td>Central</td>"),
    ("table", {"caption": "Books", "table": TABLE, "rows_have_names": True}, '<th scope="col">Library</th>'),
    (
        "accordion",
        {"title": "Questions", "parts": items({"question": "How long?", "answer": "<p>A <b>month</b></p>"})},
        "<summary>How long?</summary>",
    ),
    (
        "call",
        {"title": "Join", "text": "", "button": {"title": "Become a reader", "address": "/x/"}},
        'href="/x/"',
    ),
    ("video", {**VIDEO, "address": "https://www.youtube.com/watch?v=1"}, "Leads to youtube.com"),
    ("map", {"title": "Where", "name": "The park", "latitude": 40.5, "longitude": 45.5}, "geo:40.5,45.5"),
]


@pytest.mark.parametrize(("name", "value", "expected"), SIMPLE)
def test_what_a_block_shows(show, name, value, expected):
    assert expected in show((name, value))


def test_a_video_elsewhere_is_a_link_and_nothing_else(show):
    html = show(("video", {**VIDEO, "address": "https://www.youtube.com/watch?v=1"}))
    assert 'href="https://www.youtube.com/watch?v=1"' in html
    assert "<iframe" not in html and "<video" not in html and 'src="https://' not in html


def test_a_video_of_ours_has_captions_and_its_words(show):
    film, captions = make_document("Film", "f.mp4"), make_document("Captions", "c.vtt")
    html = show(("video", {**VIDEO, "file": film.pk, "captions": captions.pk, "transcript": "<p>Hello</p>"}))
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'kind="captions" src="{captions.url}" srclang="en"' in html
    assert "<p>Hello</p>" in html and 'preload="none"' in html


def test_pictures_come_in_modern_formats_with_their_size(show):
    html = show(
        ("picture", {"picture": shown_picture(make_picture()), "caption": "The hall"}),
        ("heading", "More"),
        ("picture", {"picture": shown_picture(make_picture()), "caption": ""}),
    )
    first, second = re.findall(r"<picture>.*?</picture>", html, re.S)
    for picture in (first, second):
        assert "image/avif" in picture and "image/webp" in picture and "srcset=" in picture
        assert re.search(r'<img[^>]* width="\d+"', picture) and re.search(r'height="\d+"', picture)
        assert 'alt="Tables under lamps"' in picture and "style=" not in picture
    assert "lazy" not in first and 'loading="lazy"' in second


def test_a_gallery_works_without_a_script_and_cuts_around_the_focal_point(show):
    picture = make_picture(
        size=(400, 300), focal_point_x=350, focal_point_y=40, focal_point_width=20, focal_point_height=20
    )
    html = show(
        ("gallery", {"title": "Pictures", "pictures": items(
            {"picture": shown_picture(picture), "caption": "One"},
            {"picture": shown_picture(make_picture()), "caption": ""},
        )})
    )  # fmt: skip
    link = re.search(r'<a href="(/media/images/[^"]+)">', html)
    assert link and html.count("<figure>") == 2 and "<figcaption>One" in html
    assert picture.renditions.exclude(focal_point_key="").filter(filter_spec__contains="fill-").exists()


def test_copies_of_pictures_are_made_when_a_page_is_published(homes, django_capture_on_commit_callbacks):
    picture = make_picture()
    page = make_page(homes["en"], "A page", body=stream(("picture", {"picture": shown_picture(picture)})))
    plain = make_page(homes["en"], "Plain")
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
        plain.save_revision().publish()
    waiting = [job for job in DBTaskResult.objects.all() if job.task_path.endswith("make_copies")]
    assert sorted(job.args_kwargs["args"][0] for job in waiting) == sorted([page.pk, plain.pk])
    assert not picture.renditions.exists()
    for job in waiting:
        make_copies.func(*job.args_kwargs["args"])
    assert picture.renditions.count() == 9
    page.unpublish()
    make_copies.func(page.pk)
    make_copies.func(999_999)


def test_people_show_what_the_staff_list_says(show):
    html = show(
        ("people", {"title": "Ask", "people": items(make_person(phone="012 345", email="a@b.example").pk)})
    )
    for words in ("Librarian of the reading room", "Head", "tel:012345", "mailto:a@b.example"):
        assert words in html


def test_libraries_are_chosen_or_all_of_a_kind(show):
    town = BranchFactory(kind=Branch.Kind.TOWN, name={"en": "Town one"}, open_weekdays=range(7))
    village = BranchFactory(kind=Branch.Kind.VILLAGE, name={"en": "Village one"})
    chosen = show(("branches", {"title": "", "kind": "", "branches": items(village.pk)}))
    assert "Village one" in chosen and "Town one" not in chosen
    of_kind = show(("branches", {"title": "", "kind": "town", "branches": []}))
    assert town.get_absolute_url() in of_kind and "Village one" not in of_kind
    assert "status-" in of_kind


def test_records_stand_in_the_order_they_were_given(show):
    second, first = RecordFactory(title="Second"), RecordFactory(title="First")
    html = show(("records", {"title": "Read", "records": items(first.pk, second.pk)}))
    assert html.index(">First<") < html.index(">Second<")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/catalogue/?subject=Testing", {"subject": ("Testing",)}),
        ("https://library.example/az/catalogue/?subject=Testing&page=4", {"subject": ("Testing",)}),
        ("/ru/catalogue/", {}),
        ("/az/catalogue/browse/", None),
        ("https://library.example/", None),
        ("javascript:alert(1)", None),
        ("http://[broken/catalogue/", None),
        ("", None),
    ],
)
def test_addresses_of_searches(address, expected):
    wish = read_search(address)
    assert (wish.chosen if wish else None) == expected
    assert wish is None or wish.page == 1


def test_a_saved_search_shows_the_newest_it_finds(show, settings):
    for title in ("Oldest", "Older", "Newer", "Newest"):
        RecordFactory(title=title, subjects=["Gardens"])
    RecordFactory(title="Elsewhere", subjects=["Cities"])
    block = ("saved_search", {"title": "Gardens", "address": "/catalogue/?subject=Gardens", "number": 3})
    with searchable(settings):
        html = show(block)
    assert all(f">{title}<" in html for title in ("Newest", "Newer", "Older"))
    assert ">Oldest<" not in html and ">Elsewhere<" not in html
    assert "All 4 titles" in html and "/en/catalogue/?subject=Gardens" in html


def test_a_saved_search_without_an_index_leaves_the_page_whole(show):
    html = show(
        ("saved_search", {"title": "Gardens", "address": "/catalogue/", "number": 3}), ("heading", "After")
    )
    assert "Gardens" not in html and "<h2>After</h2>" in html


REFUSED = [
    ("links", {"links": items({"title": "x", "address": "javascript:alert(1)"})}),
    ("links", {"links": items({"title": "x", "address": "data:text/html,x"})}),
    ("links", {"links": items({"title": "x", "address": "java\tscript:alert(1)"})}),
    ("links", {"links": items({"title": "x", "address": "//other.example/"})}),
    ("links", {"links": items({"title": "x", "address": "/\\other.example/"})}),
    ("links", {"links": items({"title": "x", "address": "https://"})}),
    ("call", {"title": "x", "button": {"title": "x", "address": "vbscript:x"}}),
    ("video", {**VIDEO, "address": "javascript:alert(1)"}),
    ("video", {**VIDEO, "address": "/media/x.mp4"}),
    ("video", VIDEO),
    ("audio", RECORDING),
    ("saved_search", {"title": "x", "address": "/branches/", "number": 3}),
    ("map", {"name": "Nowhere", "latitude": 40.5}),
    ("map", {"latitude": 40.5, "longitude": 45}),
    ("branches", {"kind": "", "branches": []}),
    ("form", {"title": "x", "recipient": "nobody", "questions": items({"label": "x", "kind": "line"})}),
    (
        "form",
        {"title": "x", "recipient": "a@b.example",
         "questions": items({"label": "x", "kind": "choice", "choices": "only one"})},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_is_refused(name, value):
    block, read = block_value(name, value)
    with pytest.raises(ValidationError):
        block.clean(read)


@pytest.mark.parametrize(
    ("name", "file", "values", "is_taken"),
    [
        ("video", "a.mp4", {"transcript": "<p>Words</p>"}, True),
        ("video", "a.mp4", {"transcript": ""}, False),
        ("video", "a.mp4", {"transcript": "<p> </p>"}, False),
        ("video", "a.pdf", {"transcript": "<p>Words</p>"}, False),
        ("audio", "a.mp3", {"transcript": "<p>Words</p>"}, True),
        ("audio", "a.mp4", {"transcript": "<p>Words</p>"}, False),
    ],
)
def test_recordings_need_their_words_before_they_are_published(name, file, values, is_taken):
    start = VIDEO if name == "video" else RECORDING
    block, read = block_value(name, {**start, "file": make_document("File", file).pk, **values})
    if is_taken:
        block.clean(read)
    else:
        with pytest.raises(ValidationError):
            block.clean(read)


def test_a_draft_may_be_unfinished():
    block, read = block_value("video", {**VIDEO, "file": make_document("Film", "f.mp4").pk})
    block.clean_deferred(read)
    block, read = block_value("people", {"people": items(make_person(show_on_site=False).pk)})
    block.clean_deferred(read)


def test_pictures_need_words_or_the_tick():
    block, read = block_value("picture", {"picture": shown_picture(make_picture(), alt="")})
    with pytest.raises(ValidationError):
        block.clean(read)
    value = {"image": make_picture().pk, "decorative": True, "alt_text": ""}
    block, read = block_value("picture", {"picture": value})
    block.clean(read)


@pytest.fixture
def hidden(homes):
    """Blocks whose chosen object readers can no longer see, and words that must not appear."""
    gone = RecordFactory(title="Deleted record")
    numbers = {"record": gone.pk}
    gone.delete()
    person = make_person("Hidden person", show_on_site=False)
    branch = BranchFactory(name={"en": "Closed library"}, is_active=False)
    resource = make_e_resource(make_e_resources(homes["en"]), "Withdrawn resource", live=False)
    page = make_page(homes["en"], "Withdrawn page", live=False)
    return [
        ("records", {"title": "T-records", "records": items(numbers["record"])}),
        ("people", {"title": "T-people", "people": items(person.pk)}),
        ("branches", {"title": "T-branches", "kind": "", "branches": items(branch.pk)}),
        ("map", {"title": "T-map", "branch": branch.pk}),
        ("e_resources", {"title": "T-resources", "resources": items(resource.pk)}),
        ("document", {"document": 999_999, "text": "T-document"}),
        ("picture", {"picture": {"image": 999_999, "alt_text": "x"}, "caption": "T-picture"}),
        ("call", {"title": "T-call", "button": {"title": "T-button", "page": page.pk}}),
        ("links", {"title": "", "links": items({"title": "T-link", "page": page.pk})}),
    ]


def test_what_is_deleted_or_hidden_is_left_out(show, hidden):
    html = show(*hidden, ("heading", "After"))
    assert "<h2>After</h2>" in html
    for words in ("T-", "Hidden person", "Closed library", "Withdrawn", "Only you see"):
        assert words not in html


def test_staff_are_told_in_the_preview_and_when_they_publish(client, homes, hidden, admin_user):
    page = make_page(homes["en"], "A page", body=stream(*hidden))
    response = page.make_preview_request()
    assert response.text.count("Only you see this line") == 5
    for name, value in hidden:
        block, read = block_value(name, value)
        with pytest.raises(ValidationError):
            block.clean(read)


def test_links_lead_to_the_translation_in_the_readers_language(client, homes):
    rules = make_page(homes["az"], "Qaydalar", slug="rules")
    make_page(homes["en"], "Rules", slug="rules", translation_key=rules.translation_key)
    link = {"title": "Rules", "page": rules.pk}
    page = make_page(homes["en"], "A page", body=stream(("links", {"links": items(link)})))
    assert 'href="/en/rules/"' in client.get(page.url).text
