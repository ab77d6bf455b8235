"""The staff pages of a count: forms, lists, papers, rights; with and without scripts."""

import csv
import json
import uuid
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from catalog_pages.models import Item, Scan, Stocktaking
from catalog_pages.stocktaking import closing, minutes
from catalog_pages.stocktaking.services import NewScan, add_scans
from tests.factories.catalog_pages import ItemFactory, RecordFactory, StocktakingFactory
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"stocktaking:{name}", args=args)


def members(*names):
    data = {"member-TOTAL_FORMS": "7", "member-INITIAL_FORMS": "0"}
    for place, name in enumerate(names):
        data |= {f"member-{place}-name": name, f"member-{place}-office": "head"}
    return data


def opening(library, *names, **fields):
    data = {"branch": library.pk, "store": "library", "started_on": timezone.localdate()}
    return data | members(*names) | fields


def fill(count, *barcodes, user=None):
    add_scans(count, [NewScan(uuid.uuid4(), code) for code in barcodes], user=user)


def closed(count):
    Stocktaking.objects.filter(pk=count.pk).update(state="closing")
    count.refresh_from_db()
    closing.make_lists(count)


class TestOpening:
    def test_a_count_is_opened(self, client, branch, sign_in):
        user = sign_in()
        answer = client.post(url("open"), opening(branch, "A", "B", "C"))
        count = Stocktaking.objects.get()
        assert answer.url == url("count", count.pk)
        assert (count.opened_by, [member["name"] for member in count.commission]) == (user, ["A", "B", "C"])

    def test_the_last_commission_is_proposed(self, client, sign_in, count):
        sign_in()
        assert b"Member 2" in client.get(url("open")).content

    @pytest.mark.parametrize(
        ("names", "fields", "words"),
        [
            (["A", "B"], {}, "at least three"),
            (["A", "B", "a"], {}, "at least three"),
            (["A", "B", "C"], {"class_from": "9", "class_to": "1", "class_scheme": "ddc"}, "class numbers"),
            (["A", "B", "C"], {"class_from": "9"}, "class numbers"),
            (["A", "B", "C"], {"started_on": "1999-01-01"}, "more than a year"),
            (["A", "B", "C"], {"branch": "999999"}, "valid choice"),
            (["A", "B", "C"], {"store": "cellar"}, "valid choice"),
        ],
    )
    def test_bad_input_is_said_at_its_field(self, client, branch, sign_in, names, fields, words):
        sign_in()
        answer = client.post(url("open"), opening(branch, *names, **fields))
        assert answer.status_code == 422 and words in answer.content.decode()
        assert not Stocktaking.objects.exists()

    def test_not_in_another_library(self, client, sign_in):
        sign_in()
        assert client.post(url("open"), opening(BranchFactory(), "A", "B", "C")).status_code == 422

    def test_a_second_count_of_the_same_copies(self, client, branch, sign_in, count):
        sign_in()
        answer = client.post(url("open"), opening(branch, "A", "B", "C"))
        assert answer.status_code == 422 and "counted already" in answer.content.decode()


