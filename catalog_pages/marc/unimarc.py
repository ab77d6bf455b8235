"""From a record in UNIMARC, RUSMARC or IRBIS to the columns of a Record.

IRBIS took its fields from UNIMARC and went its own way in some: the tables say where. Its subfield codes
mean the same in capitals, and a value without any is kept under "*".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from catalog_pages.marc import audiences, scripts
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.iso2709 import Marc, Subfields
from catalog_pages.marc.mapping import DASH, clean, isbn_of, issn_of, unique

_LENGTH = 255
_CLASS_LENGTH = 100
NAMES = ("700", "710", "720", "701", "711", "721", "702", "712", "722", "730")
IRBIS_NAMES = (*NAMES, "961", "971", "981")
_NOTES = tuple(f"{tag}" for tag in (*range(300, 327), 328, 330, 332, 333, 334, 336, 337, 345))
_IRBIS_NOTES = ("300", "314", "316", "320", "331")
SUBJECTS = ("600", "601", "602", "604", "605", "606", "607", "608")
_CLASSES = {
    "unimarc": (("676", "ddc"), ("675", "udc"), ("686", "")),
    "irbis": (("621", "bbk"), ("675", "udc"), ("676", "ddc"), ("686", "")),
}
_SUBDIVISIONS = {"unimarc": "jxyz", "irbis": "bcdegho"}
_VARIANTS = ("500", "503", "510", "512", "513", "514", "515", "516", "517", "518", "540", "541", "545")
_TYPES = {
    "a": "book", "b": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map", "g": "video", "i": "audio",
    "j": "audio", "k": "picture", "l": "electronic", "m": "electronic", "r": "object",
}  # fmt: skip
ARTICLES = frozenset(("ASP", "PRF", "STATYA"))
PERIODICALS = frozenset(("J", "NJ", "NJP", "NJK", "OJK", "JINPUT"))
_LANGUAGE = re.compile(r"[a-z]{3}")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_NO_LANGUAGE = frozenset(("und", "zxx", "mul"))


def record_fields(marc: Marc) -> dict[str, Any]:
    """Field values for a Record; raises Rejected for authority records and where there is no title.

    What stands there in another script once more is another name or title.
    """
    if marc.format == "unimarc" and scripts.is_in_scripts(marc):
        once, _other, alone = scripts.in_one_script(marc)
        columns = _columns(once)
        titles = [_plain(parts, "*ahi") for parts in fields_of(alone, "200", *_VARIANTS)]
        columns["variant_titles"] = [
            text for text in unique([*columns["variant_titles"], *titles]) if text != columns["title"]
        ]
        columns["variant_authors"] = unique(name_of(parts) for parts in fields_of(alone, *NAMES))
        return columns
    return _columns(marc)


def _columns(marc: Marc) -> dict[str, Any]:
    irbis = marc.format == "irbis"
    if marc.leader[6] in "xyzw" and not irbis and "200" not in marc.fields:
        raise Rejected(Reason.NOT_BIBLIOGRAPHIC)
    title, subtitle, statement, parallel = _title(marc)
    imprint = next(fields_of(marc, "210", "214", "219"), [])
    year_text = _first(imprint, "dh")
    languages = unique(code for code in _languages(marc) if _LANGUAGE.fullmatch(code))
    languages = [code for code in languages if code not in _NO_LANGUAGE]
    scheme, number = _class(marc)
    return {
        "title": title,
        "subtitle": subtitle,
        "statement": statement,
        "uniform_title": _plain(next(fields_of(marc, "500"), []), "*ahi")[:_LENGTH],
        "variant_titles": [text for text in unique([*parallel, *_variants(marc)]) if text != title],
        "authors": unique(name_of(parts) for parts in fields_of(marc, *(IRBIS_NAMES if irbis else NAMES))),
        "variant_authors": [],
        "language": languages[0] if languages else "",
        "languages": languages,
        "material": _material(marc),
        "year": _year(marc, year_text),
        "year_text": year_text[:_LENGTH],
        "edition": _plain(next(fields_of(marc, "205"), []), "*abf")[:_LENGTH],
        "place": _unbracketed(_first(imprint, "a"))[:_LENGTH],
        "publisher": _unbracketed(_first(imprint, "c"))[:_LENGTH],
        "extent": "; ".join(_joined(parts, "*acde", " ") for parts in fields_of(marc, "215"))[:_LENGTH],
        "series": "; ".join(unique([*_host_series(marc), *_series(marc)])),
        "isbns": unique(isbn_of(value) for value in _values(marc, "010", "*a")),
        "issns": unique(issn_of(value) for value in _values(marc, "011", "*a")),
        "class_scheme": scheme,
        "class_number": number[:_CLASS_LENGTH],
        "subjects": unique(_subjects(marc)),
        "notes": unique([*_host_notes(marc), *_notes(marc)]),
        "contents": "\n".join(_contents(marc)),
        "links": _links(marc),
        "age_group": _age_group(marc),
        "host_part": _host_part(marc)[:_LENGTH],
    }


def fields_of(marc: Marc, *tags: str) -> Iterator[Subfields]:
    """Subfields of every field with one of these tags, in the order of the tags."""
    irbis = marc.format == "irbis"
    for _indicators, parts in marc.subfields(*tags):
        yield [(code.lower(), value) for code, value in parts] if irbis else parts


def _title(marc: Marc) -> tuple[str, str, str, list[str]]:
    """Title, subtitle, responsibility, parallel titles; a volume without a title has that of the whole."""
    for parts in fields_of(marc, "200"):
        title = _plain(parts, "*ahi")
        number = _first(parts, "v")
        if not _first(parts, "*a"):
            whole = next((_host_title(host) for host in fields_of(marc, "461")), "")
            title = ". ".join(text for text in (whole, number, title) if text)
        elif number and marc.format != "irbis":
            title = f"{title}. {number}"
        if title:
            parallel = [clean(value) for code, value in parts if code == "d"]
            return title, _joined(parts, "e", " : "), _joined(parts, "fg", " ; "), parallel
    whole = next((_host_title(host) for host in fields_of(marc, "461")), "")
    if whole and _material(marc) == "book":
        return whole, "", "", []
    if marc.format == "irbis" and "933" in marc.fields:
        raise Rejected(Reason.ISSUE)
    raise Rejected(Reason.NO_TITLE)


def _variants(marc: Marc) -> Iterator[str]:
    for parts in fields_of(marc, *_VARIANTS):
        yield _plain(parts, "*ahi")
    if marc.format == "irbis":
        yield from (_plain(parts, "a") for parts in fields_of(marc, "517", "510"))


def name_of(parts: Subfields) -> str:
    """A heading: surname, full forenames before initials, numeral, additions, dates."""
    values: dict[str, str] = {}
    for code, value in parts:
        if value.strip():
            values.setdefault(code, clean(value))
    main = values.get("a") or values.get("*", "")
    rest = values.get("g") or values.get("b", "")
    # Of bodies $b is a part of the body; both come after a comma in the file of names.
    words = [f"{main}, {rest}" if main and rest else main or rest]
    words += [values[code] for code in "d" if code in values]
    words += [f", {values[code]}" for code in "cf" if code in values]
    return clean(" ".join(words).replace(" ,", ","))


def _languages(marc: Marc) -> Iterator[str]:
    for parts in fields_of(marc, "101"):
        yield from (value.strip().lower() for code, value in parts if code in "*a")


def _material(marc: Marc) -> str:
    kind, level = marc.leader[6], marc.leader[7]
    if marc.format == "irbis":
        worksheet = next(_values(marc, "920", "*a"), "").upper()
        if worksheet in PERIODICALS:
            return "periodical"
        if worksheet in ARTICLES:
            return "article"
        said = next(fields_of(marc, "900"), [])
        kind = (_first(said, "t") or "a")[0].lower()
        return _TYPES.get(kind, "book")
    if kind == "a":
        return "periodical" if level in "is" else "article" if level in "ab" else "book"
    return _TYPES.get(kind, "book")


def _year(marc: Marc, printed: str) -> int | None:
    latest = date.today().year + 2
    coded = next(_values(marc, "100", "a"), "")[9:13] if marc.format == "unimarc" else ""
    hosts = (_first(parts, "jd") for parts in fields_of(marc, "463", "461"))
    for text in (coded, printed, *hosts):
        for found in _YEAR.findall(text):
            if int(found) <= latest:
                return int(found)
    return None


def _age_group(marc: Marc) -> str:
    """For whom the work is meant, by the codes in 100 (UNIMARC), else by the words of a note (333)."""
    codes = next(_values(marc, "100", "a"), "")[17:20] if marc.format == "unimarc" else ""
    coded = [audiences.UNIMARC.get(code, "") for code in codes]
    return audiences.chosen([*coded, *map(audiences.group_of_note, _values(marc, "333", "*a"))])


def _host_part(marc: Marc) -> str:
    """Year, number and pages of an article in what it stands in (463)."""
    for parts in fields_of(marc, "463"):
        details = (
            _first(parts, "j") or _first(parts, "d"),
            _first(parts, "h"),
            _first(parts, "v"),
            _first(parts, "s"),
        )
        if text := ", ".join(detail for detail in details if detail):
            return text
    return ""


def _class(marc: Marc) -> tuple[str, str]:
    for tag, scheme in _CLASSES[marc.format]:
        for parts in fields_of(marc, tag):
            number = _first(parts, "*a")
            named = _first(parts, "2").lower()
            if number and (scheme or "bbk" in named):
                return scheme or "bbk", number
    return "", ""


def _series(marc: Marc) -> Iterator[str]:
    for parts in fields_of(marc, "225"):
        title = _plain(parts, "*aehi")
        yield " ; ".join(text for text in (title, _first(parts, "v")) if text)


def _host_series(marc: Marc) -> Iterator[str]:
    """The whole of which this is a volume."""
    volume = next((_first(parts, "v") for parts in fields_of(marc, "200")), "")
    for parts in fields_of(marc, "461"):
        if _material(marc) != "article":
            yield " ; ".join(text for text in (_host_title(parts), volume or _first(parts, "v")) if text)


def _host_notes(marc: Marc) -> Iterator[str]:
    """Where an article stands, as bibliographies write it: // title. — year. — number. — pages."""
    if _material(marc) != "article":
        return
    for parts in fields_of(marc, "463", "461", "464"):
        details = [
            _first(parts, "j") or _first(parts, "d"),
            _first(parts, "h"),
            _first(parts, "v"),
            _first(parts, "s"),
        ]
        if _host_title(parts):
            yield "// " + ". — ".join(text for text in (_host_title(parts), *details) if text)


