"""Copies: status, changes, new ones; what follows from them, their history, and what the search is told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog_pages.items.services import ItemRefused, add_copies, change_item, change_status, put_on_shelf
from catalog_pages.models import Item, ItemEvent, NumberSeries
from library.models import User
from search.models import OutboxEntry
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
S, LC = Item.Status, Item.LoanClass


@pytest.fixture
def user():
    return User.objects.create_user("librarian")


def told():
    return set(OutboxEntry.objects.filter(source="record").values_list("object_id", flat=True))


@pytest.mark.parametrize(
    ("before", "loan_class", "deposit", "after", "available", "loanable"),
    [
        (S.AVAILABLE, LC.NORMAL, False, S.REFERENCE, True, False),
        (S.REFERENCE, LC.NORMAL, False, S.AVAILABLE, True, True),
        (S.REFERENCE, LC.RARE, False, S.AVAILABLE, True, False),
        (S.REFERENCE, LC.NORMAL, True, S.AVAILABLE, True, False),
        (S.AVAILABLE, LC.NORMAL, False, S.MISSING, False, True),
        (S.PROCESSING, LC.IN_HOUSE, False, S.AVAILABLE, True, False),
        (S.AVAILABLE, LC.SHORT, False, S.REPAIR, False, True),
    ],
)
def test_what_follows_from_a_status(user, before, loan_class, deposit, after, available, loanable):
    lent = before != S.REFERENCE and loan_class in Item.LENT and not deposit
    item = ItemFactory(status=before, loan_class=loan_class, is_legal_deposit=deposit, loanable=lent)
    assert change_status([item], after, user=user, reason="Because") == [item.pk]
    item.refresh_from_db()
    assert (item.status, item.available, item.loanable) == (after, available, loanable)
    event = ItemEvent.objects.get(item=item)
    assert (event.kind, event.by, event.data) == (
        "status", user, {"from": before, "to": after, "reason": "Because"},
    )  # fmt: skip
    assert told() == {item.record_id}


def test_the_same_status_changes_nothing(user):
    item = ItemFactory()
    assert change_status([item.pk], S.AVAILABLE, user=user) == []
    assert not ItemEvent.objects.exists() and not told()


def test_legal_deposit_is_never_withdrawn(user):
    free, deposit = ItemFactory(), ItemFactory(is_legal_deposit=True)
    with pytest.raises(ItemRefused, match="legal-deposit") as refused:
        change_status([free, deposit], S.WITHDRAWN, user=user)
    assert refused.value.item == deposit
    assert set(Item.objects.values_list("status", flat=True)) == {S.AVAILABLE}
    with pytest.raises(ItemRefused):
        change_item(deposit, {"status": S.WITHDRAWN}, user=user)


def test_many_copies_take_few_queries(user):
    record, branch = RecordFactory(), BranchFactory()
    items = ItemFactory.create_batch(150, record=record, branch=branch)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(change_status(items, S.REPAIR, user=user)) == 150
    assert len(queries) <= 12


def test_a_change_is_noted_with_both_values(user):
    item = ItemFactory(price="1.50")
    other = BranchFactory(code="kovlar")
    change_item(item, {"price": item.price, "barcode": "NEW", "branch": other}, user=user)
    change_item(item, {"status": S.REPAIR, "loan_class": LC.IN_HOUSE}, user=user)
    item.refresh_from_db()
    assert (item.barcode, item.branch, item.available, item.loanable) == ("NEW", other, False, False)
    fields = [
        event.data.get("fields", {}) for event in ItemEvent.objects.filter(kind="changed").order_by("pk")
    ]
    assert (
        fields[0]["barcode"][1] == "NEW" and fields[0]["branch"][1] == "kovlar" and "price" not in fields[0]
    )
    assert fields[1] == {"loan_class": ["normal", "in_house"]}


@pytest.mark.parametrize("status", [S.ON_LOAN, S.IN_TRANSIT])
def test_a_form_neither_lends_nor_takes_back(user, status):
    item, away = ItemFactory(), ItemFactory(status=status)
    for row, new in ((item, status), (away, S.AVAILABLE)):
        with pytest.raises(ItemRefused):
            change_item(row, {"status": new}, user=user)


def test_a_barcode_belongs_to_one_copy(user):
    one, other = ItemFactory(barcode="1"), ItemFactory(barcode="2")
    with pytest.raises(ItemRefused, match="belongs to"):
        change_item(other, {"barcode": one.barcode}, user=user)
    with pytest.raises(ItemRefused, match="belongs to"):
        add_copies(one.record, branch=one.branch, how_many=1, barcodes=["1"], user=user)
    with pytest.raises(ItemRefused, match="twice"):
        add_copies(one.record, branch=one.branch, how_many=2, barcodes=["3", "3"], user=user)
    assert Item.objects.count() == 2


class TestAdding:
    def test_five_copies_get_the_next_numbers(self, user):
        branch, record = BranchFactory(), RecordFactory()
        NumberSeries.objects.create(kind="barcode", prefix="K", digits=6, last=99)
        NumberSeries.objects.create(kind="item", branch=branch, last=7)
        ItemFactory(barcode="K000101")
        items = add_copies(
            record, branch=branch, how_many=5, user=user, status=S.PROCESSING, arrived_on=date(2026, 3, 2)
        )
        codes = ["K000100", "K000102", "K000103", "K000104", "K000105"]
        assert [item.barcode for item in items] == codes
        assert [item.accession_number for item in items] == ["8", "9", "10", "11", "12"]
        stored = Item.objects.filter(record=record)
        assert {item.shelf_key for item in stored} == {record.shelf_key} and not any(
            i.available for i in stored
        )
        assert ItemEvent.objects.filter(kind="added", by=user).count() == 5 and told() == {record.pk}

    def test_numbers_that_were_not_used_are_not_lost(self, user):
        item = ItemFactory(barcode="5", accession_number="100")
        with pytest.raises(ItemRefused):
            add_copies(item.record, branch=item.branch, how_many=1, barcodes=["5"], user=user)
        (new,) = add_copies(item.record, branch=item.branch, how_many=1, user=user)
        assert (new.barcode, new.accession_number) == ("6", "101")

    def test_a_class_that_is_not_lent(self, user):
        (item,) = add_copies(
            RecordFactory(), branch=BranchFactory(), how_many=1, user=user, loan_class=LC.RARE
        )
        assert not item.loanable


def test_the_clock_stops_where_a_form_says_available(user):
    item = ItemFactory(status=S.PROCESSING, arrived_on=date(2026, 3, 2))
    change_item(item, {"status": S.AVAILABLE}, user=user)
    item.refresh_from_db()
    assert item.shelved_on == timezone.localdate() and item.events.filter(kind="changed").exists()


def test_put_on_the_shelf(user):
    today = timezone.localdate()
    ready = ItemFactory(status=S.PROCESSING, arrived_on=today - timedelta(days=3))
    reference = ItemFactory(status=S.REFERENCE, arrived_on=today)
    old = ItemFactory(shelved_on=date(2020, 1, 1))
    assert put_on_shelf([ready, reference, old], user=user) == [ready.pk, reference.pk]
    assert set(ItemEvent.objects.filter(kind="changed").values_list("item", flat=True)) == {
        ready.pk,
        reference.pk,
    }
    rows = {item.pk: (item.status, item.shelved_on) for item in Item.objects.all()}
    assert rows == {
        ready.pk: (S.AVAILABLE, today), reference.pk: (S.REFERENCE, today), old.pk: (S.AVAILABLE, date(2020, 1, 1))
    }  # fmt: skip
