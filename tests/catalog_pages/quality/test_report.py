"""Quality as staff see it."""

import pytest
from django.urls import reverse

from catalog_pages.models import Finding
from catalog_pages.quality import report
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def amiss(kind="capitals", detail="", **fields):
    record = RecordFactory(**fields)
    return Finding.objects.create(record=record, kind=kind, detail=detail)


def shown(staff, **query):
    response = staff.get(reverse("catalogue_quality"), query)
    assert response.status_code == 200
    return [row.record.title for row in response.context["object_list"]]


def test_records_are_listed_with_the_number_of_each_kind(staff):
    amiss(title="SHOUTED", detail="SHOUTED")
    amiss("no_isbn", title="Numberless")
    response = staff.get(reverse("catalogue_quality"))
    kinds = {code: count for code, _label, count in response.context["kinds"]}
    assert kinds["capitals"] == kinds["no_isbn"] == 1 and kinds["year"] == 0
    assert "SHOUTED" in response.content.decode()
    assert shown(staff, kind="no_isbn") == ["Numberless"]


def test_filters_by_source_and_library(staff):
    here, there = BranchFactory(), BranchFactory()
    one = amiss(title="One", source="old")
    other = amiss(title="Two")
    ItemFactory(record=one.record, branch=here)
    ItemFactory(record=other.record, branch=there)
    assert shown(staff, source="old") == ["One"]
    assert shown(staff, branch=there.pk) == ["Two"]
    assert len(shown(staff, kind="nonsense", branch="x", source="?")) == 2


def test_the_list_ends_and_takes_few_queries(staff, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(report, "MOST_LISTED", 60)
    for number in range(70):
        amiss(title=f"Title {number}")
    staff.get(reverse("catalogue_quality"))
    with django_assert_max_num_queries(25):
        assert len(shown(staff)) == 50
    assert len(shown(staff, p=2)) == 10 and len(shown(staff, p=99)) == 10


def test_the_table_carries_no_formulas(staff):
    amiss(title="=HYPERLINK(1)", detail="=1+1")
    response = staff.get(reverse("catalogue_quality"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "HYPERLINK" in text and ",=" not in text and "\n=" not in text


@pytest.mark.parametrize("name", ["catalogue_quality", "catalogue_quality_results"])
def test_others_are_not_let_in(client, name):
    user = UserFactory(is_superuser=False)
    client.force_login(user)
    assert client.get(reverse(name)).status_code in (302, 403)
