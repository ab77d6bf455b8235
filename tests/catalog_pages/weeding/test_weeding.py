"""From the draft to the write-off: who may go, who decides, what stays to be read."""

from decimal import Decimal

import pytest

from catalog_pages.models import Item, MissingItem
from catalog_pages.services import set_availability
from catalog_pages.weeding import papers, selection, services
from catalog_pages.weeding.finding import items_by_codes
from catalog_pages.weeding.selection import Rule
from catalog_pages.weeding.services import WeedingRefused
from search.models import OutboxEntry
from tests.factories.catalog_pages import (
    COMMISSION,
    ItemFactory,
    RecordFactory,
    StocktakingFactory,
    WeedingListFactory,
)
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def weeding_list(branch):
    return WeedingListFactory(branch=branch)


@pytest.fixture
def item(branch):
    return ItemFactory(branch=branch, price=Decimal("2.50"), accession_number="17")


def add(weeding_list, *items, reason="worn", **more):
    return services.add_items(weeding_list, items, reason=reason, **more)


def proposed(weeding_list):
    services.propose(weeding_list, user=UserFactory(password=None))


def written_off(weeding_list):
    services.approve(weeding_list, user=UserFactory(password=None))
    services.write_off(weeding_list)
    services.withdraw(weeding_list)


def test_from_draft_to_write_off(weeding_list, item):
    add(weeding_list, item)
    proposed(weeding_list)
    OutboxEntry.objects.all().delete()
    written_off(weeding_list)
    item.refresh_from_db()
    assert (item.status, item.available, weeding_list.state) == ("withdrawn", False, "done")
    assert weeding_list.entries.get().written_off_at
    assert OutboxEntry.objects.exists()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"is_legal_deposit": True}, "legal-deposit"),
        ({"status": "on_loan"}, "on loan"),
        ({"status": "in_transit"}, "on loan or under way"),
        ({"status": "withdrawn"}, "already"),
    ],
)
class TestWhatMayNotGo:
    def test_when_it_is_added(self, weeding_list, branch, columns, words):
        with pytest.raises(WeedingRefused, match=words):
            add(weeding_list, ItemFactory(branch=branch), ItemFactory(branch=branch, **columns))
        assert not weeding_list.entries.exists()

    def change(self, item, columns):
        Item.objects.filter(pk=item.pk).update(**{"available": False} | columns)

    def test_when_it_is_approved(self, weeding_list, item, columns, words):
        add(weeding_list, item)
        proposed(weeding_list)
        self.change(item, columns)
        with pytest.raises(WeedingRefused, match=words):
            services.approve(weeding_list, user=UserFactory(password=None))

    def test_when_it_is_written_off(self, weeding_list, item, branch, columns, words):
        other = ItemFactory(branch=branch)
        add(weeding_list, item, other)
        proposed(weeding_list)
        services.approve(weeding_list, user=UserFactory(password=None))
        self.change(item, columns)
        services.write_off(weeding_list)
        services.withdraw(weeding_list)
        item.refresh_from_db()
        other.refresh_from_db()
        entry = weeding_list.entries.get(item=item)
        assert item.status == columns.get("status", "available") and words in entry.obstacle
        assert other.status == "withdrawn"


class TestDeciding:
    def test_who_proposed_does_not_decide(self, weeding_list, item):
        add(weeding_list, item)
        proposer = UserFactory(password=None)
        services.propose(weeding_list, user=proposer)
        for decide in (services.approve, services.refuse):
            with pytest.raises(WeedingRefused, match="Somebody else"):
                decide(weeding_list, user=proposer, note="x")

    def test_a_refusal_says_why_and_frees_the_copies(self, weeding_list, item, branch):
        add(weeding_list, item)
        proposed(weeding_list)
        with pytest.raises(WeedingRefused, match="why"):
            services.refuse(weeding_list, user=UserFactory(password=None), note=" ")
        services.refuse(weeding_list, user=UserFactory(password=None), note="Still read")
        assert (weeding_list.state, weeding_list.decision_note) == ("refused", "Still read")
        assert add(WeedingListFactory(branch=branch), item) == 1

    def test_an_empty_list_is_not_proposed(self, weeding_list):
        with pytest.raises(WeedingRefused, match="no copy"):
            proposed(weeding_list)

    def test_a_proposal_taken_back_is_a_draft(self, weeding_list, item):
        add(weeding_list, item)
        proposed(weeding_list)
        with pytest.raises(WeedingRefused):
            add(weeding_list, item)
        services.take_back(weeding_list)
        assert services.remove_entries(weeding_list, [weeding_list.entries.get().pk]) == 1

    @pytest.mark.parametrize("step", ["take_back", "write_off"])
    def test_steps_out_of_turn(self, weeding_list, step):
        with pytest.raises(WeedingRefused, match="gone on"):
            getattr(services, step)(weeding_list)

    def test_three_people_at_least(self, branch):
        with pytest.raises(WeedingRefused, match="three"):
            services.create_list(
                user=UserFactory(password=None), branch=branch, name="x", commission=COMMISSION[:2]
            )


