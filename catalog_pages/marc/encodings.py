"""Eight-bit encodings of library data, told by what a record declares and by what its text looks like.

Names are those the command takes and the report prints.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
import unicodedata
from collections.abc import Callable

from pymarc.marc8 import marc8_to_unicode

from catalog_pages.marc.errors import Reason, Rejected

Fields = list[tuple[str, bytes]]

# MARC-8 gives a meaning to four of these bytes only; the converter drops the rest without a word.
_NOT_MARC8 = re.compile(rb"[\x80-\x87\x8a-\x8c\x8f-\x9f]")
# UNIMARC 100 $a, positions 26 to 29 (RUSMARC adds 79, 89 and 99).
_DECLARED = {
    "02": "iso-5427", "03": "iso-5426", "04": "iso-5427-ext", "07": "iso-10586", "50": "utf-8",
    "79": "cp866", "89": "windows-1251", "99": "koi8-r",
}  # fmt: skip
_CYRILLIC = ("windows-1251", "cp866", "koi8-r")
_GEORGIAN = ("georgian-academy", "georgian-ps")
# How often a letter comes in a thousand, in round numbers: a text read in a wrong code page is full of rare ones.
_OFTEN = {
    letter: math.log(often / 1000)
    for letters in (
        "о110 е87 а75 и75 н67 т63 с55 р48 в45 л43 к35 м32 д30 п28 у26 я20 ы19 ь18 г17 з16 б16 ч14 й12 х10 ж9 ш7 ю6"
        " ц5 щ4 э3 ф3 ъ1 ё1",
        "ა180 ი115 ე85 ს70 ო65 რ60 მ55 ნ50 დ45 ვ40 ლ40 ბ40 უ35 თ30 გ25 შ20 ხ18 ტ15 კ15 ც15 ქ15 წ10 ღ8 ყ7 ზ7 პ7 ძ7"
        " ჩ6 ფ6 ჯ3 ჭ3 ჰ2 ჟ1",
    )
    for letter, often in ((pair[0], int(pair[1:])) for pair in letters.split())
}
_NEVER = math.log(0.3 / 1000)
_LIKELY = -4.1
_WORDS = re.compile("(?<![a-zA-Zа-яА-ЯёЁ])[а-яА-ЯёЁ]+(?![a-zA-Zа-яА-ЯёЁ])|[ა-ჶ]+")
_SIGNS = "«»№—–…“”„’‘°§©\xa0"
# Subfield codes stand right before the first word.
_CODES = re.compile(rb"[\x1f^].")

_GEORGIAN_LETTERS = {
    "georgian-academy": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶ",
    "georgian-ps": "აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწჭხჴჯჰჵ",
}
_ISO_5427 = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ"
_ISO_5427_EXT = "ґђѓєёѕіїјљњћќўџ\x00ѣѳѵѫ\x00\x00\x00\x00\x00\x00\x00[\x00]\x00_ҐЂЃЄЁЅІЇЈЉЊЋЌЎЏЪѢѲѴѪ"
# Full stop, comma and paragraph separator, then the letters in the order of the alphabet with the old ones in it.
_ISO_10586 = "։·჻აბგდევზჱთიკლმნჲოპჟრსტუჳფქღყშჩცძწჭხჴჯჰჵჶ"
_ISO_5426_SIGNS = dict(
    zip(
        bytes((*range(0xA1, 0xB3), *range(0xB6, 0xC0), 0xE1, 0xE2, 0xE6, 0xE8, 0xE9, 0xEA, 0xEC, 0xF1, 0xF2))
        + bytes((0xF3, 0xF5, 0xF6, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0x88, 0x89)),
        "¡„£$¥†§′‘“«♭©℗®ʿʾ‚‡·″’”»♯ʹʺ¿ÆĐĲŁØŒÞæđðıĳłøœßþ\x98\x9c",
        strict=True,
    )
)
# Marks stand before their letter.
_ISO_5426_MARKS = dict(
    zip(
        (*range(0xC0, 0xDC), 0xDD, 0xDE, 0xDF),
        "\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0308\u030a\u0315\u0312\u030b\u031b\u030c"
        "\u0327\u031c\u0326\u0328\u0325\u032e\u0323\u0324\u0332\u0333\u0329\u032d\ufe20\ufe21\ufe23",
        strict=True,
    )
)


def convert(
    fields: Fields, *, declared: str, forced: str = "", guess_latin: str = "marc-8"
) -> tuple[Fields, str]:
    """Fields in UTF-8 and the encoding they came in.

    ``declared`` is believed where the text agrees; else the text is looked at: Cyrillic and Georgian code
    pages first, then ``guess_latin``. ``forced`` skips all that. Raises Rejected where nothing fits.
    """
    if forced:
        return _converted(fields, forced, Reason.BAD_ENCODING), forced
    high = [field for _tag, field in fields if not field.isascii()]
    broken = Reason.BAD_UTF8 if declared == "utf-8" else Reason.BAD_MARC8
    if declared in _DECLARED.values() and declared != "utf-8":
        with contextlib.suppress(Rejected):
            return _converted(fields, declared, broken), declared
    if any(_is_utf8(field) for field in high):
        raise Rejected(Reason.BAD_UTF8)  # UTF-8 with damaged places, and no other encoding.
    guessed = guess(b" ".join(high)) or guess_latin
    return _converted(fields, guessed, broken), guessed


def declared_by_unimarc(field: bytes) -> str:
    """The encoding that 100 $a declares at positions 26 to 29, or nothing."""
    found = field.partition(b"\x1fa")[2]
    sets = [found[at : at + 2].decode("ascii", "replace") for at in (26, 28, 30)]
    return next((_DECLARED[code] for code in sets if code in _DECLARED), "")


def decoded(data: bytes, forced: str = "", usual: str = "") -> tuple[str, str]:
    """Plain text and its encoding: UTF-8, the code page it looks like, or that of its neighbours.

    Raises Rejected where none fits.
    """
    if not forced:
        if data.isascii():
            return data.decode(), "ascii"
        if _is_utf8(data):
            return data.decode(), "utf-8"
        forced = guess(data) or usual
    if not forced:
        raise Rejected(Reason.BAD_ENCODING)
    return _decode(data, forced, Reason.BAD_ENCODING), forced


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def guess(data: bytes) -> str:
    """The Cyrillic or Georgian code page in which the text reads best, or nothing."""
    data = _CODES.sub(b" ", data)
    size = len(data.translate(None, _ASCII))
    best, found = _LIKELY, ""
    for name in (*_CYRILLIC, *_GEORGIAN):
        likely = _likelihood(_loose(data, name), size)
        if likely > best:
            best, found = likely, name
    return found


def _likelihood(text: str, size: int) -> float:
    """How likely a letter of this text is, on average, as a logarithm; ``size`` letters and signs are not ASCII.

    Only words of two letters and more say something, and their capitals must stand where capitals do.
    """
    words = _WORDS.findall(text)
    size -= sum(map(text.count, _SIGNS)) + sum(len(word) == 1 for word in words)
    shaped = "".join(word for word in words if len(word) > 1 and _has_shape(word))
    if not shaped:
        return _NEVER
    likely = sum(_OFTEN.get(letter, _NEVER) for letter in shaped.lower())
    return (likely + _NEVER * (size - len(shaped))) / size


def _has_shape(word: str) -> bool:
    return word[0] >= "ა" or word[1:].islower() or word.isupper()


def _converted(fields: Fields, name: str, reason: Reason) -> Fields:
    return [(tag, _field(tag, field, name, reason)) for tag, field in fields]


def _field(tag: str, field: bytes, name: str, reason: Reason) -> bytes:
    if field.isascii() and b"\x1b" not in field:
        return field
    if tag < "010":
        if name == "marc-8":
            raise Rejected(reason)
        return _decode(field, name, reason).encode()
    head, *parts = field.split(b"\x1f")
    if name == "marc-8" and (not head.isascii() or _NOT_MARC8.search(field)):
        raise Rejected(reason)
    if not all(part[:1].isascii() for part in parts):
        raise Rejected(Reason.BAD_SUBFIELD)
    # IRBIS keeps a value before the first subfield.
    head_text = _decode(head, name, reason).encode()
    return b"\x1f".join([head_text] + [part[:1] + _decode(part[1:], name, reason).encode() for part in parts])


def _decode(data: bytes, name: str, reason: Reason) -> str:
    if data.isascii() and b"\x1b" not in data:
        return data.decode()
    try:
        return _DECODERS[name](data)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise Rejected(reason) from error


def _marc8(value: bytes) -> str:
    # The converter reports what it cannot convert on stderr and puts a blank in its place.
    complaints = io.StringIO()
    with contextlib.redirect_stderr(complaints):
        text: str = marc8_to_unicode(value)
    # The blank is in every set, though not in its tables.
    if any(" 0x20 " not in complaint for complaint in complaints.getvalue().splitlines()):
        raise ValueError("not MARC-8")
    return text


def _iso_5426(data: bytes) -> str:
    text, marks = [], ""
    for byte in data:
        if byte in _ISO_5426_MARKS:
            marks += _ISO_5426_MARKS[byte]
            continue
        text.append((chr(byte) if byte < 0x80 else _ISO_5426_SIGNS[byte]) + marks)
        marks = ""
    if marks:
        raise ValueError("a mark without its letter")
    return unicodedata.normalize("NFC", "".join(text))


def _by_table(first: int, letters: str, other: str = "latin-1") -> Callable[[bytes], str]:
    table = {first + at: letter for at, letter in enumerate(letters) if letter != "\x00"}

    def decode(data: bytes) -> str:
        return "".join(
            chr(byte) if byte < 0x80 else table[byte] if byte in table else bytes((byte,)).decode(other)
            for byte in data
        )

    return decode


def _by_codec(codec: str) -> Callable[[bytes], str]:
    return lambda data: data.decode(codec)


def _loose(data: bytes, name: str) -> str:
    if name in _CODECS:
        return data.decode(_CODECS[name], "replace")
    return _DECODERS[name](data)


_ASCII = bytes(range(0x80))
_CODECS = {
    "utf-8": "utf-8", "windows-1251": "cp1251", "cp866": "cp866", "koi8-r": "koi8-r", "latin-1": "latin-1",
    "windows-1252": "cp1252", "windows-1254": "cp1254",
}  # fmt: skip
_DECODERS: dict[str, Callable[[bytes], str]] = {
    "marc-8": _marc8,
    "iso-5426": _iso_5426,
    "iso-5427": _by_table(0xC0, _ISO_5427, "ascii"),
    "iso-5427-ext": _by_table(0xC0, _ISO_5427_EXT, "ascii"),
    "iso-10586": _by_table(0xCD, _ISO_10586, "ascii"),
    "georgian-academy": _by_table(0xC0, _GEORGIAN_LETTERS["georgian-academy"]),
    "georgian-ps": _by_table(0xC0, _GEORGIAN_LETTERS["georgian-ps"]),
    **{name: _by_codec(codec) for name, codec in _CODECS.items()},
}
ENCODINGS = tuple(_DECODERS)