class TestScanning:
    def post(self, client, count, barcode, client_id=None):
        data = {"barcode": barcode, "shelf": "A1", "client_id": client_id or uuid.uuid4()}
        return client.post(url("scan", count.pk), data)

    def test_without_scripts_each_scan_is_a_form(self, client, sign_in, count, branch):
        sign_in()
        ItemFactory(branch=branch, barcode="b1", record=RecordFactory(title="Counted book"))
        page = self.post(client, count, "b1").content.decode()
        assert "Counted" in page and "Counted book" in page and 'value="A1"' in page
        assert "Already counted" in self.post(client, count, "b1").content.decode()
        assert "Unknown barcode" in self.post(client, count, "b2").content.decode()

    def test_the_same_form_sent_twice_is_answered_alike(self, client, sign_in, count):
        sign_in()
        one = uuid.uuid4()
        for _time in range(2):
            assert "Unknown barcode" in self.post(client, count, "b1", one).content.decode()
        assert Scan.objects.count() == 1

    @pytest.mark.parametrize("data", [{}, {"barcode": "x"}, {"barcode": "x", "client_id": "no"}])
    def test_an_incomplete_form(self, client, sign_in, count, data):
        sign_in()
        assert client.post(url("scan", count.pk), data).status_code == 422

    def test_a_list_in_json(self, client, sign_in, count, branch):
        sign_in()
        ItemFactory(branch=branch, barcode="b1")
        scans = [{"id": str(uuid.uuid4()), "barcode": code, "shelf": "A"} for code in ("b1", "?", "b1", "")]
        for _time in range(2):
            answer = client.post(url("scans", count.pk), json.dumps(scans), "application/json")
            words = [(one["id"], one["words"]) for one in answer.json()["answers"]]
            assert words == [
                (scans[0]["id"], "Counted"), (scans[1]["id"], "Unknown barcode"), (scans[2]["id"], "Already counted"),
                (scans[3]["id"], "This is no barcode."),
            ]  # fmt: skip
        assert Scan.objects.count() == 2

    @pytest.mark.parametrize(
        "body",
        ["", "{}", "[1]", "[{}]", '[{"id": "x", "barcode": "y"}]', '[{"id": null, "barcode": 5}]', "\xff",
         json.dumps([{"id": str(uuid.UUID(int=1)), "barcode": "x"}] * 500), "[" * 5000,
         json.dumps([{"id": str(uuid.UUID(int=1)), "barcode": "\ud800"}])],
    )  # fmt: skip
    def test_what_is_no_list_of_scans(self, client, sign_in, count, body):
        sign_in()
        answer = client.post(url("scans", count.pk), body.encode("latin-1"), "application/json")
        assert answer.status_code == 400 and answer.json()["error"]

    def test_control_signs_in_a_list(self, client, sign_in, count):
        sign_in()
        body = json.dumps([{"id": str(uuid.uuid4()), "barcode": "\x00b\x00", "shelf": "\x00A" * 200}])
        answer = client.post(url("scans", count.pk), body, "application/json")
        assert answer.json()["answers"][0]["barcode"] == "b" and Scan.objects.get().shelf.startswith("A A")

    def test_a_closed_count_says_so(self, client, sign_in, count):
        sign_in()
        Stocktaking.objects.update(state="counted")
        assert self.post(client, count, "x").status_code == 409
        body = json.dumps([{"id": str(uuid.uuid4()), "barcode": "x"}])
        assert client.post(url("scans", count.pk), body, "application/json").status_code == 409

    def test_the_last_scan_is_taken_back(self, client, sign_in, count):
        user = sign_in()
        fill(count, "x", user=user)
        page = client.post(url("undo", count.pk), follow=True).content.decode()
        assert "Taken back: x" in page and not Scan.objects.filter(undone=False).exists()
        assert "nothing of yours" in client.post(url("undo", count.pk), follow=True).content.decode()

    @pytest.mark.parametrize(
        ("text", "file", "counted"),
        [
            ("b1\r\nb2\nb1\n\n", None, ["b1", "b2"]),
            ("", b"\xef\xbb\xbfb1\r\nb2\r\n", ["b1", "b2"]),
            ("", b"b1;2026-11-25 10:00\r\nb2,x\nb3\ty", ["b1", "b2", "b3"]),
            ("b1", b"b2", ["b1", "b2"]),
        ],
    )
    def test_a_scanners_file(self, client, sign_in, count, text, file, counted):
        sign_in()
        data = {"text": text} | ({"file": SimpleUploadedFile("scans.txt", file)} if file else {})
        for _time in range(2):
            assert client.post(url("file", count.pk), data).status_code == 200
            if file:
                data["file"].seek(0)
        assert sorted(Scan.objects.values_list("barcode", flat=True)) == counted

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"text": " \n"}, "no barcode"),
            ({"file": SimpleUploadedFile("x.exe", b"MZ")}, "kind"),
            ({"file": SimpleUploadedFile("x.txt", b"\x89PNG\r\n\x1a\n" + b"0" * 50)}, "content"),
            ({"text": "x\n" * 20_001}, "Divide"),
        ],
    )
    def test_a_file_that_is_none(self, client, sign_in, count, data, words):
        sign_in()
        answer = client.post(url("file", count.pk), data)
        assert answer.status_code == 422 and words in answer.content.decode()


