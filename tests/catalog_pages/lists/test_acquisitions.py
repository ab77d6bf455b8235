"""Lists of acquisitions by month (A20): by class, non-book material behind, for all libraries or one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog_pages.lists import acquisitions
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def acquired(day, copies=1, branch=None, status="available", **record):
    made = RecordFactory(**record)
    branch = branch or BranchFactory()
    ItemFactory.create_batch(copies, record=made, branch=branch, arrived_on=day, status=status)
    return made


def test_titles_stand_by_class_and_author_and_other_material_behind(client):
    acquired(date(2026, 3, 2), title="Roman", class_number="894.3", authors=["B"])
    acquired(date(2026, 3, 30), title="Poema", class_number="894.3", authors=["A"])
    acquired(date(2026, 3, 31), title="Fizika", class_number="530")
    acquired(date(2026, 3, 1), title="Disk", class_number="530", material="audio")
    acquired(date(2026, 3, 1), title="Sinifsiz", class_number="", class_scheme="")
    acquired(date(2026, 4, 1), title="Aprel")
    html = client.get("/en/catalogue/acquisitions/2026-03/").content.decode()
    order = [html.index(title) for title in ("Fizika", "Poema", "Roman", "Sinifsiz", "Disk")]
    assert order == sorted(order) and "Aprel" not in html
    for words in (
        "Natural sciences",
        "Literature",
        "Without a class number",
        "Audio",
        "5 titles",
        "March 2026",
    ):
        assert words in html


def test_each_title_names_the_libraries_and_their_copies(client):
    one, two = BranchFactory(code="b1"), BranchFactory(code="b2")
    record = acquired(date(2026, 3, 5), copies=3, branch=one)
    ItemFactory(record=record, branch=two, arrived_on=date(2026, 3, 6))
    html = client.get("/en/catalogue/acquisitions/2026-03/").content.decode()
    assert f"{one} (3)" in html and "4 copies" in html and "1 title" in html
    html = client.get("/en/catalogue/acquisitions/2026-03/?branch=b2").content.decode()
    assert "1 copy" in html and f"{one} (3)" not in html
    assert client.get("/en/catalogue/acquisitions/2026-03/?branch=nowhere").status_code == 404


def test_what_is_gone_since_was_acquired_all_the_same():
    acquired(date(2026, 3, 5), status="withdrawn")
    assert acquisitions.totals(MARCH) == (1, 1)


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "9999-01", "1800-01", "2026-3", "march", "2026-03-01"]
)
def test_what_is_no_month_is_not_found(client, month):
    assert client.get(f"/en/catalogue/acquisitions/{month}/").status_code == 404


def test_a_month_without_acquisitions_says_so(client):
    assert "Nothing was acquired" in client.get("/en/catalogue/acquisitions/2026-02/").content.decode()


def test_months_are_listed_with_their_numbers(client):
    today = timezone.localdate()
    acquired(today, copies=2)
    acquired(today.replace(day=1) - timedelta(days=1))
    acquired(today + timedelta(days=40))
    months = acquisitions.months()
    assert [(month.titles, month.copies) for month in months] == [(1, 2), (1, 1)]
    html = client.get("/en/catalogue/acquisitions/").content.decode()
    assert f"/en/catalogue/acquisitions/{today:%Y-%m}/" in html


def test_a_long_list_has_pages_and_takes_few_queries(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(acquisitions, "PER_PAGE", 10)
    for number in range(25):
        acquired(date(2026, 3, 5), title=f"Kitab {number:02d}", authors=[f"M {number:02d}"])
    client.get("/en/catalogue/acquisitions/2026-03/")
    with django_assert_max_num_queries(10):
        html = client.get("/en/catalogue/acquisitions/2026-03/?page=3").content.decode()
    assert "Kitab 24" in html and "Kitab 04" not in html and "25 titles" in html
