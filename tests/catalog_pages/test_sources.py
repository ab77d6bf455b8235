"""Records as documents of the search."""

import pytest

from catalog_pages.models import Item
from catalog_pages.sources import RecordSource
from search.sources import registered_sources
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory


def document(record):
    (found,) = RecordSource().documents([record.pk])
    return found


def test_it_is_registered():
    assert isinstance(registered_sources()["record"], RecordSource)


def test_a_document_tells_what_is_searched_and_chosen(db):
    record = RecordFactory(
        title="Title", subtitle="more", authors=["One", "Two"], variant_authors=["Один"], variant_titles=["Other"],
        languages=["aze", "rus"], language="aze", notes=["A note"], series="Series", isbns=["9785901202500"],
    )  # fmt: skip
    item = ItemFactory(record=record, branch=BranchFactory(code="b1"))
    found = document(record)
    assert (found.id, found.kind, found.title) == (f"record:{record.pk}", "record", "Title: more")
    assert found.authors == ("One", "Two", "Один")
    assert {"Other", "A note", "Series"} <= set(found.notes)
    assert {"9785901202500", "5901202503", record.control_number, item.barcode, item.call_number} <= set(
        found.identifiers
    )
    assert found.facets == {
        "branch": ("b1",), "available": ("yes",), "material": ("book",), "language": ("aze", "rus"),
        "author": ("One", "Two"), "subject": ("Testing",), "year": ("1990",), "children": (),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "branches", "available"),
    [
        (Item.Status.AVAILABLE, ("b1",), ("yes",)),
        (Item.Status.REFERENCE, ("b1",), ("yes",)),
        (Item.Status.ON_LOAN, ("b1",), ()),
        (Item.Status.LOST, (), ()),
        (Item.Status.WITHDRAWN, (), ()),
    ],
)
def test_branch_and_availability_follow_the_items(status, branches, available, db):
    item = ItemFactory(status=status, branch=BranchFactory(code="b1"))
    facets = document(item.record).facets
    assert (facets["branch"], facets["available"]) == (branches, available)


@pytest.mark.parametrize(
    ("isbn", "other"),
    [
        ("0306406152", "9780306406157"),
        ("9780306406157", "0306406152"),
        ("9791034304905", None),
        ("08044X957X", None),
    ],
)
def test_isbn_is_found_in_both_lengths(isbn, other, db):
    identifiers = document(RecordFactory(isbns=[isbn])).identifiers
    assert isbn in identifiers
    assert not other or other in identifiers


def test_a_bare_record(db):
    found = document(RecordFactory(authors=[], subjects=[], language="", year=None, class_number=""))
    assert (found.authors, found.year, found.facets["language"], found.facets["year"]) == ((), None, (), ())


@pytest.mark.parametrize("number", [1, 20])
def test_documents_take_three_queries(number, db, django_assert_num_queries):
    records = [item.record for item in ItemFactory.create_batch(number)]
    with django_assert_num_queries(3):
        assert len(list(RecordSource().documents([record.pk for record in records]))) == number


def test_all_records_are_walked_in_order(db):
    ids = [record.pk for record in RecordFactory.create_batch(3)]
    source = RecordSource()
    assert source.ids_after(0, 2) == ids[:2]
    assert source.ids_after(ids[1], 2) == ids[2:]
    assert source.count() == 3