class TestAdding:
    def test_twice_is_once(self, weeding_list, item):
        assert (add(weeding_list, item), add(weeding_list, item)) == (1, 0)

    def test_not_of_another_library(self, weeding_list):
        with pytest.raises(WeedingRefused, match="another library"):
            add(weeding_list, ItemFactory())

    def test_not_on_two_lists(self, weeding_list, item, branch):
        add(weeding_list, item)
        with pytest.raises(WeedingRefused, match=weeding_list.name):
            add(WeedingListFactory(branch=branch), item)

    def test_not_more_than_a_list_may_have(self, weeding_list, branch, monkeypatch):
        monkeypatch.setattr(services, "MOST_ENTRIES", 1)
        with pytest.raises(WeedingRefused, match="Begin another"):
            add(weeding_list, *ItemFactory.create_batch(2, branch=branch))

    def test_by_barcode_and_accession_number(self, item, branch):
        ItemFactory.create_batch(2, branch=branch, accession_number="18")
        found, unknown = items_by_codes([item.barcode, "17", "18", "?"], branch)
        assert (found, unknown) == ([item], ["18", "?"])

    def test_a_lost_copy_with_the_value_the_commission_set(self, weeding_list, branch):
        item = ItemFactory(branch=branch, status="lost", price=Decimal(1))
        add(weeding_list, item, reason="lost", price=Decimal("9.90"))
        assert papers.totals(weeding_list) == [("Lost", 1, Decimal("9.90"))]
        proposed(weeding_list)
        written_off(weeding_list)
        item.refresh_from_db()
        assert (item.status, item.price) == ("withdrawn", Decimal(1))


def test_the_list_stays_when_the_record_is_gone(weeding_list, branch):
    record = RecordFactory(title="Worn out", authors=["Made-up, Author"])
    add(weeding_list, ItemFactory(branch=branch, record=record, barcode="w1"))
    proposed(weeding_list)
    written_off(weeding_list)
    record.delete()
    row = weeding_list.entries.get()
    assert (row.title, row.author, row.barcode, row.item) == ("Worn out", "Made-up, Author", "w1", None)


class TestRules:
    def found(self, branch, **rule):
        return {item.barcode for item in selection.found_by(Rule(**rule), branch)}

    def test_old_ones(self, branch):
        for year in (1950, 1980, None):
            ItemFactory(branch=branch, barcode=str(year), record=RecordFactory(year=year))
        ItemFactory(record=RecordFactory(year=1950))
        assert self.found(branch, older_than=1970) == {"1950"}

    def test_copies_beyond_what_is_kept(self, branch):
        record = RecordFactory()
        ItemFactory(branch=branch, record=record, barcode="gone", status="lost")
        for code in ("first", "second", "third"):
            ItemFactory(branch=branch, record=record, barcode=code)
        ItemFactory(record=record)
        assert self.found(branch, copies_kept=2) == {"third"}

    def test_missing_at_several_counts(self, branch):
        once, twice = (ItemFactory(branch=branch, status="missing", barcode=code) for code in ("1", "2"))
        for items in ([once, twice], [twice]):
            count = StocktakingFactory(branch=branch, state="approved")
            for item in items:
                MissingItem.objects.create(stocktaking=count, item=item, **MissingItem.columns_of(item))
        assert self.found(branch, missing_counts=2) == {"2"}

    @pytest.mark.parametrize(
        "columns", [{"is_legal_deposit": True}, {"status": "on_loan"}, {"status": "withdrawn"}]
    )
    def test_what_may_not_go_is_not_shown(self, branch, columns):
        ItemFactory(branch=branch, record=RecordFactory(year=1900), **columns)
        assert not self.found(branch, older_than=1970)

    def test_what_stands_on_a_list_is_not_shown(self, weeding_list, item, branch):
        add(weeding_list, item)
        assert not self.found(branch, older_than=2100)

    def test_what_was_not_lent_is_asked_of_other_rooms(self, branch, monkeypatch):
        ItemFactory.create_batch(2, branch=branch)
        assert not selection.lending_is_known()
        monkeypatch.setattr(
            selection.hooks, "get_hooks", lambda name: [lambda items, since: items.filter(barcode="none")]
        )
        assert selection.lending_is_known() and not self.found(branch, not_lent_years=5)


def test_returned_copies_can_be_weeded(weeding_list, branch):
    item = ItemFactory(branch=branch, status="on_loan")
    set_availability([item.pk], True)
    item.refresh_from_db()
    assert add(weeding_list, item) == 1
