"""Writes of the catalogue."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from catalog_pages.models import Item, Record
from catalog_pages.services import WholeMarc, add_items, new_item, save_record, set_availability
from search.models import OutboxEntry
from tests.factories.catalog_pages import ItemFactory, RecordFactory, marc
from tests.factories.library import BranchFactory


def told():
    """Records the search was told of, after what the test itself set up."""
    return [entry.object_id for entry in OutboxEntry.objects.filter(source="record")]


def test_save_record_writes_all_at_once(db):
    branch = BranchFactory()
    record = save_record(
        fields={"control_number": "n1", "title": "Title", "authors": ["Author"], "language": "aze"},
        items=[{"branch": branch, "barcode": "B1"}, {"branch": branch, "status": Item.Status.REFERENCE}],
        marc=WholeMarc(marc(), "0" * 64),
    )
    assert record.title_sort and record.author_sort
    assert record.marc_source.iso2709 == marc()
    assert list(record.items.values_list("barcode", "available", "loanable")) == [
        ("B1", True, True),
        (None, True, False),
    ]
    assert told() == [record.pk]


def test_save_record_changes_one(db):
    record = save_record(record=RecordFactory(title="Old", authors=["Keep"]), fields={"title": "New"})
    record.refresh_from_db()
    assert (record.title, record.authors) == ("New", ["Keep"])
    assert told() == [record.pk]


@pytest.mark.parametrize("fields", [{"title": ""}, {"control_number": ""}, {"material": "stone"}])
def test_save_record_refuses_what_is_not_valid(fields, db):
    with pytest.raises(ValidationError):
        save_record(fields={"control_number": "n1", "title": "Title"} | fields)
    assert not Record.objects.exists() and not told()


def test_items_are_added_once(db):
    record, branch = RecordFactory(), BranchFactory()

    def items():
        return [
            new_item(record=record, branch=branch, barcode="B1"),
            new_item(record=record, branch=branch, barcode="B1"),
            new_item(record=record, branch=branch, call_number="X"),
            new_item(record=record, branch=branch, call_number="X"),
        ]

    assert len(add_items(items())) == 3
    assert add_items(items()) == []
    assert told() == [record.pk]


@pytest.mark.parametrize(
    ("before", "available", "after"),
    [
        (Item.Status.AVAILABLE, False, (Item.Status.ON_LOAN, False)),
        (Item.Status.ON_LOAN, True, (Item.Status.AVAILABLE, True)),
        (Item.Status.IN_TRANSIT, True, (Item.Status.AVAILABLE, True)),
        (Item.Status.REFERENCE, True, (Item.Status.REFERENCE, True)),
        (Item.Status.REFERENCE, False, (Item.Status.REFERENCE, False)),
        (Item.Status.WITHDRAWN, True, (Item.Status.WITHDRAWN, False)),
        (Item.Status.LOST, False, (Item.Status.LOST, False)),
    ],
)
def test_availability_follows_lending(before, available, after, db):
    item = ItemFactory(status=before)
    set_availability([item.pk], available)
    item.refresh_from_db()
    assert (item.status, item.available) == after
    assert told() == [item.record_id]


def test_the_database_itself_refuses_an_item_lent_and_available(db):
    with pytest.raises(IntegrityError):
        ItemFactory(status=Item.Status.ON_LOAN, available=True)
