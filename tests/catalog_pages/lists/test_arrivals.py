"""New arrivals: by the day copies came, narrowed by library, kind, language; feeds of the same."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalog_pages.lists.arrivals import Arrivals, arrived
from catalog_pages.models import Record
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


def came(days_ago, **record):
    branch = record.pop("branch", None) or BranchFactory()
    status = record.pop("status", "available")
    day = timezone.localdate() - timedelta(days=days_ago)
    return ItemFactory(record=RecordFactory(**record), branch=branch, arrived_on=day, status=status).record


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["fresh", "russian", "map"]),
        ("period=quarter", ["fresh", "russian", "map", "spring"]),
        ("period=year", ["fresh", "russian", "map", "spring", "old"]),
        ("period=century", ["fresh", "russian", "map"]),
        ("branch=b1", ["fresh"]),
        ("branch=nowhere", []),
        ("material=map", ["map"]),
        ("material=cake", ["fresh", "russian", "map"]),
        ("language=ru", ["russian"]),
        ("language=ru&material=map", []),
        ("branch=%27%20OR%201", ["fresh", "russian", "map"]),
    ],
)
def test_what_came_in_when_and_where(query, expected):
    came(1, title="fresh", branch=BranchFactory(code="b1"))
    came(2, title="russian", language="rus")
    came(3, title="map", material="map")
    came(60, title="spring")
    came(200, title="old")
    came(500, title="ancient")
    came(1, title="lost", status="lost")
    came(-3, title="announced")
    ids = arrived(Arrivals.read(QueryDict(query)))
    titles = Record.objects.in_bulk(ids)
    assert [titles[pk].title for pk in ids] == expected


def test_a_second_copy_brings_a_title_back_once():
    record = came(20, title="again")
    came(10, title="other")
    ItemFactory(record=record, arrived_on=timezone.localdate())
    assert [Record.objects.get(pk=pk).title for pk in arrived(Arrivals())] == ["again", "other"]


def test_where_no_days_are_kept_the_records_made_lately_are_shown():
    branch = BranchFactory(code="b1")
    new, other = RecordFactory(), RecordFactory(language="rus")
    ItemFactory(record=new, branch=branch)
    old = RecordFactory()
    Record.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=100))
    assert arrived(Arrivals()) == [other.pk, new.pk]
    assert arrived(Arrivals(branch="b1")) == [new.pk]
    assert arrived(Arrivals(language="ru")) == [other.pk]


def test_the_page_takes_few_queries_and_has_pages(client, django_assert_max_num_queries):
    for _ in range(30):
        came(1)
    client.get("/en/catalogue/new/")
    with django_assert_max_num_queries(12):
        html = client.get("/en/catalogue/new/").content.decode()
    assert "30 titles" in html and html.count('class="cover ') == 24
    second = client.get("/en/catalogue/new/?page=2")
    assert second.content.decode().count('class="cover ') == 6
    assert second.headers["X-Robots-Tag"] == "noindex, follow"
    assert client.get("/en/catalogue/new/?page=zz").status_code == 200


def test_an_empty_time_says_what_to_do(client):
    assert "Choose a longer time" in client.get("/en/catalogue/new/").content.decode()


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feeds_have_the_same_titles(client, form):
    came(1, title="Təzə kitab")
    answer = client.get(f"/en/catalogue/new/feed.{form}?material=book")
    assert form in answer.headers["Content-Type"] and "Təzə kitab" in answer.content.decode()
    assert client.get("/en/catalogue/new/feed.pdf").status_code == 404
