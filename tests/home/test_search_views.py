import pytest

from search.models import Generation
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(settings):
    homes = make_site()
    make_page(homes["en"], "Rules of the Nizami reading room", intro="When it is open and to whom.")
    branch = BranchFactory(code="nizami", name={"az": "Nizami kitabxanası", "en": "Nizami library"})
    for number in range(8):
        record = RecordFactory(
            title=f"Seven beauties, volume {number}", authors=["Nizami Gəncəvi"], subjects=["Poema"]
        )
        ItemFactory(record=record, branch=branch)
    with searchable(settings):
        yield


def test_hits_are_grouped_by_kind_with_the_way_to_all_of_them(client, everything):
    response = client.get("/en/search/?q=nizami")
    html = response.content.decode()
    groups = {group["kind"].name: group for group in response.context["groups"]}
    assert list(groups) == ["record", "branch", "page"]
    assert html.count('class="hit"') == 5
    assert 'href="/en/catalogue/?q=nizami"' in html and "All 8 in the catalogue" in html
    assert "/en/branches/nizami/" in html
    assert "reading room" in html
    assert response.headers["X-Robots-Tag"] == "noindex, follow"


def test_the_number_of_queries_is_small(client, everything, django_assert_max_num_queries):
    client.get("/en/search/?q=nizami")
    with django_assert_max_num_queries(20):
        client.get("/en/search/?q=nizami")


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=%20%20"])
def test_without_words_the_page_explains_itself(client, everything, query):
    response = client.get(f"/en/search/?{query}")
    assert response.status_code == 200
    assert "One search over" in response.content.decode()


@pytest.mark.parametrize("query", ["%22", "zzzz", "AND+OR", "a" * 10_000, "%E2%80%AE", "*", "kind:branch"])
def test_strange_words_get_an_ordinary_page(client, everything, query):
    assert client.get(f"/en/search/?q={query}").status_code == 200


def test_no_hits_lead_to_a_librarian(client, everything):
    assert "/en/ask/?question=zzzz" in client.get("/en/search/?q=zzzz").content.decode()


def test_without_an_engine_the_page_says_so(client, everything):
    Generation.objects.all().delete()
    response = client.get("/en/search/?q=nizami")
    assert response.status_code == 503
    assert "does not work at this moment" in response.content.decode()
    assert client.get("/en/search/suggest?q=nizami").status_code == 503


# --- Suggestions ------------------------------------------------------------------------------------------


def test_suggestions_lead_to_what_they_promise(client, everything):
    response = client.get("/en/search/suggest?q=niz")
    rows = response.json()["suggestions"]
    author = next(row for row in rows if row["kind"] == "author")
    assert (author["text"], author["label"], author["count"]) == ("Nizami Gəncəvi", "Author", 8)
    assert client.get(author["url"]).context["found"].total == 8
    assert "max-age" in response.headers["Cache-Control"]


def test_every_suggestion_finds_something(client, everything):
    for start in ("se", "po", "ni"):
        for row in client.get(f"/en/search/suggest?q={start}").json()["suggestions"]:
            assert client.get(row["url"]).context["found"].total >= 1


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=n", "q=%00%00", "q=" + "n" * 5000, "q=%22%22", "q=%2A%2A", "q=%F0%9F%93%9A%F0%9F%93%9A"],
)
def test_too_little_too_much_or_too_strange_suggests_nothing(client, everything, query):
    response = client.get(f"/en/search/suggest?{query}")
    assert response.status_code == 200
    assert response.json() == {"suggestions": []}
