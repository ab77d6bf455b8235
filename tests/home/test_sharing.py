"""What the head of a page tells search engines and those who share it."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from home.sharing.cards import Card
from home.sharing.drawing import draw
from tests.factories.catalog_pages import RecordFactory
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db

TITLES = {
    "ka": "ქალაქის ბიბლიოთეკის ისტორია და მისი ფილიალები გასული საუკუნის ოცდაათიანი წლებიდან დღემდე",
    "kk": "Қызылорда облыстық әмбебап ғылыми кітапханасының ұлттық әдебиет бөліміндегі кездесулер",
    "az": "İlk kitabxanaçı işıqlı oxu zalında: İnsanlar və ilıq İYUN axşamları",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def tags(html: str) -> dict[str, str]:
    head = html.split("</head>")[0]
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', head))


def data(html: str) -> list[dict]:
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]


def opened(response) -> Image.Image:
    assert response.status_code == 200
    picture = Image.open(BytesIO(response.content))
    picture.load()
    return picture


BODY = json.dumps(
    [
        {"type": "heading", "value": "Rooms"},
        {"type": "paragraph", "value": "<p>Quiet &amp; <b>warm</b>.</p><p>Open.</p>"},
    ]
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"search_description": "Said.", "intro": "Intro.", "body": BODY}, "Said."),
        ({"intro": "Intro.", "body": BODY}, "Intro."),
        ({"body": BODY}, "Quiet &amp; warm. Open."),
        ({"intro": "x" * 300}, "x" * 159 + "…"),
    ],
)
def test_a_page_is_described_by_what_it_has(client, fields, expected):
    page = make_page(make_site()["en"], "Rooms", **fields)
    found = tags(client.get(page.url).text)
    assert found["description"] == expected
    assert found["og:description"] == expected


def test_the_head_says_who_what_and_where(client):
    page = make_page(make_site()["en"], 'A "quoted" <title>')
    found = tags(client.get(page.url).text)
    assert found["og:title"] == "A &quot;quoted&quot; &lt;title&gt;"
    assert found["og:url"] == f"http://testserver{page.url}"
    assert found["og:locale"] == "en_GB"
    assert found["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", ["/en/", "/en/branches/", "/en/catalogue/", "/en/e-resources/"])
def test_every_page_has_a_picture(client, address):
    make_site()
    found = tags(client.get(address).text)
    assert found["og:image"].startswith("http://testserver/en/sharing/")
    assert opened(client.get(found["og:image"])).size == (1200, 630)


def test_libraries_and_records_have_pictures_of_their_own(client):
    branch = BranchFactory(code="central")
    record = RecordFactory(title="Xəmsə")
    found = {
        tags(client.get(address).text)["og:image"]
        for address in ("/en/branches/central/", f"/en/catalogue/{record.pk}/", "/en/branches/")
    }
    assert len(found) == 3
    for address in found:
        response = client.get(address)
        assert opened(response).size == (1200, 630)
        assert "immutable" in response["Cache-Control"]
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert f"/branch/{branch.pk}/" in "".join(found)


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("picture", [0, 9_999])
def test_long_titles_of_every_script_are_drawn(language, picture):
    card = Card(
        title=TITLES[language], above="25", library="Library", language=language, spine="#1f5c57",
        picture=picture,
    )  # fmt: skip
    drawn = Image.open(BytesIO(draw(card))).convert("L")
    assert drawn.size == (1200, 630)
    # There are letters where the title stands.
    assert drawn.crop((100, 110, 700, 400)).getextrema()[0] < 80


def test_a_picture_of_earlier_leads_to_that_of_today(client):
    page = make_page(make_site()["en"], "Old")
    address = tags(client.get(page.url).text)["og:image"]
    page.title = "New"
    page.save()
    response = client.get(address)
    assert response.status_code == 302
    assert opened(client.get(response.url)).size == (1200, 630)


def test_a_picture_is_drawn_once(client, tmp_path):
    page = make_page(make_site()["en"], "Once")
    address = tags(client.get(page.url).text)["og:image"]
    client.get(address)
    (path,) = (tmp_path / "sharing").iterdir()
    before = path.stat().st_mtime_ns
    client.get(address)
    assert path.stat().st_mtime_ns == before


def test_old_pictures_make_room(client, tmp_path, monkeypatch):
    monkeypatch.setattr("home.sharing.drawing.MOST_FILES", 3)
    home = make_site()["en"]
    for number in range(5):
        client.get(tags(client.get(make_page(home, f"Page {number}").url).text)["og:image"])
    assert len(list((tmp_path / "sharing").iterdir())) <= 3


def test_what_readers_may_not_see_has_no_picture(client):
    page = make_page(make_site()["en"], "Draft", live=False)
    assert client.get(f"/en/sharing/page/{page.pk}/x").status_code == 404
    assert client.get("/en/sharing/branch/99/x").status_code == 404
    assert client.get("/en/sharing/user/1/x").status_code == 404
    assert client.get("/en/sharing/site/1/x").status_code == 404


def test_the_way_to_a_page_is_told(client):
    from home.models import SectionPage

    section = make_page(make_site()["en"], "Services", kind=SectionPage, slug="services")
    page = make_page(section, "</script><b>x", slug="x")
    html = client.get(page.url).text
    (crumbs,) = [each for each in data(html) if each["@type"] == "BreadcrumbList"]
    steps = [(step["position"], step["name"], step["item"]) for step in crumbs["itemListElement"]]
    assert steps == [
        (1, "Home page", "http://testserver/en/"),
        (2, "Services", "http://testserver/en/services/"),
        (3, "</script><b>x", "http://testserver/en/services/x/"),
    ]
    assert "</script><b>x" not in html


def test_the_home_page_tells_which_library_it_is(client):
    make_site()
    (library,) = data(client.get("/en/").text)
    assert (library["@type"], library["url"]) == ("Library", "http://testserver/en/")
    assert library["subjectOf"]["potentialAction"]["target"].endswith("/en/search/?q={words}")


def test_a_page_type_adds_its_own_words(client, monkeypatch):
    from home.models import ContentPage

    page = make_page(make_site()["en"], "News")
    monkeypatch.setattr(
        ContentPage, "structured_data", lambda page, request: {"@type": "NewsArticle"}, raising=False
    )
    assert "NewsArticle" in [each["@type"] for each in data(client.get(page.url).text)]


@pytest.mark.parametrize(
    ("query", "robots", "canonical"),
    [
        ("", None, "/en/branches/"),
        ("?open=1", "noindex, follow", "/en/branches/"),
        ("?page=2", None, "/en/branches/?page=2"),
        ("?page=1", None, "/en/branches/"),
        ("?page=x", None, "/en/branches/"),
        ("?page=2&q=a", "noindex, follow", "/en/branches/?page=2"),
    ],
)
def test_filtered_lists_are_not_for_search_engines(client, query, robots, canonical):
    html = client.get(f"/en/branches/{query}").text
    assert tags(html).get("robots") == robots
    assert f'<link rel="canonical" href="http://testserver{canonical}">' in html


def test_readers_of_other_languages_are_sent_to_the_librarys_own(client):
    homes = make_site()
    page = make_page(homes["en"], "About", slug="about")
    make_page(homes["az"], "Haqqımızda", slug="haqqimizda", translation_key=page.translation_key)
    html = client.get("/en/about/").text
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/az/haqqimizda/">' in html
    sitemap = client.get("/sitemap-pages.xml").text
    for code, path in (("en", "/en/about/"), ("az", "/az/haqqimizda/"), ("x-default", "/az/haqqimizda/")):
        link = f'<xhtml:link rel="alternate" hreflang="{code}" href="http://testserver{path}"/>'
        assert sitemap.count(link) == 2


def test_a_page_without_translation_has_no_alternates_in_the_sitemap(client):
    page = make_page(make_site()["en"], "Alone", slug="alone")
    entry = client.get("/sitemap-pages.xml").text.split("/en/alone/")[1].split("</url>")[0]
    assert page.live and "hreflang" not in entry


def test_the_first_picture_of_a_page_stands_beside_its_title(client):
    from wagtail.images.tests.utils import get_test_image_file

    from library.models import PortalImage

    image = PortalImage.objects.create(title="x", file=get_test_image_file(size=(900, 900), colour="red"))
    body = json.dumps(
        [{"type": "picture", "value": {"image": image.pk, "picture": image.pk, "caption": "x"}}]
    )
    page = make_page(make_site()["en"], "With a picture", body=body)
    response = client.get(tags(client.get(page.url).text)["og:image"])
    picture = opened(response)
    assert response["Content-Type"] == "image/jpeg"
    assert picture.getpixel((1100, 300))[0] > 200 > picture.getpixel((1100, 300))[1]
    assert not dict(picture.getexif())
