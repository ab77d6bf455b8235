"""Labels and the chart of colours, on paper."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from wagtail.users.models import UserProfile

from catalog_pages.items import spine_labels
from catalog_pages.items.spine_labels import Sheet
from catalog_pages.models import Item
from library.models import User
from library.pdf import render
from tests.factories.catalog_pages import AccessionFactory, ItemFactory, RecordFactory

pytestmark = pytest.mark.django_db
MILLIMETRE = 72 / 25.4


@pytest.fixture
def staff(client):
    user = User.objects.create_superuser("admin")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def pages(paper):
    return PdfReader(BytesIO(paper)).pages


def printed(items, sheet=None, **more):
    return pages(
        render("labels", spine_labels.paper(items, sheet or Sheet(), with_code=more.pop("with_code", False)))
    )


@pytest.mark.parametrize(
    ("count", "sheet", "papers"),
    [
        (1, Sheet(), 1),
        (35, Sheet(), 1),
        (35, Sheet(start=2), 2),
        (5, Sheet(columns=2, rows=1), 3),
        (3, Sheet(is_single=True), 3),
        (3, Sheet(is_single=True, start=30), 3),
    ],
)
def test_so_many_papers(count, sheet, papers):
    record = RecordFactory()
    items = ItemFactory.create_batch(count, record=record)
    found = printed(items, sheet)
    assert len(found) == papers
    whole = " ".join(page.extract_text() for page in found)
    assert all(item.barcode in whole for item in items)


def test_a_label_printer_gets_pages_of_25_by_50():
    box = printed([ItemFactory()], Sheet(is_single=True))[0].mediabox
    assert (round(box.width / MILLIMETRE), round(box.height / MILLIMETRE)) == (25, 50)


@pytest.mark.parametrize(
    ("call_number", "scheme", "number", "expected"),
    [
        ("894.361 AUT 1990", "ddc", "894.361", ["894.361", "AUT", "1990"]),
        ("84(5Каз) Ауэ 2004", "bbk", "84(5Каз)", ["84(5Каз)", "Ауэ", "2004"]),
        ("899.969 ვაჟ 1988", "udc", "899.969", ["899.969", "ვაჟ", "1988"]),
        ("", "ddc", "510", ["510"]),
        ("Qəzet 2025", "", "", ["Qəzet", "2025"]),
        ("821.512.162-31(081)+929:061.22(4/9)" * 3 + " A", "udc", "", ["A"]),
        ('"#panic() $x$ \\', "", "", ["$x$"]),
    ],
)
def test_three_scripts_and_odd_numbers(call_number, scheme, number, expected):
    record = RecordFactory(class_scheme=scheme, class_number=number)
    text = printed([ItemFactory(record=record, call_number=call_number)])[0].extract_text()
    plain = "".join(text.replace("\u200b", "").split())
    for part in expected:
        assert "".join(part.split()) in plain


def test_the_note_and_the_code():
    paper = printed([ItemFactory()], with_code=True)[0]
    assert "1 cm above the foot" in " ".join(paper.extract_text().split())
    label = spine_labels.paper([ItemFactory()], Sheet(), with_code=True)["labels"][0]
    assert label["code"].startswith("<svg") and "path" in label["code"]


def test_the_chart_speaks_the_languages_of_the_library(settings, translated):
    settings.CONTENT_LANGUAGES = ["ru", "en"]
    chart = spine_labels.chart()
    assert [one["number"] for one in chart["classes"]] == [f"{digit}00" for digit in range(10)]
    assert len({one["colour"] for one in chart["classes"]}) == 10
    assert chart["classes"][8]["names"][1] == "Literature" and len(chart["classes"][8]["names"]) == 2
    assert "Literature" in pages(render("colour_chart", chart))[0].extract_text()


class TestPage:
    address = property(lambda self: reverse("catalogue_items:labels"))

    def query(self, **more):
        usual = {"form": "pdf", "printer": "sheet", "columns": 7, "rows": 5, "left": 17.5, "top": 23.5,
                 "gap_x": 0, "gap_y": 0}  # fmt: skip
        return usual | more

    def test_chosen_copies_an_accession_a_range(self, staff):
        entry = AccessionFactory()
        items = [ItemFactory(barcode=f"B{n}", accession=entry if n == 2 else None) for n in range(4)]
        for more, wanted in (
            ({"item": [items[0].pk, items[3].pk]}, {0, 3}),
            ({"accession": entry.pk}, {2}),
            ({"first": "B1", "last": "B2"}, {1, 2}),
        ):
            paper = staff.get(self.address, self.query(**more))
            assert paper["Content-Type"] == "application/pdf"
            text = pages(paper.content)[0].extract_text()
            assert {n for n in range(4) if f"B{n}" in text} == wanted

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({}, "first and the last barcode"),
            ({"first": "Q", "last": "R"}, "No copy"),
            ({"first": "A", "last": "Z", "columns": 8, "left": 100}, "do not fit"),
            ({"first": "A", "last": "Z", "columns": "many"}, "whole number"),
            ({"item": ["x", "9" * 40]}, "first and the last barcode"),
        ],
    )
    def test_bad_input(self, staff, more, says):
        ItemFactory(barcode="K1")
        page = staff.get(self.address, self.query(**more))
        assert page.status_code == 422 and says in " ".join(page.content.decode().split())

    def test_the_sheet_is_remembered(self, staff):
        ItemFactory(barcode="K1")
        staff.get(self.address, self.query(first="K1", last="K1", columns=6, gap_x=2.5, start=3))
        form = staff.get(self.address).context["form"]
        assert (form["columns"].value(), form["gap_x"].value(), form["start"].value()) == (6, 2.5, 1)

    def test_too_many(self, staff, monkeypatch):
        monkeypatch.setattr(spine_labels, "MOST_LABELS", 2)
        ItemFactory.create_batch(3)
        page = staff.get(self.address, self.query(first="A", last="Z"))
        assert page.status_code == 422 and "At most 2" in page.content.decode()

    def test_the_chart(self, staff):
        assert staff.get(reverse("catalogue_items:colours"))["Content-Type"] == "application/pdf"
        assert Item.objects.count() == 0