def _host_title(parts: Subfields) -> str:
    """Title in a linking field: $t or, in IRBIS, $c; or 200 $a of the record embedded after $1."""
    embedded = ""
    for code, value in parts:
        if code == "1":
            embedded = value[:3]
        elif code == "t" or (code == "a" and embedded == "200"):
            return clean(value)
    return "" if embedded else _first(parts, "c")


def _subjects(marc: Marc) -> Iterator[str]:
    yield from (DASH.join(subject_parts(marc, parts)) for parts in fields_of(marc, *SUBJECTS))
    yield from keywords(marc)


def subject_parts(marc: Marc, parts: Subfields) -> list[str]:
    """A subject heading and its subdivisions."""
    divisions = _SUBDIVISIONS[marc.format]
    names = [part for part in parts if part[0] not in divisions or part[0] == "b" and len(parts) < 2]
    head = name_of(names) if marc.format == "unimarc" else clean(_first(parts, "*a"))
    return [text for text in (head, *(clean(v) for code, v in parts if code in divisions)) if text]


def keywords(marc: Marc) -> Iterator[str]:
    """Uncontrolled terms."""
    return (clean(value) for value in _values(marc, "610", "*a"))


def _notes(marc: Marc) -> Iterator[str]:
    for parts in fields_of(marc, *(_IRBIS_NOTES if marc.format == "irbis" else _NOTES)):
        yield _plain(parts, "*abc")


