"""The staff pages of copies: rights, own libraries, bad input, long lists in few queries."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.users.models import UserProfile

from catalog_pages.items.services import add_copies, change_item
from catalog_pages.models import Accession, CallNumberRule, Item, ItemMove, NumberSeries
from library.models import User
from tests.factories.catalog_pages import AccessionFactory, ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
S = Item.Status
TODAY = timezone.localdate()


@pytest.fixture
def branch():
    return BranchFactory(code="own")


@pytest.fixture
def librarian(client, branch):
    """Signed in: works for one library, holds every right of the room but that over all libraries."""
    user = User.objects.create_user("librarian")
    rights = Permission.objects.filter(content_type__app_label="catalog_pages")
    user.user_permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    user.branches.set([branch])
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    client.user = user
    return client


def address(name, *args):
    return reverse(f"catalogue_items:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


LISTS = ["list", "find", "shelf", "status", "send", "receive", "moves", "labels", "waiting", "register",
         "accession_add", "due"]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_page_opens_empty_and_full(librarian, branch, name):
    assert librarian.get(address(name)).status_code == 200
    entry = AccessionFactory(branch=branch)
    items = [ItemFactory(branch=branch, arrived_on=TODAY, accession=entry) for _number in range(3)]
    ItemMove.objects.create(item=items[0], from_branch=branch, to_branch=BranchFactory())
    assert librarian.get(address(name)).status_code == 200


class TestList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"B1", "B2", "X3"}),
            ("q=B", {"B1", "B2"}),
            ("q=INV", {"X3"}),
            ("q=821", {"B2"}),
            ("q=B&number=call_number", set()),
            ("status=repair", {"B1"}),
            ("store=children", {"X3"}),
            ("status=nonsense&branch=99&store=%00&number=x", {"B1", "B2", "X3"}),
            ("after=nonsense", {"B1", "B2", "X3"}),
            ("after=WyJhIiwgMV0", {"B1", "B2", "X3"} - {"B1", "B2", "X3"}),
            ("q=%00", {"B1", "B2", "X3"}),
        ],
    )
    def test_what_is_found(self, librarian, query, found):
        ItemFactory(barcode="B1", status=S.REPAIR, call_number="1")
        ItemFactory(barcode="B2", call_number="821 ABC")
        ItemFactory(barcode="X3", accession_number="INV-7", store="children", call_number="2")
        response = librarian.get(f"{address('list')}?{query}")
        assert {item.barcode for item in response.context["part"].items} == found

    def test_walked_to_the_end_and_back(self, librarian, branch):
        record = RecordFactory()
        ItemFactory.create_batch(120, record=record, branch=branch)
        for query in ("", "q=T&number=barcode"):
            part = librarian.get(f"{address('list')}?{query}").context["part"]
            seen = [item.pk for item in part.items]
            while part.next:
                part = librarian.get(f"{address('list')}?{query}&after={part.next}").context["part"]
                seen += [item.pk for item in part.items]
            assert len(seen) == len(set(seen)) == 120
            back = [item.pk for item in part.items]
            while part.previous:
                part = librarian.get(f"{address('list')}?{query}&before={part.previous}").context["part"]
                back = [item.pk for item in part.items] + back
            assert back == seen

    def test_queries_do_not_grow(self, librarian):
        counts = []
        for more in (2, 48):
            ItemFactory.create_batch(more)
            librarian.get(address("list"))
            with CaptureQueriesContext(connection) as queries:
                librarian.get(address("list"))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestItem:
    def data(self, item, **more):
        data = {
            "barcode": item.barcode, "accession_number": item.accession_number, "branch": item.branch_id,
            "store": item.store, "call_number": item.call_number, "shelf": item.shelf, "status": item.status,
            "loan_class": item.loan_class, "price": "",
        }  # fmt: skip
        return {name: value for name, value in (data | more).items() if value is not None}

    def test_saved_with_history(self, librarian, branch):
        item = ItemFactory(branch=branch)
        data = self.data(item, barcode=" 77 ", price="12.50", status="repair", is_legal_deposit="on")
        assert librarian.post(address("item", item.pk), data).status_code == 302
        item.refresh_from_db()
        assert (item.barcode, str(item.price), item.status, item.available, item.loanable) == (
            "77", "12.50", "repair", False, False,
        )  # fmt: skip
        page = text(librarian.get(address("item", item.pk)))
        assert "Available → Being bound or repaired" in page and "12.50" in page

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("barcode", "TAKEN", "belongs to"),
            ("barcode", "x" * 61, "at most 60"),
            ("price", "-1", "below zero"),
            ("price", "a lot", "number"),
            ("price", "123456789012", "digits"),
            ("status", "on_loan", "valid choice"),
            ("status", "withdrawn", "never weeded"),
            ("branch", "999999", "valid choice"),
            ("arrived_on", "tomorrow", "valid date"),
            ("accession_number", "INV", "Another copy"),
            ("shelved_on", "2020-01-01", "before it has arrived"),
        ],
    )
    def test_what_cannot_be_saved(self, librarian, branch, field, value, says):
        ItemFactory(barcode="TAKEN", accession_number="INV")
        item = ItemFactory(branch=branch, is_legal_deposit=True, loanable=False)
        more = {"is_legal_deposit": "on", "arrived_on": "2026-01-01", field: value}
        response = librarian.post(address("item", item.pk), self.data(item, **more))
        assert response.status_code == 422 and says in text(response)
        before = item.barcode
        item.refresh_from_db()
        assert item.barcode == before and not item.events.exists()

    def test_a_loan_is_not_ended_by_the_form(self, librarian, branch):
        item = ItemFactory(branch=branch, status=S.ON_LOAN)
        librarian.post(address("item", item.pk), self.data(item, status="available", shelf="7"))
        item.refresh_from_db()
        assert (item.status, item.shelf) == (S.ON_LOAN, "7")

    def test_two_editors(self, librarian, branch):
        item = ItemFactory(branch=branch)
        seen = librarian.get(address("item", item.pk)).context["form"]["seen_version"].value()
        Item.objects.filter(pk=item.pk).update(shelf="new")
        response = librarian.post(address("item", item.pk), self.data(item, seen_version=seen, price="3"))
        assert response.status_code == 422 and "Somebody else" in text(response)

    def test_other_libraries_are_only_looked_at(self, librarian):
        item = ItemFactory()
        page = librarian.get(address("item", item.pk))
        assert page.status_code == 200 and page.context["form"] is None
        librarian.post(address("item", item.pk), self.data(item, price="1"))
        assert not Item.objects.exclude(price=None).exists()

    def test_to_another_of_ones_libraries_only(self, librarian, branch):
        item = ItemFactory(branch=branch)
        data = self.data(item, branch=BranchFactory().pk)
        assert librarian.post(address("item", item.pk), data).status_code == 422


class TestDeleting:
    def test_only_what_was_added_by_mistake(self, librarian, branch):
        record = RecordFactory()
        wrong, moved, entered = add_copies(record, branch=branch, how_many=3, user=None)
        change_item(wrong, {"price": 3}, user=None)
        change_item(moved, {"status": "repair"}, user=None)
        change_item(entered, {"accession": AccessionFactory(branch=branch)}, user=None)
        old, foreign = (
            ItemFactory(branch=branch),
            add_copies(record, branch=BranchFactory(), how_many=1, user=None)[0],
        )
        assert librarian.get(address("delete", wrong.pk)).status_code == 200
        for item in (wrong, moved, entered, old, foreign):
            assert librarian.post(address("delete", item.pk)).status_code == 302
        assert set(Item.objects.all()) == {moved, entered, old, foreign}


class TestAdding:
    def data(self, branch, **more):
        data = {"branch": branch.pk, "store": "library", "how_many": "1", "status": "processing",
                "loan_class": "normal"}  # fmt: skip
        return data | more

    def test_copies_with_scanned_barcodes(self, librarian, branch):
        record = RecordFactory()
        data = self.data(branch, barcodes="11\r\n12\n\n13 ", accession_number="A-008", price="4")
        assert librarian.post(address("add", record.pk), data).status_code == 302
        rows = list(record.items.values_list("barcode", "accession_number", "price"))
        assert [row[:2] for row in rows] == [("11", "A-008"), ("12", "A-009"), ("13", "A-010")]

    def test_what_was_only_proposed_follows_the_library_and_the_legal_deposit(self, librarian, branch):
        CallNumberRule.objects.create(branch=branch, pattern="{mark}-{class}")
        record = RecordFactory(class_number="894.361", authors=["Nizami"])
        form = librarian.get(address("add", record.pk)).context["form"]
        proposed = form["call_number"].value()
        assert proposed == "NIZ-894.361" or proposed == "NİZ-894.361"
        sent = self.data(branch, call_number=proposed, accession_number="D-1")
        librarian.post(address("add", record.pk), sent | {"is_legal_deposit": "on"})
        librarian.post(address("add", record.pk), sent | {"accession_number": "D-2"})
        librarian.post(address("add", record.pk), sent | {"accession_number": "D-3", "call_number": "typed"})
        assert list(record.items.order_by("pk").values_list("call_number", flat=True)) == [
            "D-1", proposed, "typed",
        ]  # fmt: skip

    def test_the_form_proposes(self, librarian, branch):
        NumberSeries.objects.create(kind="item", prefix="2026/", last=41)
        form = librarian.get(address("add", RecordFactory(age_group="7-10").pk)).context["form"]
        assert "2026/42" in form.fields["accession_number"].help_text
        assert form["call_number"].value().startswith("894.361")
        assert form["store"].value() == "children"

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"how_many": "0"}, "greater than or equal to 1"),
            ({"how_many": "101"}, "less than or equal to 100"),
            ({"how_many": "3", "barcodes": "1\n2"}, "as many barcodes"),
            ({"barcodes": "1\n1"}, "there twice"),
            ({"barcodes": "TAKEN"}, "belongs to"),
            ({"barcodes": "x" * 61}, "too long"),
            ({"how_many": "2", "accession_number": "first"}, "ends in digits"),
            ({"how_many": "2", "accession_number": "98"}, "Other copies"),
            ({"price": "-4"}, "greater than or equal to 0"),
            ({"status": "on_loan"}, "valid choice"),
        ],
    )
    def test_bad_input(self, librarian, branch, more, says):
        item = ItemFactory(barcode="TAKEN", accession_number="99")
        response = librarian.post(address("add", item.record_id), self.data(branch, **more))
        assert response.status_code == 422 and says in text(response)
        assert Item.objects.count() == 1

    def test_only_for_ones_own_library(self, librarian):
        data = self.data(BranchFactory())
        assert librarian.post(address("add", RecordFactory().pk), data).status_code == 422


class TestScanning:
    def test_put_on_the_shelf(self, librarian, branch):
        ready = ItemFactory(branch=branch, barcode="1", status=S.PROCESSING, arrived_on=TODAY)
        foreign = ItemFactory(barcode="2", status=S.PROCESSING)
        response = librarian.post(address("shelf"), {"barcodes": "1\n2\n3"})
        assert response.status_code == 422
        page = text(response)
        assert "belongs to" in page and "no copy has this barcode" in page
        assert response.context["form"]["barcodes"].value().split() == ["3", "2"]
        ready.refresh_from_db(), foreign.refresh_from_db()
        assert (ready.status, ready.shelved_on, foreign.status) == (S.AVAILABLE, TODAY, S.PROCESSING)

    def test_change_the_status(self, librarian, branch):
        fields = {"branch": branch}
        ItemFactory(barcode="1", **fields), ItemFactory(barcode="2", status=S.ON_LOAN, **fields)
        ItemFactory(barcode="3", is_legal_deposit=True, **fields)
        data = {"barcodes": "1\n2\n3", "status": "withdrawn", "reason": "Worn"}
        response = librarian.post(address("status"), data)
        assert [item.barcode for item, _reason in response.context["refused"]] == ["2", "3"]
        found = dict(Item.objects.values_list("barcode", "status"))
        assert found == {"1": S.WITHDRAWN, "2": S.ON_LOAN, "3": S.AVAILABLE}

    @pytest.mark.parametrize(
        "data",
        [{}, {"barcodes": " \n "}, {"barcodes": "\n".join(map(str, range(501)))}, {"barcodes": "x" * 61}],
    )
    @pytest.mark.parametrize("name", ["shelf", "send", "receive", "status"])
    def test_bad_input(self, librarian, name, data):
        assert librarian.post(address(name), data).status_code == 422

    def test_many_in_few_queries(self, librarian, branch):
        record = RecordFactory()
        items = ItemFactory.create_batch(60, record=record, branch=branch, status=S.PROCESSING)
        barcodes = "\n".join(item.barcode for item in items)
        with CaptureQueriesContext(connection) as queries:
            assert librarian.post(address("shelf"), {"barcodes": barcodes}).status_code == 302
        assert len(queries) <= 30


class TestRegister:
    def entry(self, branch, **more):
        data = {"branch": branch.pk, "store": "library", "number": "", "date": TODAY.isoformat(),
                "source": "purchase", "supplier": "A made-up shop"}  # fmt: skip
        return data | more

    def test_an_entry_gets_the_next_number(self, librarian, branch):
        for number in ("1", "2"):
            response = librarian.post(address("accession_add"), self.entry(branch))
            entry = Accession.objects.get(number=number)
            assert response.url == address("accession", entry.pk) and entry.created_by == librarian.user
        assert "1" in text(librarian.get(address("register")))

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"number": "7"}, "register already"),
            ({"date": "2100-01-01"}, "has not come yet"),
            ({"date": ""}, "required"),
            ({"source": "theft"}, "valid choice"),
            ({"sent_to_accounting_on": "2000-01-01"}, "before the entry"),
        ],
    )
    def test_bad_input(self, librarian, branch, more, says):
        AccessionFactory(branch=branch, number="7")
        response = librarian.post(address("accession_add"), self.entry(branch, **more))
        assert response.status_code == 422 and says in text(response)
        assert Accession.objects.count() == 1

    def test_changed_but_not_its_number_away(self, librarian, branch):
        entry = AccessionFactory(branch=branch)
        data = self.entry(branch, number=entry.number, source="gift", commission="No. 3")
        assert librarian.post(address("accession", entry.pk), data).status_code == 302
        entry.refresh_from_db()
        assert entry.source == "gift"
        assert librarian.post(address("accession", entry.pk), self.entry(branch)).status_code == 422
        other = AccessionFactory()
        librarian.post(address("accession", other.pk), data)
        assert not Accession.objects.filter(pk=other.pk, source="gift").exists()

    def test_due_to_accounting(self, librarian, branch):
        late = AccessionFactory(branch=branch, date=TODAY - timedelta(days=11))
        foreign, gift = AccessionFactory(date=TODAY), AccessionFactory(branch=branch, source="gift")
        page = librarian.get(address("due"))
        assert page.context["entries"] == [late, foreign] and late.is_late and not foreign.is_late
        assert gift.due_on is None
        librarian.post(address("due"), {"entry": [late.pk, foreign.pk, "x", "9" * 30]})
        sent = dict(Accession.objects.values_list("pk", "sent_to_accounting_on"))
        assert sent == {late.pk: TODAY, foreign.pk: None, gift.pk: None}

    def test_the_panel_is_there_only_where_a_receipt_is_late(self, librarian, branch):
        AccessionFactory(branch=branch, date=TODAY - timedelta(days=10))
        AccessionFactory(date=TODAY - timedelta(days=50))
        home = reverse("wagtailadmin_home")
        assert "within ten days" not in text(librarian.get(home))
        AccessionFactory(branch=branch, date=TODAY - timedelta(days=11))
        assert "1 receipt has not been sent within ten days" in text(librarian.get(home))

    def test_totals_and_papers(self, librarian, branch):
        entry = AccessionFactory(branch=branch, supplier="=HYPERLINK(1)")
        ItemFactory(branch=branch, accession=entry, price="2.50", accession_number="77")
        ItemFactory(branch=branch, accession=entry, price="3.25")
        AccessionFactory(date=TODAY - timedelta(days=800))
        page = librarian.get(address("register"))
        totals = page.context["totals"]
        assert (totals.entries, totals.copies, str(totals.value)) == (1, 2, "5.75")
        query = page.context["query"]
        table = b"".join(librarian.get(f"{address('register')}?{query}&form=csv")).decode("utf-8-sig")
        assert "'=HYPERLINK" in table and "5.75" in table
        for url in (f"{address('register')}?{query}&form=pdf", address("accession", entry.pk) + "?form=pdf"):
            paper = librarian.get(url)
            assert paper["Content-Type"] == "application/pdf"
            assert "5.75" in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
        table = b"".join(librarian.get(address("accession", entry.pk) + "?form=csv")).decode("utf-8-sig")
        assert "77" in table

    @pytest.mark.parametrize("query", ["first=x", "first=2026-02-01&last=2026-01-01", "first=&last="])
    def test_a_period_that_is_none(self, librarian, query):
        assert librarian.get(f"{address('register')}?{query}").status_code == 422

    def test_a_long_register_is_walked(self, librarian, branch):
        AccessionFactory.create_batch(70, branch=branch)
        page = librarian.get(address("register"))
        seen = [entry.pk for entry in page.context["entries"]]
        rest = librarian.get(f"{address('register')}?{page.context['query']}&after={page.context['next']}")
        seen += [entry.pk for entry in rest.context["entries"]]
        assert len(seen) == len(set(seen)) == 70 and not rest.context["next"]


def test_a_person_without_the_right_sees_nothing(client):
    user = User.objects.create_user("librarian")
    user.user_permissions.set([Permission.objects.get(codename="access_admin")])
    client.force_login(user)
    item = ItemFactory()
    for url in [*map(address, LISTS), address("item", item.pk), address("add", item.record_id)]:
        assert client.get(url).status_code == 302, url
