"""Every sound record of every real file: what is kept holds the same fields, subfields and indicators."""

import json
import os
from collections import Counter
from pathlib import Path

import pymarc
import pytest
from lxml import etree

from catalog_pages.export.elements import clean, document
from catalog_pages.export.marc_json import marc_json
from catalog_pages.export.marcxml import marcxml
from catalog_pages.export.outgoing import Outgoing
from catalog_pages.importing import Options, import_marc, prepare
from catalog_pages.marc.errors import NotMarc, Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.models import MarcSource, Record
from tests.conftest import missing

SLIM = "{http://www.loc.gov/MARC21/slim}"
DATA = Path(os.environ.get("PORTAL_SHARED", "")) / "data" / "marc"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file()) if DATA.is_dir() else []
# Not records: tables, the index of a master file, lists of text, formats nobody exports any more.
NOT_RECORDS = (
    ".tsv.gz",
    ".xrf",
    ".lif",
    "marc-structure.txt",
    "test_marc8.txt",
    "test_utf8.txt",
    "rawRecord.txt",
)
# pymarc gives records of UTF-8 under a wrong flag as mojibake, and of other code pages not at all.
READ_BY_PYMARC = ("ascii", "utf-8", "marc-8")


def name(path):
    return str(path and path.relative_to(DATA))


def shape(record):
    """Tag, indicators and subfields of every field, in order."""
    return [
        (field.tag, field.data)
        if field.control_field
        else (field.tag, *field.indicators, *[(part.code, part.value) for part in field.subfields])
        for field in record.fields
    ]


def kept(data):
    record = pymarc.Record(data, to_unicode=True, force_utf8=True)
    return shape(record)


def by_pymarc(raw, encoding):
    """The fields as pymarc reads them out of the delivered bytes, or nothing where it cannot."""
    data, base = raw.data, int(raw.data[12:17])
    entries = [data[at : at + 12] for at in range(24, base - 1, 12)]
    ends = [base + int(entry[7:]) + int(entry[3:7]) - 1 for entry in entries]
    if any(data[end : end + 1] != b"\x1e" for end in ends):
        return None  # Where the directory counts wrong, pymarc cuts in the middle of a field.
    try:
        return shape(pymarc.Record(data, to_unicode=True, force_utf8=encoding == "utf-8"))
    except (pymarc.exceptions.PymarcException, ValueError, IndexError, LookupError):
        return None


def assert_alike_in_xml_and_json(data):
    """What is written as MARCXML and as JSON has the fields, subfields and indicators that pymarc reads."""
    found = Outgoing(Record(), data)
    if not all(code.isascii() for field in found.fields() for code, _value in field.subfields):
        return  # a byte of a letter stands where the code should: pymarc guesses what was meant
    expected = [
        tuple(clean(part) if isinstance(part, str) else (part[0], clean(part[1])) for part in field)
        for field in kept(data)
    ]
    assert in_xml(document(marcxml(found))) == expected
    assert in_json(marc_json(found)) == expected


def in_xml(data):
    """The shape of a record in MARCXML, as any reader of XML sees it."""
    fields = []
    for element in etree.fromstring(data)[1:]:
        if element.tag == f"{SLIM}controlfield":
            fields.append((element.get("tag"), element.text or ""))
        else:
            parts = [(part.get("code"), part.text or "") for part in element]
            fields.append((element.get("tag"), element.get("ind1"), element.get("ind2"), *parts))
    return fields


def in_json(data):
    """The shape of a record in MARC-in-JSON; XML's forbidden signs, which JSON can say, are left out."""
    fields = []
    for field in json.loads(data)["fields"]:
        ((tag, value),) = field.items()
        if isinstance(value, str):
            fields.append((tag, clean(value)))
        else:
            parts = [(code, clean(text)) for part in value["subfields"] for code, text in part.items()]
            fields.append((tag, value["ind1"], value["ind2"], *parts))
    return fields


@pytest.mark.parametrize("path", FILES or [None], ids=name)
def test_every_sound_record_is_kept_with_all_its_fields(path, capsys):
    if path is None:
        missing("the collection of real MARC files is not here")
    try:
        form = form_of(path)
    except NotMarc as error:
        assert str(path) in str(error)
        assert path.name.endswith(NOT_RECORDS)
        return
    for raw in read_file(path, form):
        try:
            marc = prepare(raw, Options()).marc
        except Rejected:
            continue
        assert_alike_in_xml_and_json(marc.data)
        if raw.fields is not None:
            # Taken apart by a reader: nothing may be lost on the way through ISO 2709.
            again = pymarc.Record(marc.data, to_unicode=True, force_utf8=True)
            assert len(again.fields) == len(raw.fields)
            assert [(tag, content.decode()) for tag, content in raw.fields] == [
                as_written(f) for f in again.fields
            ]
        elif marc.encoding in READ_BY_PYMARC and (expected := by_pymarc(raw, marc.encoding)) is not None:
            assert kept(marc.data) == expected


def as_written(field):
    if field.control_field:
        return field.tag, field.data
    return field.tag, "".join(field.indicators) + "".join(
        f"\x1f{part.code}{part.value}" for part in field.subfields
    )


CAMELS = [
    path for path in FILES if path.name.startswith(("camel.", "cameleof.")) or path.name == "batch-ns.xml"
]


@pytest.mark.parametrize("path", CAMELS or [None], ids=name)
def test_the_same_records_in_other_forms_are_the_same_records(path, tmp_path, db):
    """The ten records that every Perl module brings, as ISO 2709, MARCXML and MARCMaker."""
    if path is None:
        missing("the collection of real MARC files is not here")
    import_marc([path])
    assert Record.objects.count() == 10
    assert Record.objects.filter(title__startswith="ActivePerl with ASP and ADO").exists()


def test_a_master_file_is_read_through_its_cross_reference():
    """The text beside the master file was made without it: some of its records are older versions of ours."""
    if not FILES:
        missing("the collection of real MARC files is not here")
    folder = DATA / "irbis" / "irbis32"
    master = list(read_file(folder / "ibis.mst", form_of(folder / "ibis.mst")))
    lines = list(read_file(folder / "ibis.jsonl", form_of(folder / "ibis.jsonl")))
    whole = {frozenset(raw.fields) for raw in master}
    assert not any(raw.reason for raw in master)
    assert sum(frozenset(raw.fields) in whole for raw in lines) == 170


def test_every_rejected_record_is_accounted_for(tmp_path, db):
    """One import of everything: records read are created, unchanged or rejected with a reason, none lost."""
    if not FILES:
        missing("the collection of real MARC files is not here")
    readable = [path for path in FILES if not path.name.endswith(NOT_RECORDS) and path.parent.name != "gpo"]
    summary = import_marc(readable, reject_path=tmp_path / "rejects")
    assert summary.read == summary.created + summary.updated + summary.unchanged + summary.rejected_count
    reasons = Counter(line.split("\t")[3] for line in (tmp_path / "rejects.tsv").read_text().splitlines()[1:])
    assert reasons == {reason.value: count for reason, count in summary.rejected.items()}
    assert MarcSource.objects.count() == Record.objects.count() == summary.created
    assert {"marc21", "unimarc", "irbis"} == set(MarcSource.objects.values_list("format", flat=True))
