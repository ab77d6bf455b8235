from html import unescape

import pytest
from wagtail import hooks

from search.documents import Document
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
    assert [kind.name for kind in response.context["result"].kinds] == ["record", "branch", "page"]
    assert html.count('class="hit"') == 4
    assert "10</span> results for “nizami”" in html
    assert 'href="/en/catalogue/?q=nizami"' in html and "All 8 in the catalogue" in html
    assert "/en/branches/nizami/" in html
    assert "reading room" in html
    assert response.headers["X-Robots-Tag"] == "noindex, follow"


def test_each_kind_has_a_tab_with_pages(client, everything, monkeypatch):
    monkeypatch.setattr("home.everything.PER_PAGE", 5)
    html = client.get("/en/search/?q=nizami&kind=record").content.decode()
    assert html.count('class="hit"') == 5
    assert 'href="?q=nizami&amp;kind=branch"' in html
    assert 'href="?q=nizami&amp;kind=record&amp;page=2"' in html
    assert 'href="/en/catalogue/?q=nizami"' in html and "<title>nizami – Catalogue – Search" in html
    second = client.get("/en/search/?q=nizami&kind=record&page=2").content.decode()
    assert second.count('class="hit"') == 3
    assert "There is no page 3" in client.get("/en/search/?q=nizami&kind=record&page=3").content.decode()
    assert client.get("/en/search/?q=nizami&kind=record&page=1000000000").status_code == 400


def test_a_kind_without_hits_leads_to_those_that_have_some(client, everything):
    html = client.get("/en/search/?q=beauties&kind=page").content.decode()
    assert "Nothing found for “beauties”" in html
    assert 'href="/en/search/?q=beauties&amp;kind=record"' in html


@pytest.mark.parametrize(
    "query", ["q=nizqmi", "q=nizqmi&kind=branch", "q=beautoes", "q=beautoes&kind=record"]
)
def test_numbers_agree_where_similar_words_were_searched(client, everything, query):
    response = client.get(f"/en/search/?{query}")
    result = response.context["result"]
    html = unescape(response.content.decode())
    assert result.found.widened and "Shown are similar words" in html
    assert result.found.total == (result.chosen or result).total > 0
    assert f'href="?{query}&literal=1"' in html


def test_an_unknown_kind_is_passed_over(client, everything):
    assert client.get("/en/search/?q=nizami&kind=ghost&page=9").context["result"].question.kind == ""


def test_a_room_that_registers_a_source_with_a_label_appears_by_itself(client, settings):
    class GhostSource:
        name, label, position, listing = "ghost", "Ghosts", 15, ""
        template = "search/parts/pages.html"

        def documents(self, ids):
            return [Document(id=f"ghost:{pk}", kind="ghost", title=f"Nizami’s ghost {pk}") for pk in ids]

        def ids_after(self, after, limit):
            return [pk for pk in (1, 2) if pk > after][:limit]

        def count(self):
            return 2

        def objects(self, ids, audience=()):
            return [
                {
                    "title": f"Nizami’s ghost {pk}",
                    "url": f"/ghosts/{pk}/",
                    "intro": "Boo",
                    "search_description": "",
                }
                for pk in ids
            ]

    with hooks.register_temporarily("register_search_source", GhostSource), searchable(settings):
        html = client.get("/en/search/?q=nizami").content.decode()
        assert "Ghosts" in html and "/ghosts/2/" in html
        assert (
            'href="?q=nizami&amp;kind=ghost"'
            in client.get("/en/search/?q=nizami&kind=ghost").content.decode()
        )


@pytest.mark.parametrize("address", ["/en/search/?q=nizami", "/en/search/?q=nizami&kind=record"])
def test_the_number_of_queries_is_small(client, everything, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)


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
    answer = response.json()
    assert [(group["kind"], group["label"]) for group in answer["groups"]] == [("author", "Authors")]
    assert answer["spoken"] == "1 suggestion"
    author = answer["groups"][0]["options"][0]
    assert (author["text"], author["note"]) == ("Nizami Gəncəvi", "8 titles")
    assert author["url"].endswith("?q=author%3A%22Nizami+G%C9%99nc%C9%99vi%22")
    assert client.get(author["url"]).context["found"].total == 8
    assert response.headers["Cache-Control"] == "private, max-age=300"


def test_every_suggestion_finds_something(client, everything):
    for start in ("se", "po", "ni"):
        groups = client.get(f"/en/search/suggest?q={start}").json()["groups"]
        assert groups
        for option in (option for group in groups for option in group["options"]):
            found = client.get(option["url"]).context["found"]
            assert found.total >= 1 and found.notice is None


def test_a_title_full_of_signs_is_suggested_without_them(client, settings):
    RecordFactory(title='Tarix: (1918–1920) "AND" [nəşr] -5*?')
    with searchable(settings):
        option = client.get("/en/search/suggest?q=tarix").json()["groups"][0]["options"][0]
        found = client.get(option["url"]).context["found"]
    assert (found.total, found.notice) == (1, None)


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=n", "q=%00%00", "q=" + "n" * 5000, "q=%22%22", "q=%2A%2A", "q=%F0%9F%93%9A%F0%9F%93%9A"],
)
def test_too_little_too_much_or_too_strange_suggests_nothing(client, everything, query):
    response = client.get(f"/en/search/suggest?{query}")
    assert response.status_code == 200
    assert response.json() == {"groups": [], "spoken": "No suggestions"}
