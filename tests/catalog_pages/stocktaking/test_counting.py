"""Scans singly and in lists, twice and by several people; loans meanwhile; the lists; the approval."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_pages.items.moves import receive, send
from catalog_pages.items.services import change_item
from catalog_pages.models import Item, Scan, Stocktaking
from catalog_pages.services import set_availability
from catalog_pages.stocktaking import closing, services, tally
from catalog_pages.stocktaking.menu import retention
from catalog_pages.stocktaking.services import CountRefused, NewScan
from library.models import ProgressReport
from search.models import OutboxEntry
from tests.factories.catalog_pages import COMMISSION, ItemFactory, RecordFactory, StocktakingFactory
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


def scan(barcode, client_id=None, shelf=""):
    return NewScan(client_id or uuid.uuid4(), barcode, shelf)


def count_all(count, *barcodes, user=None):
    return [
        a.verdict if a.is_new else "again"
        for a in services.add_scans(count, [*map(scan, barcodes)], user=user)
    ]


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def count(branch):
    return StocktakingFactory(branch=branch)


def close(count):
    Stocktaking.objects.filter(pk=count.pk).update(state="closing")
    count.refresh_from_db()
    closing.make_lists(count)


def approve(count, user=None):
    closing.approve(count, user=user or UserFactory(password=None))
    closing.write_register(count)


class TestOpening:
    def open(self, branch, **fields):
        return services.open_count(user=None, fields={"branch": branch, **fields}, commission=COMMISSION)

    def test_copies_that_come_later_are_not_expected(self, branch):
        ItemFactory(branch=branch, barcode="before")
        count = self.open(branch)
        ItemFactory(branch=branch, barcode="after")
        close(count)
        assert [row.barcode for row in count.missing.all()] == ["before"]

    def test_the_same_copies_are_not_counted_twice_at_once(self, branch):
        self.open(branch)
        self.open(branch, store="children")
        with pytest.raises(CountRefused, match="counted already"):
            self.open(branch, shelf="A")

    def test_two_shelves_may_be_counted_apart(self, branch):
        self.open(branch, shelf="A")
        self.open(branch, shelf="B")

    def test_an_ended_count_is_not_in_the_way(self, branch):
        closing.cancel(self.open(branch))
        self.open(branch)

    def test_three_people_at_least(self, branch):
        with pytest.raises(CountRefused, match="three"):
            services.open_count(user=None, fields={"branch": branch}, commission=COMMISSION[:2])


class TestScanning:
    def test_each_scan_gets_its_answer(self, count, branch):
        ItemFactory(branch=branch, barcode="here")
        ItemFactory(barcode="elsewhere")
        answers = count_all(count, "here", "elsewhere", "nobody's", "here", " ", "x" * 99)
        assert answers == ["counted", "branch", "unknown", "again", "again", "again"]
        assert count.scans.count() == 3

    def test_a_list_sent_twice_is_answered_alike_and_counts_once(self, count, branch):
        ItemFactory(branch=branch, barcode="here")
        scans = [scan("here"), scan("other"), scan("here")]
        first = services.add_scans(count, scans, user=None)
        second = services.add_scans(count, scans, user=None)
        assert [(a.verdict, a.is_new) for a in first] == [(a.verdict, a.is_new) for a in second]
        assert count.scans.count() == 2

    def test_what_was_taken_back_does_not_return_when_it_is_sent_again(self, count, branch):
        ItemFactory(branch=branch, barcode="here")
        user, sent = UserFactory(password=None), [scan("here")]
        services.add_scans(count, sent, user=user)
        assert services.undo_scan(count, user=user).barcode == "here"
        services.add_scans(count, sent, user=user)
        assert not count.scans.filter(undone=False).exists()
        assert count_all(count, "here", user=user) == ["counted"]

    def test_only_ones_own_scans_are_taken_back(self, count):
        mine, hers = UserFactory(password=None), UserFactory(password=None)
        count_all(count, "a", user=hers)
        count_all(count, "b", user=mine)
        count_all(count, "c", user=hers)
        assert services.undo_scan(count, user=mine).barcode == "b"
        assert services.undo_scan(count, user=mine) is None

    def test_a_copy_without_barcode_is_known_by_its_accession_number(self, count, branch):
        ItemFactory(branch=branch, barcode=None, accession_number="77")
        ItemFactory(barcode=None, accession_number="77")
        ItemFactory.create_batch(2, branch=branch, barcode=None, accession_number="88")
        assert count_all(count, "77", "88", "77") == ["counted", "unknown", "again"]

    def test_a_closed_count_takes_nothing(self, count):
        Stocktaking.objects.update(state="counted")
        with pytest.raises(CountRefused):
            count_all(count, "x")
        with pytest.raises(CountRefused):
            services.undo_scan(count, user=UserFactory(password=None))

    def test_a_long_list_takes_as_many_queries_as_a_short_one(self, count, branch):
        for number in range(30):
            ItemFactory(branch=branch, barcode=f"i{number}", record=RecordFactory())

        def queries(*barcodes):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                count_all(count, *barcodes)
            return len(captured)

        assert queries("i0", "?") == queries(*(f"i{n}" for n in range(1, 30)), "??") <= 10


CODES = ["a", "b", "c", "elsewhere", "unknown"]


@pytest.fixture
def people():
    return [UserFactory(password=None) for _number in range(3)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations([(person, code) for person in (0, 1, 2) for code in CODES]),
    sizes=st.lists(st.integers(1, 6), min_size=8, max_size=8),
    again=st.sets(st.integers(0, 14), max_size=4),
)
def test_the_same_scans_in_any_order_by_anybody_and_sent_again_give_the_same_count(
    branch, people, order, sizes, again
):
    for code in CODES[:4]:
        if not Item.objects.filter(barcode=code).exists():
            ItemFactory(barcode=code, **({} if code == "elsewhere" else {"branch": branch}))
    count = StocktakingFactory(branch=branch)
    sent = [(people[person], scan(code)) for person, code in order]
    batches, rest = [], list(sent)
    for size in sizes:
        batches.append(rest[:size])
        rest = rest[size:]
    batches += [rest, *([sent[place]] for place in sorted(again))]
    for batch in batches:
        for user in people:
            if mine := [one for who, one in batch if who == user]:
                services.add_scans(count, mine, user=user)
    found = dict(count.scans.filter(undone=False).values_list("barcode", "verdict"))
    assert found == dict.fromkeys("abc", "counted") | {"elsewhere": "branch", "unknown": "unknown"}
    assert count.scans.count() == len(CODES)


class TestClosing:
    @pytest.mark.parametrize(
        ("status", "is_missing"),
        [("available", True), ("reference", True), ("missing", True), ("on_loan", False), ("in_transit", False),
         ("repair", False), ("processing", False), ("lost", False), ("withdrawn", False)],
    )  # fmt: skip
    def test_what_need_not_stand_there_is_not_missing(self, count, branch, status, is_missing):
        ItemFactory(branch=branch, status=status)
        close(count)
        assert count.missing.exists() is is_missing

    def test_only_the_branch_and_store_are_looked_at(self, count, branch):
        ItemFactory()
        ItemFactory(branch=branch, store="children")
        close(count)
        assert not count.missing.exists()

    def test_lent_and_returned_meanwhile_is_not_missing(self, count, branch):
        item = ItemFactory(branch=branch)
        set_availability([item.pk], False)
        set_availability([item.pk], True)
        close(count)
        assert not count.missing.exists() and tally.whole(count.totals).moved == 1

    def test_on_loan_when_it_was_opened_and_returned_to_a_counted_shelf(self, branch):
        item = ItemFactory(branch=branch, status="on_loan")
        count = StocktakingFactory(branch=branch)
        set_availability([item.pk], True)
        close(count)
        assert not count.missing.exists()

    @pytest.mark.parametrize(
        ("change", "is_missing"),
        [
            ({"store": "library"}, False),
            ({"shelf": "B"}, False),
            ({"price": Decimal(3)}, True),
            ({"status": "missing"}, True),
        ],
    )
    def test_what_staff_changed_meanwhile(self, count, branch, change, is_missing):
        item = ItemFactory(branch=branch, store="children" if "store" in change else "library")
        change_item(item, change, user=None)
        close(count)
        assert count.missing.exists() is is_missing

    def test_sent_here_and_received_meanwhile(self, count, branch):
        user = UserFactory(password=None, is_superuser=True)
        item = ItemFactory()
        send([item], to=branch, user=user)
        receive([item], at=branch, user=user)
        close(count)
        assert item.pk and not count.missing.exists()

    def test_found_at_the_count_of_another_library(self, count, branch):
        ItemFactory(branch=branch, barcode="strayed")
        count_all(StocktakingFactory(), "strayed")
        close(count)
        assert not count.missing.exists()

    def test_what_came_into_the_register_after_its_scan_is_settled(self, count, branch):
        count_all(count, "new", "other")
        ItemFactory(branch=branch, barcode="new")
        close(count)
        assert set(count.scans.values_list("barcode", "verdict")) == {
            ("new", "counted"),
            ("other", "unknown"),
        }

    def test_the_sums(self, count, branch):
        book = RecordFactory(material="book", class_number="894")
        song = RecordFactory(material="audio", class_number="")
        ItemFactory(branch=branch, record=book, barcode="1", price=Decimal("2.50"))
        ItemFactory(branch=branch, record=book, barcode="2", price=Decimal("1.25"))
        ItemFactory(branch=branch, record=song, barcode="3", status="on_loan", price=None)
        count_all(count, "1", "x")
        close(count)
        books, songs = sorted(
            tally.lines(count.totals, "materials"), key=lambda line: line.label, reverse=True
        )
        assert (books.label, books.registered, books.counted, books.missing, books.missing_value) == (
            "Book", 2, 1, 1, Decimal("1.25"),
        )  # fmt: skip
        assert (songs.away, tally.whole(count.totals).value) == (1, Decimal("3.75"))
        assert [line.label for line in tally.lines(count.totals, "classes")] == ["8 Literature", "No class"]
        assert count.totals["scans"] == {"counted": 1, "unknown": 1}

    def test_made_again_the_lists_are_the_same(self, count, branch):
        ItemFactory.create_batch(3, branch=branch)
        close(count)
        first = count.totals
        close(count)
        assert count.missing.count() == 3 and count.totals == first

    def test_reopened_and_closed_again(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        closing.reopen(count)
        count_all(count, item.barcode)
        close(count)
        assert not count.missing.exists()

    def test_the_job_goes_in_steps_and_reports(self, count, branch, monkeypatch):
        monkeypatch.setattr(closing, "ROWS", 2)
        ItemFactory.create_batch(5, branch=branch, record=RecordFactory())
        close(count)
        assert count.missing.count() == 5
        assert (ProgressReport.objects.get().done, count.state) == (5, "counted")

    def test_of_two_who_close_one_is_told(self, count):
        closing.close(count)
        with pytest.raises(CountRefused):
            closing.close(count)


class TestApproval:
    def test_nothing_is_changed_before_it(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        item.refresh_from_db()
        assert item.status == "available"

    def test_missing_copies_get_the_status_and_the_search_is_told(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        OutboxEntry.objects.all().delete()
        approve(count)
        item.refresh_from_db()
        assert (item.status, item.available, count.state) == ("missing", False, "approved")
        assert str(branch) in item.events.get().data["reason"]
        assert OutboxEntry.objects.exists()

    def test_lent_between_closing_and_approval(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        set_availability([item.pk], False)
        set_availability([item.pk], True)
        approve(count)
        item.refresh_from_db()
        assert item.status == "available" and count.missing.get().found_at

    @pytest.mark.parametrize("status", ["available", "reference"])
    def test_found_at_the_next_count_it_comes_back_as_it_was(self, count, branch, status):
        item = ItemFactory(branch=branch, status=status)
        close(count)
        approve(count)
        later = StocktakingFactory(branch=branch)
        assert count_all(later, item.barcode) == ["found"]
        close(later)
        approve(later)
        item.refresh_from_db()
        assert (item.status, item.available) == (status, True)
        assert count.missing.get().found_at

    def test_found_by_hand_after_it(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        approve(count)
        closing.found_again(count.missing.get(), user=UserFactory(password=None))
        item.refresh_from_db()
        assert item.status == "available"

    def test_found_by_hand_before_it(self, count, branch):
        item = ItemFactory(branch=branch)
        close(count)
        closing.found_again(count.missing.get(), user=UserFactory(password=None))
        approve(count)
        item.refresh_from_db()
        assert item.status == "available"

    def test_a_count_that_goes_on_is_not_approved(self, count):
        with pytest.raises(CountRefused):
            closing.approve(count, user=UserFactory(password=None))

    def test_the_lists_stay_when_the_copies_are_gone(self, count, branch):
        item = ItemFactory(branch=branch, barcode="gone", record=RecordFactory(title="A lost book"))
        count_all(count, "x")
        close(count)
        item.record.delete()
        row = count.missing.get()
        assert (row.title, row.barcode, row.item) == ("A lost book", "gone", None)


def test_copies_that_move_cost_one_query_where_nothing_is_counted(django_assert_num_queries):
    item = ItemFactory()
    with django_assert_num_queries(1):
        services.note_moved([item.pk])


@pytest.mark.parametrize(
    ("state", "age", "left"),
    [("approved", 400, {"?"}), ("approved", 300, {"?", "here"}), ("open", 400, {"?", "here"})],
)
def test_after_a_year_only_the_lists_are_kept(count, branch, state, age, left):
    ItemFactory(branch=branch, barcode="here")
    count_all(count, "here", "?")
    Stocktaking.objects.update(state=state, opened_at=timezone.now() - timedelta(days=age))
    retention().erase(retention().due(timezone.now()))
    assert set(count.scans.values_list("barcode", flat=True)) == left


def test_scans_keep_what_staff_noted(count):
    count_all(count, "x")
    services.note_scan(Scan.objects.get(), "a gift of last year")
    assert Item.objects.count() == 0 and Scan.objects.get().note == "a gift of last year"