def _contents(marc: Marc) -> Iterator[str]:
    if marc.format == "irbis":
        for parts in fields_of(marc, "330", "922"):
            yield " / ".join(text for text in (_first(parts, "c"), _first(parts, "f")) if text)
    else:
        yield from (clean(value) for value in _values(marc, "327", "a"))


def _links(marc: Marc) -> list[dict[str, str]]:
    links = []
    for parts in fields_of(marc, "856", "951"):
        for code, value in parts:
            if code in "ui" and value.strip().lower().startswith(("http://", "https://", "ftp://")):
                text = _first(parts, "t") or _first(parts, "z") or _first(parts, "2")
                links.append({"url": value.strip(), "text": text})
    return links


def _values(marc: Marc, tag: str, codes: str) -> Iterator[str]:
    for parts in fields_of(marc, tag):
        yield from (value for code, value in parts if code in codes and value.strip())


def _first(parts: Iterable[tuple[str, str]], codes: str) -> str:
    return next((text for code, value in parts if code in codes and (text := clean(value))), "")


def _plain(parts: Subfields, codes: str) -> str:
    return clean(_joined(parts, codes, ". ").replace(".. ", ". "))


def _joined(parts: Subfields, codes: str, mark: str) -> str:
    return mark.join(text for code, value in parts if code in codes and (text := clean(value)))


def _unbracketed(text: str) -> str:
    return text[1:].rstrip("]").strip() if text.startswith("[") else text
