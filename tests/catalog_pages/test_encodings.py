"""Which encoding a record is in: what it declares, what its text looks like, what was said."""

import pytest

from catalog_pages.marc.encodings import convert, decoded, guess
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.iso2709 import build, parse

MARC21, UNIMARC = "00000nam a22000005i 4500", "00000nam0 2200000   450 "
RUSSIAN = "Двенадцать стульев : роман / И. Ильф, Е. Петров"
GEORGIAN = "ვეფხისტყაოსანი : პოემა / შოთა რუსთაველი"
FRENCH = "Les misérables, à l'œuvre, naïve façon"
_ISO_5426 = {"é": b"\xc2e", "à": b"\xc1a", "œ": b"\xfa", "ï": b"\xc8i", "ç": b"\xd0c"}


def in_bytes(text, table):
    return b"".join(table.get(letter, letter.encode("ascii", "ignore")) for letter in text)


def iso_5427(text):
    small = "юабцдефгхийклмнопярстужвьызшэщчъ"
    codes = {letter: bytes((0xC0 + at,)) for at, letter in enumerate(small + small.upper()[:-1])}
    return in_bytes(text, codes)


def georgian(text):
    return in_bytes(text, {chr(0x10D0 + at): bytes((0xC0 + at,)) for at in range(33)})


def marc21(title, mark=b" "):
    data = build(MARC21, [("001", b"1"), ("245", b"10\x1fa" + title)])
    return data[:9] + mark + data[10:]


def unimarc(title, sets):
    coded = "  \x1fa20200101d2020    m  y0rusy" + sets.ljust(4) + "    ca"
    data = build(UNIMARC, [("001", b"1"), ("100", coded.encode()), ("200", b"1 \x1fa" + title)])
    return data[:9] + b" " + data[10:]


def title_of(data, **said):
    marc = parse(data, **said)
    assert parse(marc.data).fields == marc.fields
    return dict(next(iter(marc.subfields("245", "200")))[1])["a"], marc.encoding


@pytest.mark.parametrize("mark", [b" ", b"a"])
@pytest.mark.parametrize(
    ("name", "codec"), [("windows-1251", "cp1251"), ("cp866", "cp866"), ("koi8-r", "koi8-r")]
)
def test_cyrillic_code_pages_are_told_whatever_the_leader_says(mark, name, codec):
    assert title_of(marc21(RUSSIAN.encode(codec), mark)) == (RUSSIAN, name)


@pytest.mark.parametrize("text", ["ВОЙНА И МИР", "Война", "Рассказы (1990)", "История СССР, т. 3"])
@pytest.mark.parametrize(("name", "codec"), [("windows-1251", "cp1251"), ("cp866", "cp866")])
def test_short_titles_and_capitals_are_told(text, name, codec):
    assert guess(text.encode(codec)) == name


def test_georgian_of_the_academy_is_told_and_russian_capitals_are_not_georgian():
    assert title_of(marc21(georgian(GEORGIAN)))[0] == GEORGIAN
    assert guess("ДСМ ПРФ ЯТВ КОИ".encode("cp1251")) != "georgian-academy"


@pytest.mark.parametrize(
    ("sets", "title", "expected", "encoding"),
    [
        ("0103", in_bytes(FRENCH, _ISO_5426), FRENCH, "iso-5426"),
        ("", in_bytes(FRENCH, _ISO_5426), FRENCH, "iso-5426"),
        ("0102", iso_5427("Двенадцать стульев"), "Двенадцать стульев", "iso-5427"),
        ("79", RUSSIAN.encode("cp866"), RUSSIAN, "cp866"),
        ("89", RUSSIAN.encode("cp1251"), RUSSIAN, "windows-1251"),
        ("50", RUSSIAN.encode("cp1251"), RUSSIAN, "windows-1251"),
        ("99", RUSSIAN.encode("koi8-r"), RUSSIAN, "koi8-r"),
        ("50", RUSSIAN.encode(), RUSSIAN, "utf-8"),
        ("89", RUSSIAN.encode(), RUSSIAN, "utf-8"),
    ],
)
def test_what_unimarc_declares_is_believed_where_the_text_agrees(sets, title, expected, encoding):
    assert title_of(unimarc(title, sets)) == (expected, encoding)


@pytest.mark.parametrize(
    ("said", "title", "expected"),
    [
        ("cp866", "Том".encode("cp866"), "Том"),
        ("windows-1254", "Çalıkuşu".encode("cp1254"), "Çalıkuşu"),
        ("iso-5426", b"M\xc9uller \xe1", "Müller Æ"),
        ("latin-1", b"Caf\xe9", "Café"),
    ],
)
def test_what_is_said_goes_before_all_else(said, title, expected):
    assert title_of(marc21(title, b"a"), encoding=said) == (expected, said)


def test_utf8_with_one_damaged_place_is_not_taken_for_something_else():
    with pytest.raises(Rejected) as caught:
        convert([("245", "10\x1faВойна".encode()), ("500", b"  \x1fa\xe2\xe9")], declared="utf-8")
    assert caught.value.reason == Reason.BAD_UTF8


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x81\x9d", bytes(range(128, 256))])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(Rejected):
        decoded(data)


def test_iso_10586_is_read_as_its_table_says():
    """ISO 10586:1996: AN at 5/0, HE at 5/7, HAE at 7/4, FI at 7/6, used as the upper half."""
    from catalog_pages.marc.encodings import decoded

    data = bytes((0xD0, 0xD1, 0xD7, 0xE5, 0xF1, 0xF4, 0xF6, 0xCD, 0x20, 0x41))
    assert decoded(data, "iso-10586")[0] == "აბჱუხჰჶ։ A"