class TestLists:
    def test_lists_go_in_parts(self, client, sign_in, count):
        sign_in()
        fill(count, *(f"x{number:03}" for number in range(60)))
        first = client.get(url("rows", count.pk, "surplus")).context["part"]
        second = client.get(url("rows", count.pk, "surplus"), {"after": first.next}).context["part"]
        codes = [row.barcode for row in first.rows + second.rows]
        assert codes == [f"x{number:03}" for number in range(60)] and second.next is None

    @pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "٣"])
    def test_a_place_that_is_none(self, client, sign_in, count, after):
        sign_in()
        assert client.get(url("rows", count.pk, "surplus"), {"after": after}).status_code == 200

    def test_a_table_takes_nothing_for_a_formula(self, client, sign_in, count):
        sign_in()
        fill(count, "=1+1", "plain")
        answer = client.get(url("rows", count.pk, "surplus"), {"table": ""})
        rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["Barcode", "'=1+1", "plain"]

    @pytest.mark.parametrize("code", ["missing", "surplus", "misplaced", "by-data-elsewhere", "counted"])
    def test_more_rows_take_no_more_queries(self, client, sign_in, count, branch, code):
        sign_in()
        rows = {"status": "on_loan"} if code == "by-data-elsewhere" else {}

        def queries():
            item = ItemFactory(branch=BranchFactory() if code == "misplaced" else branch, **rows)
            if code != "missing":
                fill(
                    count,
                    item.barcode if code != "surplus" else f"?{item.pk}",
                    user=UserFactory(password=None),
                )
            closed(count)
            Stocktaking.objects.update(state="open")
            with CaptureQueriesContext(connection) as captured:
                client.get(url("rows", count.pk, code))
            return len(captured)

        queries()
        assert queries() == queries() <= 30

    def test_no_such_list(self, client, sign_in, count):
        sign_in()
        assert client.get(url("rows", count.pk, "nothing")).status_code == 404

    @pytest.mark.parametrize(
        ("note", "kept"), [("a gift", "a gift"), ("\x00a\x00", "a"), ("x" * 999, "x" * 255)]
    )
    def test_a_note_is_kept(self, client, sign_in, count, note, kept):
        sign_in()
        fill(count, "x")
        client.post(url("note", count.pk, Scan.objects.get().pk), {"note": note})
        assert Scan.objects.get().note == kept

    def test_a_missing_copy_found(self, client, sign_in, count, branch):
        sign_in()
        ItemFactory(branch=branch)
        closed(count)
        client.post(url("found", count.pk, count.missing.get().pk))
        assert count.missing.get().found_at


class TestSteps:
    def test_a_count_is_closed_by_the_worker(self, client, sign_in, count):
        sign_in()
        client.post(url("step", count.pk, "close"))
        count.refresh_from_db()
        assert count.state == "closing"
        assert "Open this page again" in client.get(url("count", count.pk)).content.decode()

    def test_a_step_out_of_turn_is_said_in_words(self, client, sign_in, count):
        sign_in("administrator")
        page = client.post(url("step", count.pk, "approve"), follow=True).content.decode()
        assert "gone on meanwhile" in page

    @pytest.mark.parametrize("state", Stocktaking.State.values)
    def test_the_page_of_every_state(self, client, sign_in, count, branch, state):
        sign_in()
        ItemFactory(branch=branch, price=3)
        fill(count, "x")
        closed(count)
        Stocktaking.objects.update(state=state)
        assert client.get(url("count", count.pk)).status_code == 200
        assert client.get(url("list")).status_code == 200


