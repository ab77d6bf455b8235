import pytest
from django.http import QueryDict

from catalog_pages.looser import elsewhere, looser_ways
from catalog_pages.queries import Wish
from search.models import Generation
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(settings):
    RecordFactory(title="Abay yolu", authors=["Äuezov, Muxtar"], language="kaz", year=1942)
    RecordFactory(title="Kitabxana tarixi", language="aze", year=1990)
    BranchFactory(code="abay", name={"en": "Abay library"})
    with searchable(settings):
        yield


def ways(query: str) -> list[tuple[str, int]]:
    return [(way.address, way.total) for way in looser_ways(Wish.read(QueryDict(query)))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=Abay+yolu&language=aze", [("?q=Abay+yolu", 1)]),
        ("q=Abay+zzzz", [("?q=Abay", 1)]),
        ("q=Abay+tarixi", [("?q=Abay", 1), ("?q=tarixi", 1), ("?q=Abay+OR+tarixi", 2)]),
        ("q=Abay+tarixi&language=eng", [("?q=Abay", 1), ("?q=tarixi", 1), ("?q=Abay+OR+tarixi", 2)]),
        ("q=Abay&language=kaz&year=1990", [("?q=Abay&language=kaz", 1), ("?q=Abay", 1)]),
        ("q=%22yolu+Abay%22", [("?q=yolu+Abay", 1), ("?q=yolu", 1), ("?q=Abay", 1)]),
        ("q=kitabxanaqqqq", [("?q=kitabxan%2A", 1)]),
        ("q=zzzz+yyyy", []),
        ("q=title:zzzz+author:yyyy", []),
        ("", []),
    ],
)
def test_only_searches_that_find_something_are_offered(catalogue, query, expected):
    assert ways(query) == expected


def test_a_filter_that_is_in_the_way_is_named(catalogue):
    branch, year = (
        looser_ways(Wish.read(QueryDict(query)))
        for query in ("q=Abay&branch=abay", "q=Abay&year=1990&language=aze")
    )
    assert [way.label for way in branch] == ["In all libraries"]
    assert [way.label for way in year] == ["Without filters"]


def test_so_many_words_are_not_tried_one_by_one(catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert ways("q=" + "+".join(f"abay{n}" for n in range(30))) == []


def test_other_kinds_are_named_where_they_have_the_words(catalogue):
    found = elsewhere("abay", but="record")
    assert [(way.label, way.address, way.total) for way in found] == [
        ("Libraries", "/en/search/?q=abay&kind=branch", 1)
    ]
    assert elsewhere("", but="record") == []


def test_without_an_engine_nothing_is_offered(catalogue):
    Generation.objects.all().delete()
    assert ways("q=Abay&language=aze") == []
    assert elsewhere("abay", but="record") == []
