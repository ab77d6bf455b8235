"""What views rely on besides hits: highlighting, notices, numbers of queries, the cache of bare counts."""

import pytest
from django.utils.safestring import SafeString

from search.documents import FACETS
from search.engines import current_engine
from search.errors import SearchUnavailable
from search.generations import rebuild
from search.highlighting import marked
from search.outbox import drain, enqueue
from search.query import parse
from search.service import ping, search, suggest
from tests.search.corpus import ToySource, make_document, works


@pytest.fixture
def embedded(db, settings, source):
    settings.ELASTICSEARCH_URL = ""
    source.objects = ToySource(works()).objects
    rebuild()
    return source


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("qarabag", "Qarabağ nağılları", "<mark>Qarabağ</mark> nağılları"),
        ("Карабах", "Qarabağ nağılları", "<mark>Qarabağ</mark> nağılları"),
        ("auezov", "Абай жолы / Әуезов", "Абай жолы / <mark>Әуезов</mark>"),
        ("kitab*", "Bütün kitablar & <dəftərlər>", "Bütün <mark>kitablar</mark> &amp; &lt;dəftərlər&gt;"),
        ('"ana dili"', "Ana dili dərsi", "<mark>Ana</mark> <mark>dili</mark> dərsi"),
        ("title:ana -dili", "Ana dili", "<mark>Ana</mark> dili"),
        ("", "Ana <b>", "Ana &lt;b&gt;"),
        ("war", "War, wars & warriors", "<mark>War</mark>, <mark>wars</mark> &amp; warriors"),
        ("o'tkan", "Oʻtkan kunlar", "<mark>Oʻtkan</mark> kunlar"),
        (
            "script",
            "<script>alert(1)</script>",
            "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;",
        ),
    ],
)
def test_highlighting(typed, text, shown):
    html = marked(text, parse(typed).tree)
    assert isinstance(html, SafeString)
    assert html == shown


@pytest.mark.engine
def test_no_index_yet(db, settings):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(SearchUnavailable):
        search("")
    with pytest.raises(SearchUnavailable):
        suggest("qa")
    assert (ping().ok, ping().documents) == (False, 0)


@pytest.mark.engine
def test_a_search_asks_the_database_one_question(embedded, django_assert_num_queries):
    with django_assert_num_queries(1):
        search("roman", facets=FACETS, filters={"branch": ["merkez"]})
    with django_assert_num_queries(1):
        suggest("qa")


@pytest.mark.engine
def test_bare_counts_are_kept_until_the_index_changes(embedded, monkeypatch):
    engine = current_engine()
    asked = []
    ask = engine.search
    monkeypatch.setattr(engine, "search", lambda *a, **k: (asked.append(k["facets"]), ask(*a, **k))[1])
    first = search("", facets=["branch"])
    assert search("", facets=["branch"], page=2).facets == first.facets
    assert asked == [["branch"], ()]
    embedded.objects[999] = make_document(999, "Yeni", branches=("bozalqanli",))
    enqueue("record", [999])
    drain()
    counts = {value.value: value.count for value in search("", facets=["branch"]).facets["branch"]}
    assert counts["bozalqanli"] == 44


@pytest.mark.engine
@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("roman", None),
        ('"unbalanced', "unparsed"),
        ("x" * 600, "too_long"),
        ("söz " * 40, "too_long"),
        ("rəng:qırmızı", "ignored_field"),
        ("***", "unparsed"),
    ],
)
def test_notices(embedded, text, notice):
    assert search(text).notice == notice


@pytest.mark.engine
def test_pages(embedded):
    page = search("", per_page=50, page=2)
    assert (page.total, page.pages, page.page, len(page.ids)) == (215, 5, 2, 50)
    assert search("", per_page=1000).per_page == 100
    assert search("zzzz").pages == 0


@pytest.mark.engine
def test_suggestions_share_the_list(embedded):
    kinds = [suggestion.kind for suggestion in suggest("ro")]
    assert kinds == sorted(kinds, key=("title", "author", "subject").index)
    assert len(suggest("a", limit=8)) == 0
    assert len(suggest("ka", limit=2)) <= 2
