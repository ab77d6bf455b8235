"""The import command: any file at all, one clear line for what is not MARC21, never a traceback."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog_pages.marc.iso2709 import build, parse
from catalog_pages.models import Item, MarcSource, Record
from tests.conftest import missing
from tests.factories.catalog_pages import marc
from tests.factories.library import BranchFactory

DATA = Path(os.environ.get("PORTAL_SHARED", "")) / "data" / "marc"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file()) if DATA.is_dir() else []


@pytest.mark.parametrize("path", FILES or [None], ids=lambda path: str(path and path.relative_to(DATA)))
def test_every_real_file_is_imported_or_refused_in_one_line(path, tmp_path, db):
    if path is None:
        missing("the collection of real MARC files is not here")
    out = StringIO()
    try:
        call_command("import_marc", path, rejects=tmp_path / "rejects.mrc", stdout=out, verbosity=0)
    except CommandError as error:
        assert str(path) in str(error)
        assert "\n" not in str(error)
        assert error.returncode == 1
        assert not Record.objects.exists()
    for source in MarcSource.objects.all():
        assert parse(source.iso2709).data == source.iso2709


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.mrc"], "nowhere.mrc: No such file or directory"),
        (["."], "Is a directory"),
        (["good.mrc", "--rejects", "/proc/rejects.mrc"], "/proc/rejects.mrc"),
        (["good.mrc", "--rejects", "good.mrc"], "is one of the files to import"),
        (["good.mrc", "--source", "Two words"], "small letters"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, message, tmp_path, monkeypatch, db):
    monkeypatch.chdir(tmp_path)
    Path("good.mrc").write_bytes(marc())
    with pytest.raises(CommandError) as caught:
        call_command("import_marc", *arguments, verbosity=0)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not Record.objects.exists()


def test_stopped_by_the_keyboard_it_says_that_it_can_be_run_again(tmp_path, monkeypatch, db):
    path = tmp_path / "records.mrc"
    path.write_bytes(marc())

    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog_pages.management.commands.import_marc.import_marc", stop)
    with pytest.raises(CommandError, match="Run the command again"):
        call_command("import_marc", path, verbosity=0)


def run(path, tmp_path, **options):
    out = StringIO()
    call_command("import_marc", path, rejects=tmp_path / "rejects", stdout=out, **options)
    return out.getvalue()


def test_the_encodings_are_told_for_each_file(tmp_path, db):
    path = tmp_path / "mixed.mrc"
    wrong = build(
        "00000nam a22000005i 4500", [("001", b"2"), ("245", b"10\x1fa" + "Двенадцать".encode("cp1251"))]
    )
    path.write_bytes(marc("1", "Ölülər") + wrong)
    report = run(path, tmp_path)
    assert "mixed.mrc: 2 records declared UTF-8, 1 of them are Windows-1251" in report
    assert sorted(MarcSource.objects.values_list("encoding", flat=True)) == ["utf-8", "windows-1251"]
    assert Record.objects.get(control_number="2").title == "Двенадцать"


def test_a_dry_run_counts_shows_the_first_problems_and_writes_nothing(tmp_path, db):
    path = tmp_path / "records.mrc"
    path.write_bytes(marc("1") + marc("2", "") + marc("1") + marc("1", "Other"))
    report = run(path, tmp_path, dry_run=True)
    assert "nothing was written" in report
    assert "records.mrc, record 2: the record has no title" in report
    assert "records.mrc, record 4: another record with the same control number" in report
    assert not Record.objects.exists()


def test_items_come_from_the_fields_that_were_said(tmp_path, db):
    BranchFactory(code="central")
    path = tmp_path / "records.mrc"
    fields = [
        ("001", b"1"),
        ("245", b"10\x1faTitle"),
        ("999", b"  \x1faX 1\x1fiB1\x1fmCENTRAL\x1fkCHECKEDOUT"),
    ]
    path.write_bytes(build("00000nam a22000005i 4500", fields))
    run(path, tmp_path)
    assert not Item.objects.exists()
    run(path, tmp_path, items="999")
    assert list(Item.objects.values_list("barcode", "call_number", "status")) == [("B1", "X 1", "on_loan")]


def test_items_may_be_described_in_a_file(tmp_path, db):
    BranchFactory(code="central")
    described = tmp_path / "items.json"
    described.write_text(
        '{"901": {"branch": "b", "barcode": "p", "branches": {"ОФ": "central"}}}', encoding="utf-8"
    )
    path = tmp_path / "records.mrc"
    fields = [("001", b"1"), ("245", b"10\x1faTitle"), ("901", "  \x1fbОФ\x1fpB1".encode())]
    path.write_bytes(build("00000nam a22000005i 4500", fields))
    run(path, tmp_path, items=str(described))
    assert list(Item.objects.values_list("barcode", "branch__code")) == [("B1", "central")]


@pytest.mark.parametrize("text", ["{", "[]", '{"901": {"nothing": "b"}}', '{"901": {"branch": 1}}'])
def test_a_file_that_describes_no_items_is_refused_in_one_line(text, tmp_path, db):
    described = tmp_path / "items.json"
    described.write_text(text)
    path = tmp_path / "records.mrc"
    path.write_bytes(marc())
    with pytest.raises(CommandError, match="does not describe item fields"):
        run(path, tmp_path, items=str(described))
    with pytest.raises(CommandError, match="No item field is called 111"):
        run(path, tmp_path, items="111")


def test_rejected_records_of_xml_can_be_imported_once_corrected(tmp_path, db):
    path, rejects = tmp_path / "records.xml", tmp_path / "rejects"
    field = '<datafield tag="{}" ind1=" " ind2=" "><subfield code="a">x{}</subfield></datafield>'
    path.write_text(
        f"<c><record>{field.format('245', 1)}</record><record>{field.format('24', 2)}</record></c>"
    )
    run(path, tmp_path)
    path.write_bytes(rejects.read_bytes().replace(b'"24"', b'"245"'))
    assert Record.objects.count() == 1
    run(path, tmp_path)
    assert Record.objects.count() == 2


def test_the_record_page_shows_fields_of_irbis_under_their_own_numbers(tmp_path, client, db):
    path = tmp_path / "export.txt"
    path.write_text("#920: PAZK\n#200: ^AЛевиафан\n#903: 84/А\n#1119: guid-1\n*****\n", encoding="cp1251")
    run(path, tmp_path)
    page = client.get(Record.objects.get().get_absolute_url()).content.decode()
    assert ">1119<" in page.replace("\n", "").replace(" ", "")
    assert "guid-1" in page
