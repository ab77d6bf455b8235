"""Files in every form: which one it is, the records out of it, and what is bad or dangerous in it."""

import gzip
import json
import struct
import zlib
from io import BytesIO

import pytest

from catalog_pages.importing import Options, prepare
from catalog_pages.marc.errors import NotMarc, Reason
from catalog_pages.marc.files import count_records, form_of, read_file
from catalog_pages.marc.irbis import LEADER, field, short_tag, tag_number, text_of_field
from catalog_pages.marc.reading import BoundedGzip, Bursting
from tests.factories.catalog_pages import marc

TITLE = "Молла Нәсрəддин & Ölülər <1>"
XML = (
    '<{p}record><{p}leader>00000nam a2200000 a 4500</{p}leader><{p}controlfield tag="001">{n}</{p}controlfield>'
    '<{p}datafield tag="245" ind1="1" ind2="0"><{p}subfield code="a">Молла Нәсрəддин &amp; Ölülər &lt;1&gt;'
    "</{p}subfield></{p}datafield></{p}record>"
)
SLIM = 'xmlns="http://www.loc.gov/MARC21/slim"'
PLAIN_JSON = {
    "leader": "00000nam a2200000 a 4500",
    "fields": [{"001": "1"}, {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": TITLE}]}}],
}
IRBIS = f"#920: PAZK\r\n#200: ^A{TITLE}\r\n#10: ^a5-86150-048-7\r\n#1119: guid\r\n#903: 84/М\r\n*****\r\n"
ALEPH = f"000000001 LDR   L 00000nam^a2200000^a^4500\n000000001 001   L 1\n000000001 24510 L $$a{TITLE}\n"
MARCMAKER = f"=LDR  00000nam a2200000 a 4500\n=001  1\n=245  10$a{TITLE}\n\n"

FORMS = {
    "iso2709": marc("1", TITLE),
    "marcxml": XML.format(p="", n=1).encode(),
    "marcxml with a namespace": f"<collection {SLIM}>{XML.format(p='', n=1)}</collection>".encode(),
    "marcxml with a prefix": f"<m:collection xmlns:m='urn:any'>{XML.format(p='m:', n=1)}</m:collection>".encode(),
    "marcxml in oai": (
        f"<OAI-PMH><ListRecords><record><header/><metadata>{XML.format(p='', n=1)}</metadata></record></ListRecords>"
        "</OAI-PMH>"
    ).encode(),
    "marcxml in utf-16": f"<?xml version='1.0' encoding='utf-16'?>{XML.format(p='', n=1)}".encode("utf-16"),
    "json": json.dumps(PLAIN_JSON).encode(),
    "json list": json.dumps([PLAIN_JSON], indent=1, ensure_ascii=False).encode(),
    "json of catmandu": json.dumps(
        {"record": [["LDR", "", "", "_", LEADER], ["001", "", "", "_", "1"], ["245", "1", "0", "a", TITLE]]}
    ).encode(),
    "irbis": IRBIS.encode("utf-8-sig"),
    "aleph": ALEPH.encode(),
    "marcmaker": MARCMAKER.encode(),
}


@pytest.fixture
def file(tmp_path):
    def write(data, name="records"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def read(path, **said):
    return list(read_file(path, form_of(path), **said))


def titles(records):
    return [record.reason or prepare(record, Options()).fields["title"] for record in records]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", FORMS)
def test_every_form_is_told_by_its_content(kind, packed, file):
    path = file(gzip.compress(FORMS[kind], mtime=0) if packed else FORMS[kind])
    assert form_of(path).name == kind.split()[0]
    assert titles(read(path)) == [TITLE]
    if "utf-16" not in kind:
        assert count_records(path, form_of(path)) == 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("marcxml", ("<c>" + "".join(XML.format(p="", n=n) for n in range(900)) + "</c>").encode()),
        ("json", b"\n".join([FORMS["json"]] * 900)),
        ("irbis", IRBIS.encode() * 900),
        ("aleph", b"".join(FORMS["aleph"].replace(b"000000001", b"%09d" % n) for n in range(900))),
        ("marcmaker", FORMS["marcmaker"] * 900),
    ],
)
def test_many_records_come_one_by_one_with_their_numbers(kind, data, file):
    path = file(data)
    records = read(path)
    assert [record.number for record in records] == list(range(1, 901))
    assert not any(record.reason for record in records)
    assert count_records(path, form_of(path)) == 900


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8"])
def test_text_exports_of_irbis_come_in_code_pages(encoding, file):
    record = read(file("#920: PAZK\r\n#200: ^AДвенадцать стульев\r\n#903: 1\r\n*****\r\n".encode(encoding)))[
        0
    ]
    assert titles([record]) == ["Двенадцать стульев"]


@pytest.mark.parametrize(
    "line", ["#200: ^aTitle^eMore", "#610: words", "#10: ^aISBN^d10", "#20: 1^! ^", "#1119: x"]
)
def test_a_field_of_irbis_comes_back_as_it_was_written(line):
    tag, value = line[1:].split(": ", 1)
    assert text_of_field(*field(tag, value)) == line


@pytest.mark.parametrize("number", [1, 10, 910, 999, 1000, 1119, 32_767, 34_694])
def test_long_tags_of_irbis_have_a_way_back(number):
    assert len(short_tag(number)) == 3
    assert tag_number(short_tag(number)) == number


def isis(fields, mfn=1):
    body, directory = b"", b""
    for tag, value in fields:
        directory += struct.pack("<HHH", tag, len(body), len(value))
        body += value
    base = 18 + len(directory)
    return struct.pack("<ihihhhh", mfn, base + len(body), 0, 0, base, len(fields), 0) + directory + body


def irbis64(fields, mfn=1, status=0):
    body, directory = b"", b""
    for tag, value in fields:
        directory += struct.pack(">iii", tag, len(body), len(value))
        body += value
    base = 32 + len(directory)
    return (
        struct.pack(">iiiiiiii", mfn, base + len(body), 0, 0, base, len(fields), 1, status) + directory + body
    )


def masters(tmp_path, layout):
    fields = [(920, b"PAZK"), (903, b"1")]
    path = tmp_path / "base.mst"
    if layout == "isis":
        record = isis([*fields, (200, "^AДвенадцать стульев".encode("cp1251"))])
        path.write_bytes(struct.pack("<iiih", 0, 2, 1, 64) + bytes(50) + record)
        pointers = [(1 << 11) + 64, -(1 << 11), *[0] * 125]
        path.with_suffix(".xrf").write_bytes(struct.pack("<128i", -1, *pointers))
    else:
        record = irbis64([*fields, (200, "^AДвенадцать стульев".encode())])
        path.write_bytes(struct.pack(">iiiiiiiii", 0, 2, 0, 0, 0, 0, 0, 0, 0) + bytes(28) + record)
        path.with_suffix(".xrf").write_bytes(struct.pack(">IIi", 64, 0, 0) + struct.pack(">IIi", 64, 0, 1))
    return path


@pytest.mark.parametrize("layout", ["isis", "irbis64"])
def test_master_files_of_both_layouts(layout, tmp_path):
    path = masters(tmp_path, layout)
    assert form_of(path).name == "irbis-master"
    assert titles(read(path)) == ["Двенадцать стульев"]


@pytest.mark.parametrize("layout", ["isis", "irbis64"])
@pytest.mark.parametrize("cut", [70, 90, 110])
def test_a_master_file_that_is_cut_off_says_so(layout, cut, tmp_path):
    path = masters(tmp_path, layout)
    path.write_bytes(path.read_bytes()[:cut])
    assert [record.reason for record in read(path)] == [Reason.TRUNCATED]


def test_a_master_file_needs_its_cross_reference(tmp_path):
    path = masters(tmp_path, "isis")
    path.with_suffix(".xrf").unlink()
    with pytest.raises(NotMarc, match=r"\.xrf"):
        read(path)


LAUGHS = "<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    "head",
    [
        f"<!DOCTYPE c [{LAUGHS}]>",
        "<!DOCTYPE c SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE c>",
    ],
)
def test_xml_with_entities_or_a_document_type_is_refused(head, file):
    text = XML.format(p="", n=1).replace("Молла", "&h;")
    records = read(file(f"<?xml version='1.0'?>{head}<c>{text}</c>".encode()))
    assert [record.reason for record in records] == [Reason.UNSAFE_XML]


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"<c>" + FORMS["marcxml"] + b"<record><leader>", [None, Reason.BAD_XML]),
        (b"<c>" + FORMS["marcxml"].replace(b'"245"', b'"24"') + b"</c>", [Reason.BAD_TAG]),
        (b"<c>" + FORMS["marcxml"].replace(b'ind1="1"', b'ind1="12"') + b"</c>", [Reason.BAD_INDICATOR]),
        (b"<c>" + FORMS["marcxml"].replace(b'code="a"', b'code="ab"') + b"</c>", [Reason.BAD_SUBFIELD]),
        (b"<c><record/></c>", [Reason.NOT_A_RECORD]),
        (b"<html><p>Not a record</p></html>", [Reason.NOT_A_RECORD]),
        (FORMS["json"] + b"\n{nonsense}\n" + FORMS["json"], [None, Reason.BAD_JSON, None]),
        (FORMS["json"][:-9], [Reason.BAD_JSON]),
        (b'{"leader": 5, "fields": 7}', [Reason.BAD_JSON]),
        (b'{"leader": "x", "fields": [{"245": {"subfields": [{"a": "\\ud800"}]}}]}', [Reason.BAD_ENCODING]),
        (IRBIS.replace("#10: ", "10 ").encode(), [Reason.BAD_LINE]),
        (
            IRBIS.encode() + b"#200: \xff\xfe\x81\r\n*****\r\n" + IRBIS.encode(),
            [None, Reason.BAD_ENCODING, None],
        ),
        (IRBIS.replace("#10:", "#99999:").encode(), [Reason.BAD_TAG]),
        (ALEPH.encode() + b"000000002 nothing\n", [None, Reason.BAD_LINE]),
        (MARCMAKER.encode() + b"=LDR  x\nnothing\n", [None, Reason.BAD_LINE]),
    ],
)
def test_what_is_bad_is_told_and_costs_no_other_record(data, reasons, file):
    assert [record.reason for record in read(file(data))] == reasons


def test_nested_json_does_not_exhaust_anything(file):
    records = read(file(b'{"a":' + b"[" * 100_000))
    assert {record.reason for record in records} <= {Reason.BAD_JSON}


def test_a_gzip_bomb_is_refused_early(file, monkeypatch):
    path = file(gzip.compress(marc() + b" " * (200 << 20), mtime=0))
    records = read(path)
    assert [record.reason for record in records] == [None, Reason.BURSTING_FILE]
    with pytest.raises(Bursting):
        stream = BoundedGzip(BytesIO(gzip.compress(b"<c>" + b" " * (200 << 20), mtime=0)))
        while stream.read(1 << 20):
            assert stream.tell() <= 66 << 20


def test_text_that_packs_well_is_no_bomb(file):
    text = IRBIS.encode() * 30_000
    assert len(text) / len(zlib.compress(text)) > 100
    assert not any(record.reason for record in read(file(gzip.compress(text, mtime=0))))


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"Title;Author\nA;B\n", bytes(range(256)) * 40, b"PK\x03\x04nothing"]
)
def test_other_files_are_refused_by_name(data, file):
    with pytest.raises(NotMarc, match="other"):
        form_of(file(data, "other"))
