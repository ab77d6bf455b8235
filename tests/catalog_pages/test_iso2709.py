"""Taking a record apart and putting it together again."""

import pytest
from pymarc import Record

from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.iso2709 import build, parse
from tests.factories.catalog_pages import marc

LEADER = "00000nam a22000005i 4500"


def as_delivered(fields, mark=b" "):
    """A record whose encoding mark is not set to UTF-8."""
    data = build(LEADER, fields)
    return data[:9] + mark + data[10:]


def test_what_is_built_is_read_by_others():
    record = Record(build(LEADER, [("001", b"n1"), ("245", "10\x1faƏsərlər".encode())]))
    assert record["001"].data == "n1"
    assert record["245"]["a"] == "Əsərlər"


def test_text_in_utf8_is_kept_byte_for_byte():
    data = marc(title="Ölülər")
    assert parse(data).data == data
    assert parse(data).encoding == "utf-8"


@pytest.mark.parametrize(
    ("mark", "title", "expected", "encoding"),
    [
        (b" ", b"Plain", "Plain", "ascii"),
        (b" ", "Dədə Qorqud".encode(), "Dədə Qorqud", "utf-8"),
        (b"a", "Dədə Qorqud".encode(), "Dədə Qorqud", "utf-8"),
        (b" ", b"M\xe8uller", "Müller", "marc-8"),
        (b" ", b"\x1b(NwOJNA\x1b(B", "Война", "marc-8"),
        (b" ", b"\x1b(2lzexd alnercim\x1b(B", "לתורה בלמועדים", "marc-8"),
    ],
)
def test_encodings(mark, title, expected, encoding):
    record = parse(as_delivered([("245", b"10\x1fa" + title)], mark))
    assert record.encoding == encoding
    assert dict(next(iter(record.subfields("245")))[1])["a"] == expected
    assert parse(record.data).fields == record.fields


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (as_delivered([("245", "10\x1faMüller".encode()), ("500", b"  \x1faM\xe8")], b"a"), Reason.BAD_UTF8),
        (as_delivered([("245", b"10\x1faM\x9fller")], b"a"), Reason.BAD_UTF8),
        (as_delivered([("245", b"10\x1faM\x9fller")]), Reason.BAD_MARC8),
        (as_delivered([("245", b"10\x1f\xe2title")]), Reason.BAD_SUBFIELD),
        (marc()[:12] + b"abcde" + marc()[17:], Reason.BAD_LEADER),
        (marc()[:12] + b"99999" + marc()[17:], Reason.BAD_LEADER),
        (marc().replace(b"245", b"2\xe945"), Reason.BAD_DIRECTORY),
    ],
)
def test_what_cannot_be_trusted_is_rejected(data, reason):
    with pytest.raises(Rejected) as caught:
        parse(data)
    assert caught.value.reason == reason


def test_wrong_offsets_are_put_right_by_the_field_marks():
    sound = marc(title="Sound")
    at = sound.index(b"245") + 3
    crooked = sound[:at] + b"0099" + sound[at + 4 :]
    assert parse(crooked).fields == parse(sound).fields
    assert parse(crooked).data == sound


@pytest.mark.parametrize(
    "fields",
    [
        [("500", b"  \x1fa" + b"x" * 10_000)],
        [("500", b"  \x1fa" + b"x" * 9_000)] * 12,
        [("952", b"  \x1faone\x1fp%d" % number) for number in range(10_000)],
    ],
    ids=["long field", "long record", "long directory"],
)
def test_what_the_numbers_of_the_format_cannot_say_is_kept_all_the_same(fields):
    fields = [("001", b"long"), *fields]
    data = build(LEADER, fields)
    found = parse(data)
    assert [field for tag in dict(fields) for field in found.fields[tag]] == [field for _, field in fields]
    assert found.data == data


def test_text_comes_composed_and_without_control_characters():
    record = parse(build(LEADER, [("245", "04\x1fa\x98The \x9cCafe\u0301\x00".encode())]))
    assert dict(next(iter(record.subfields("245")))[1])["a"] == "The Café"
