"""From a MARC21 record to the columns of a Record: what pages and search need, without ISBD punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from catalog_pages.marc import audiences
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.iso2709 import Marc, Subfields

VERSION = b"2"  # Changing it makes the next import of the same file read every record anew.

_HEADING_LENGTH = 255
_CLASS_LENGTH = 100
NAME_TAGS = ("100", "110", "111", "700", "710", "711")
SUBJECT_TAGS = ("600", "610", "611", "630", "648", "650", "651", "653", "655")
NOTE_TAGS = ("500", "501", "502", "504", "508", "511", "520", "521", "533", "538", "545", "546", "586")
IMPRINT_TAGS = ("264", "260")
DASH = " — "  # before a subdivision
_TYPES = {
    "a": "book", "c": "score", "d": "score", "e": "map", "f": "map", "g": "video", "i": "audio", "j": "audio",
    "k": "picture", "m": "electronic", "o": "object", "p": "manuscript", "r": "object", "t": "manuscript",
}  # fmt: skip
_ONLINE_FORMS = frozenset("oqs")
# Where 008 keeps the form of the item.
_FORM_AT = {"e": 29, "f": 29, "g": 29, "k": 29, "o": 29, "r": 29}
_NO_LANGUAGE = frozenset(("und", "zxx", "mul"))
_ABBREVIATIONS = frozenset(
    ("jr", "sr", "etc", "inc", "ltd", "co", "corp", "bros", "ed", "dept", "др", "изд", "вып", "ред", "сост")
)  # fmt: skip

_LANGUAGE = re.compile(r"[a-z]{3}")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_ISBN = re.compile(r"[0-9][0-9\- ]{8,15}[0-9Xx]|[0-9]{9}[0-9Xx]")
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_BRACKETED = re.compile(r"^\[([^\[\]]*)\]?$")


def record_fields(marc: Marc) -> dict[str, Any]:
    """Field values for a Record from a MARC21 record.

    Raises Rejected for authority and holdings records, and where there is no title. Sort keys are not among
    the fields: see ``nonfiling_title``.
    """
    kind = marc.leader[6]
    if kind in "zuvxyq" and "245" not in marc.fields:
        raise Rejected(Reason.NOT_BIBLIOGRAPHIC)
    title, subtitle, statement = _title(marc)
    fixed = marc.control("008")
    languages = _languages(marc, fixed)
    place, publisher, year_text = _imprint(marc)
    scheme, number = _class(marc)
    return {
        "title": title,
        "subtitle": subtitle,
        "statement": statement,
        "variant_titles": _variant_titles(marc, title),
        "uniform_title": _first(marc, "anp", "240", "130")[:_HEADING_LENGTH],
        "authors": unique(name_of(parts) for _, parts in marc.subfields(*NAME_TAGS)),
        "variant_authors": unique(name_of(parts) for parts in _linked(marc, NAME_TAGS)),
        "language": languages[0] if languages else "",
        "languages": languages,
        "material": _material(marc.leader, fixed),
        "year": _year(fixed, year_text),
        "year_text": year_text[:_HEADING_LENGTH],
        "edition": _first(marc, "a", "250")[:_HEADING_LENGTH],
        "place": place[:_HEADING_LENGTH],
        "publisher": publisher[:_HEADING_LENGTH],
        "extent": _joined(marc, "abce", "300")[:_HEADING_LENGTH],
        "series": _series(marc),
        "isbns": unique(_isbns(marc)),
        "issns": unique(_issns(marc)),
        "class_scheme": scheme,
        "class_number": number[:_CLASS_LENGTH],
        "subjects": unique(DASH.join(subject_parts(parts)) for _, parts in marc.subfields(*SUBJECT_TAGS)),
        "notes": unique(plain(parts, "abc") for _, parts in marc.subfields(*NOTE_TAGS)),
        "contents": "\n".join(plain(parts, "agrt") for _, parts in marc.subfields("505")),
        "links": _links(marc),
        "age_group": _age_group(marc, fixed),
        "host_part": _host_part(marc)[:_HEADING_LENGTH],
    }


def control_number(marc: Marc, checksum: str) -> str:
    """001, or a number derived from the content where the record has none."""
    return marc.control("001").strip()[:_CLASS_LENGTH] or f"sha256-{checksum[:32]}"


def nonfiling_title(marc: Marc, title: str) -> str:
    """The title as it files: without the article that the second indicator of 245 counts."""
    for indicators, _parts in marc.subfields("245"):
        skip = indicators[1:2]
        return title[int(skip) :] or title if skip.isascii() and skip.isdigit() else title
    return title


def clean(text: str) -> str:
    """Text without the ISBD punctuation at its ends; the point of an initial or abbreviation stays.

    >>> clean("War and peace /"), clean("Tolstoy, L. N.,"), clean("History.")
    ('War and peace', 'Tolstoy, L. N.', 'History')
    """
    text = text.strip().rstrip(" /:;,=")
    if text[-1:] == "." and text[-3:] != "...":
        words = text[:-1].replace(".", " ").rsplit(None, 1)
        if words and len(words[-1]) > 2 and words[-1].lower() not in _ABBREVIATIONS:
            return text[:-1].rstrip(" /:;,=")
    return text


def _title(marc: Marc) -> tuple[str, str, str]:
    for _, parts in marc.subfields("245"):
        title = clean(" ".join(value.strip() for code, value in parts if code in "anp"))
        if not title:
            title = clean(" ".join(value.strip() for code, value in parts if code in "bkfgs"))
            parts = [part for part in parts if part[0] == "c"]
        if title:
            return title, plain(parts, "b"), plain(parts, "c")
    raise Rejected(Reason.NO_TITLE)


def _variant_titles(marc: Marc, title: str) -> list[str]:
    """Uniform and varying titles, and the title in its own script where 245 is romanised."""
    found = [plain(parts, "abnp") for _, parts in marc.subfields("130", "240", "246", "740")]
    found += [plain(parts, "abnp") for parts in _linked(marc, ("245", "246"))]
    return [variant for variant in unique(found) if variant != title]


def _linked(marc: Marc, tags: tuple[str, ...]) -> Iterable[Subfields]:
    """The fields 880 that give a field with one of these tags in its own script."""
    for _, parts in marc.subfields("880"):
        if parts and parts[0][0] == "6" and parts[0][1][:3] in tags:
            yield parts


def name_of(parts: Subfields) -> str:
    """A heading of a person, body or meeting: name, numeration, titles, dates."""
    words = []
    for code, value in parts:
        if code == "t":
            break
        if code in "abcdn" and value.strip():
            words.append(value.strip())
    return clean(" ".join(words))


def subject_parts(parts: Subfields) -> list[str]:
    """A subject heading and its subdivisions; they are shown with dashes between them."""
    head = " ".join([value.strip() for code, value in parts if code in "abcdnpt"])
    heads = [clean(head), *(clean(value) for code, value in parts if code in "vxyz")]
    return [part for part in heads if part]


def _languages(marc: Marc, fixed: str) -> list[str]:
    """ISO 639-2/B codes: 008 first, then 041, where several codes may be written without a space."""
    codes = [fixed[35:38]]
    for _, parts in marc.subfields("041"):
        for code, value in parts:
            if code in "ad":
                value = value.strip()
                codes.extend(value[i : i + 3] for i in range(0, len(value) if len(value) % 3 == 0 else 3, 3))
    return [code for code in unique(codes) if _LANGUAGE.fullmatch(code) and code not in _NO_LANGUAGE]


def _material(leader: str, fixed: str) -> str:
    kind, level = leader[6], leader[7]
    material = _TYPES.get(kind, "book")
    at = _FORM_AT.get(kind, 23)
    if material in ("book", "map", "score", "picture") and fixed[at : at + 1] in _ONLINE_FORMS and fixed[at:]:
        return "electronic"
    if kind == "a":
        return "periodical" if level in "is" else "article" if level in "ab" else "book"
    return material


def _imprint(marc: Marc) -> tuple[str, str, str]:
    """Place, publisher and date: of publication where 264 says which, else of the first imprint."""
    imprints = list(marc.subfields(*IMPRINT_TAGS))
    imprints.sort(key=lambda imprint: imprint[0][1:2] not in (" ", "1", ""))
    for _, parts in imprints:
        place, publisher, printed = (_of(parts, code) for code in "abc")
        if place or publisher or printed:
            return unbracketed(place), unbracketed(publisher), printed
    return "", "", ""


def _year(fixed: str, printed: str) -> int | None:
    latest = date.today().year + 2
    coded = fixed[7:11]
    if coded.isascii() and coded.isdigit() and 100 <= int(coded) <= latest:
        return int(coded)
    for found in _YEAR.findall(printed):
        if int(found) <= latest:
            return int(found)
    return None


def _age_group(marc: Marc, fixed: str) -> str:
    """The age group by 008, or by notes on the audience (521); "children" only where neither is more exact."""
    kind, level = marc.leader[6], marc.leader[7]
    has_place = kind in audiences.MARC21_AT and not (kind == "a" and level in "is")
    coded = audiences.MARC21.get(fixed[22:23], "") if has_place else ""
    # Grades of schools and levels of reading are no ages.
    notes = (
        _of(parts, "a") for indicators, parts in marc.subfields("521") if indicators[:1] in (" ", "1", "8")
    )
    return audiences.chosen([coded, *map(audiences.group_of_note, notes)])


def _host_part(marc: Marc) -> str:
    """Volume, issue and pages of an article in what it stands in (773)."""
    return next((text for _, parts in marc.subfields("773") if (text := plain(parts, "g"))), "")


def _class(marc: Marc) -> tuple[str, str]:
    for tag, scheme in (("082", "ddc"), ("080", "udc"), ("084", "")):
        for _, parts in marc.subfields(tag):
            number = _of(parts, "a").replace("/", "").strip()
            named = _of(parts, "2").lower()
            if number and (scheme or "bbk" in named):
                return scheme or "bbk", number
    return "", ""


def _series(marc: Marc) -> str:
    fields = list(marc.subfields("490", "440")) or list(marc.subfields("830", "800", "810", "811"))
    return "; ".join(unique(plain(parts, "anptv") for _, parts in fields))


def isbn_of(text: str) -> str:
    """The ISBN at the beginning of a text, without hyphens, or nothing."""
    found = _ISBN.match(text.strip())
    number = re.sub(r"[\- ]", "", found.group()).upper() if found else ""
    return number if len(number) in (10, 13) else ""


def issn_of(text: str) -> str:
    """The ISSN at the beginning of a text, with its hyphen, or nothing."""
    found = _ISSN.match(text.strip())
    number = found.group().replace("-", "").upper() if found else ""
    return f"{number[:4]}-{number[4:]}" if number else ""


def _isbns(marc: Marc) -> Iterable[str]:
    for _, parts in marc.subfields("020"):
        yield from (isbn_of(value) for code, value in parts if code == "a")


def _issns(marc: Marc) -> Iterable[str]:
    return (issn_of(_of(parts, "a")) for _, parts in marc.subfields("022"))


def _links(marc: Marc) -> list[dict[str, str]]:
    links = []
    for indicators, parts in marc.subfields("856"):
        # As it stands: the slash at the end of an address is no punctuation.
        url = next((value.strip() for code, value in parts if code == "u"), "")
        if url.lower().startswith(("http://", "https://", "ftp://")):
            link = {"url": url, "text": _of(parts, "y") or _of(parts, "3") or _of(parts, "z")}
            # A table of contents or a publisher's blurb is not the work itself.
            links.append(link | {"relation": "related"} if indicators[1:2] == "2" else link)
    return links


def _of(parts: Subfields, wanted: str) -> str:
    for code, value in parts:
        if code == wanted:
            return clean(value)
    return ""


def _first(marc: Marc, codes: str, *tags: str) -> str:
    return next((text for _, parts in marc.subfields(*tags) if (text := plain(parts, codes))), "")


def plain(parts: Subfields, codes: str) -> str:
    return clean(" ".join([value.strip() for code, value in parts if code in codes]))


def _joined(marc: Marc, codes: str, tag: str) -> str:
    return "; ".join(text for _, parts in marc.subfields(tag) if (text := plain(parts, codes)))


def unbracketed(text: str) -> str:
    found = _BRACKETED.match(text)
    return found.group(1).strip() if found else text


def unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