def text_of(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages).split())


class TestPapers:
    @pytest.fixture
    def counted(self, count, branch):
        ItemFactory(branch=branch, record=RecordFactory(title="Lost in the count"), price=12)
        fill(count, "surplus-1")
        closed(count)
        return count

    def test_the_minutes_name_what_is_missing_and_who_counted(self, client, sign_in, counted):
        sign_in()
        text = text_of(client.get(url("minutes", counted.pk)))
        for words in ("Lost in the count", "12", "surplus-1", "Member 1", "Member 3"):
            assert words in text

    def test_minutes_of_a_count_that_goes_on(self, client, sign_in, count):
        sign_in()
        assert text_of(client.get(url("minutes", count.pk)))

    def test_a_list_too_long_for_paper_says_so(self, client, sign_in, counted, monkeypatch):
        sign_in()
        monkeypatch.setattr(minutes, "MOST_ROWS", 1)
        Stocktaking.objects.update(state="open")
        fill(counted, "surplus-2")
        assert "The first 1 of 2" in text_of(client.get(url("minutes", counted.pk)))

    def test_the_handover_names_both_people(self, client, sign_in, counted):
        sign_in()
        people = {"giver": "Giver G", "taker": "Taker T", "day": "2026-11-25"}
        text = text_of(client.post(url("handover", counted.pk), people))
        assert "Giver G" in text and "Taker T" in text

    def test_a_handover_without_people(self, client, sign_in, counted):
        sign_in()
        assert client.post(url("handover", counted.pk), {"giver": "A"}).status_code == 422


class TestRights:
    WRITES = [
        ("scans", []), ("scan", []), ("undo", []), ("file", []), ("step", ["close"]), ("step", ["reopen"]),
        ("step", ["cancel"]), ("step", ["approve"]),
    ]  # fmt: skip

    @pytest.mark.parametrize(("name", "args"), WRITES)
    @pytest.mark.parametrize("role", ["desk", "editor", "librarian of another library"])
    def test_who_may_not_write(self, client, sign_in, count, name, args, role):
        other = role.startswith("librarian")
        sign_in("librarian" if other else role, BranchFactory() if other else count.branch)
        before = list(Stocktaking.objects.values())
        body = (
            [json.dumps([{"id": str(uuid.uuid4()), "barcode": "x"}]), "application/json"]
            if name == "scans"
            else [{"barcode": "x", "client_id": uuid.uuid4(), "text": "x"}]
        )
        answer = client.post(url(name, count.pk, *args), *body)
        assert answer.status_code in (302, 403)
        assert list(Stocktaking.objects.values()) == before and not Scan.objects.exists()

    def test_a_librarian_does_not_approve(self, client, sign_in, count, branch):
        sign_in()
        ItemFactory(branch=branch)
        closed(count)
        assert client.post(url("step", count.pk, "approve")).status_code in (302, 403)
        count.refresh_from_db()
        assert count.state == "counted"
        assert url("step", count.pk, "approve") not in client.get(url("count", count.pk)).content.decode()

    @pytest.mark.parametrize("name", ["undo", "scans"])
    def test_nothing_is_written_by_looking(self, client, sign_in, count, name):
        sign_in()
        assert client.get(url(name, count.pk)).status_code == 405
        assert client.get(url("step", count.pk, "close")).status_code == 405

    def test_the_menu(self, client, sign_in):
        sign_in("desk")
        assert url("list") in client.get("/admin/").content.decode()
        sign_in("editor")
        assert url("list") not in client.get("/admin/").content.decode()


def test_a_page_with_many_counts_goes_in_parts(client, sign_in, branch):
    sign_in()
    StocktakingFactory.create_batch(35, branch=branch, state="cancelled")
    context = client.get(url("list")).context
    assert len(context["counts"]) == 30
    assert len(client.get(url("list"), {"before": context["before"]}).context["counts"]) == 5
    assert Item.objects.count() == 0
