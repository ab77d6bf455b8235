"""Records and copies out of spreadsheets: columns, encodings, copies of one book, and what is bad."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog_pages.models import Item, Record
from catalog_pages.spreadsheets import guess_columns
from tests.factories.library import BranchFactory

HEADER = "Заглавие;Автор;Год издания;Издательство;Штрихкод;Филиал;УДК\n"


@pytest.fixture
def deliver(tmp_path, db):
    BranchFactory(code="central")

    def run(data, *, name="books.csv", **options):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        out = StringIO()
        options.setdefault("rejects", tmp_path / "rejects.csv")
        call_command("import_csv", path, stdout=out, **options)
        return out.getvalue()

    return run


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Sərlövhə", "Müəllif", "İl"], ["title", "author"]),
        (["Атауы", "Автор", "Жылы"], ["title", "author", "year"]),
        (["სათაური", "ავტორი", "წელი"], ["title", "author", "year"]),
        (["Sarlavha", "Muallif", "Yil"], ["title", "author", "year"]),
        (["Eser adı", "Yazar", "Yayın yılı"], ["title", "author", "year"]),
        (["НАЗВАНИЕ", " автор: ", "Год"], ["title", "author", "year"]),
        (["Title", "ISBN", "What?"], ["title", "isbn"]),
    ],
)
def test_columns_are_told_by_their_headings(header, expected):
    assert list(guess_columns(header).values())[: len(expected)] == expected


def test_what_is_said_goes_before_the_heading():
    assert guess_columns(["Name", "Title"], {"title": "name", "notes": "Title"}) == {0: "title", 1: "notes"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_rows_of_one_book_are_its_copies(encoding, mark, deliver):
    header = HEADER.replace(";", mark)
    rows = "".join(
        mark.join(["Двенадцать стульев", '"Ильф, И.; Петров, Е."', "1928", "ЗиФ", code, "central", "821"])
        + "\n"
        for code in ("B1", "B2")
    )
    report = deliver((header + rows).encode(encoding))
    record = Record.objects.get()
    assert "Заглавие → title" in report
    assert (record.title, record.authors, record.year) == (
        "Двенадцать стульев",
        ["Ильф, И.", "Петров, Е."],
        1928,
    )
    assert (record.class_scheme, record.class_number) == ("udc", "821")
    assert sorted(record.items.values_list("barcode", flat=True)) == ["B1", "B2"]


def test_the_same_file_again_changes_nothing_and_a_dry_run_writes_nothing(deliver):
    data = "Title,Barcode\nA,B1\nB,B2\n"
    assert "nothing was written" in deliver(data, branch="central", dry_run=True)
    assert not Record.objects.exists()
    deliver(data, branch="central")
    report = deliver(data, branch="central")
    assert "unchanged" in report
    assert (Record.objects.count(), Item.objects.count()) == (2, 2)


def test_columns_may_be_said_in_a_file_and_copies_counted(deliver, tmp_path):
    names = tmp_path / "map.json"
    names.write_text(json.dumps({"title": "Kitab", "copies": "Say"}), encoding="utf-8")
    deliver("Kitab;Say\nÖlülər;3\n", map=names, branch="central")
    assert Record.objects.get().items.count() == 3


def test_xlsx_is_read_too(deliver):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Sərlövhə", "Nəşr ili"])
    book.active.append(["Ölülər", 1909])
    stream = BytesIO()
    book.save(stream)
    deliver(stream.getvalue(), name="books.xlsx")
    assert list(Record.objects.values_list("title", "year")) == [("Ölülər", 1909)]


def test_rows_without_a_title_are_rejected_and_kept(deliver, tmp_path):
    report = deliver("Title,Author\nGood,A\n,Nobody\n")
    assert "no title" in report
    assert (tmp_path / "rejects.csv").read_text().strip() == ",Nobody"
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ("One,Two\n1,2\n", {}, "No column holds the title"),
        ("", {}, "No column holds the title"),
        ("Title\nA\n", {"columns": "heading=Title"}, "No column is called heading"),
        ("Title\nA\n", {"columns": "author=Writer"}, "has no column Writer"),
        (b"\x00\x01\x02", {}, "no spreadsheet"),
        (b"PK\x03\x04broken", {}, "no spreadsheet"),
        ("Title\nA\n", {"source": "Two words"}, "small letters"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(data, options, message, deliver):
    with pytest.raises(CommandError, match=message):
        deliver(data, **options)
    assert not Record.objects.exists()
