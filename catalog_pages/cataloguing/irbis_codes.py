"""What IRBIS keeps in codes; see ``catalog_pages.cataloguing.layout.Codes``.

Fields stand here as ``irbis_fields.as_read`` gives them: small letters, a value without a subfield in $a.
"""

from __future__ import annotations

import re
from typing import Any

from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.cataloguing.unimarc_codes import UNIMARC_TYPES, columns_of
from catalog_pages.marc.audiences import group_of_note
from catalog_pages.marc.mapping import clean
from catalog_pages.marc.unimarc import ARTICLES, PERIODICALS
from catalog_pages.models import Record

CLASS_TAGS = {"udc": "675", "bbk": "621", "ddc": "676"}
_WORKSHEETS = {"periodical": "J", "article": "ASP"}
_BOOK = "PAZK"
_HOST = "463"
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_PAGES = re.compile(r"\D{1,5}\d+(?:\s*[-–—]\s*\d+)?")


class IrbisCodes:
    """Worksheet and kind (920, 900), languages (101), year (210), readers (333), classes (621, 675), host (463)."""

    def columns(self, marc: EditableMarc) -> dict[str, Any]:
        """The columns of a record by the rules of the import, also of one without a title. Raises Rejected."""
        return columns_of(marc, "irbis")

    def set_material(self, marc: EditableMarc, material: str) -> None:
        """Write the worksheet, where it says more than a book, and the kind of document."""
        field = marc.first("920")
        sheet = field.first("a").strip().upper() if field else ""
        wanted = _WORKSHEETS.get(material, _BOOK if sheet in ARTICLES | PERIODICALS or not sheet else sheet)
        if wanted != sheet:
            _write(marc, "920", "a", wanted)
        _write(marc, "900", "t", UNIMARC_TYPES[material][0])

    def set_languages(self, marc: EditableMarc, languages: list[str]) -> None:
        """Write the languages, a field for each; what is no language of the text (^b, ^c) stays."""
        for field in list(marc.having("101")):
            rest = [part for part in field.raw_parts if part[0] != "a"]
            if rest:
                field.write(rest)
            else:
                marc.remove(field)
        for field in reversed([marc.add("101", "  ", [("a", code)]) for code in languages]):
            marc.put_first(field)

    def set_year(self, marc: EditableMarc, year: int | None) -> None:
        """Write the year where it is read from: the date of publication; of an article, that of its issue."""
        for tag, code in (("210", "d"), (_HOST, "j")):
            field = next((one for one in marc.having(tag) if _YEAR.search(one.first(code))), None)
            if field:
                text = _YEAR.sub(str(year) if year else "", field.first(code), count=1)
                _write_in(marc, field, code, text.strip(" []()"))
                return
        if year is not None:
            is_part = marc.first(_HOST) is not None
            _write(marc, _HOST if is_part else "210", "j" if is_part else "d", str(year))

    def set_age_group(self, marc: EditableMarc, group: str) -> None:
        """Write for whom the work is meant into 333, in place of what was said of an age there."""
        field = next((one for one in marc.having("333") if group_of_note(one.first("a"))), None)
        if field is None:
            if group:
                marc.add("333", "  ", [("a", group)])
        else:
            _write_in(marc, field, "a", group)

    def set_class(self, marc: EditableMarc, before: tuple[str, str], scheme: str, number: str) -> None:
        """Write the class number the record stands under; numbers of other schemes stay."""
        shown = _class_field(marc, *before)
        if shown and before[0] == scheme and number:
            _write_in(marc, shown, "a", number)
            return
        if shown:
            marc.remove(shown)
        if number and (tag := CLASS_TAGS.get(scheme)):
            marc.put_first(marc.add(tag, "  ", [("a", number)]))

    def set_host(self, marc: EditableMarc, host: Record | None, part: str) -> None:
        """Write what an article stands in, and its year, issue and pages."""
        if self.has_fixed_host(marc):
            return
        field = marc.first(_HOST)
        if field is None:
            if not host and not part:
                return
            field = marc.add(_HOST, "  ", [("v", part or "-")])
        gone = "jdhvs" + ("cxw" if host else "")
        rest = [entry for entry in field.raw_parts if entry[0] not in gone]
        told = []
        if host:
            told = [("c", host.title), ("x", next(iter(host.issns), "")), ("w", host.control_number)]
        field.write([*told, *rest, *_details(part)])
        if not any(value for _code, value in field.parts):
            marc.remove(field)

    def has_fixed_host(self, marc: EditableMarc) -> bool:
        """IRBIS embeds no records."""
        return False

    def set_title_indicators(self, marc: EditableMarc, title: str, before: str, language: str) -> None:
        """IRBIS has no indicators."""


def _details(part: str) -> list[tuple[str, str]]:
    """Year, issue and pages out of "2026, № 14, p. 3"; what cannot be told apart is the issue."""
    pieces = [piece.strip() for piece in part.split(", ") if piece.strip()]
    year = pieces.pop(0) if len(pieces) > 1 and _YEAR.fullmatch(pieces[0]) else ""
    pages = pieces.pop() if len(pieces) > 1 and _PAGES.fullmatch(pieces[-1]) else ""
    return [("j", year), ("h", ", ".join(pieces)), ("s", pages)]


def _write(marc: EditableMarc, tag: str, code: str, value: str) -> None:
    field = marc.first(tag)
    if field:
        _write_in(marc, field, code, value)
    elif value:
        marc.add(tag, "  ", [(code, value)])


def _write_in(marc: EditableMarc, field: MarcField, code: str, value: str) -> None:
    """Write the first subfield with this code; a field that holds nothing any more goes."""
    parts = field.raw_parts
    at = next((i for i, (found, old) in enumerate(parts) if found == code and old.strip()), None)
    if at is None:
        parts.append((code, value))
    else:
        parts[at] = (code, value)
    field.write(parts)
    if not any(text for _code, text in field.parts):
        marc.remove(field)


def _class_field(marc: EditableMarc, scheme: str, number: str) -> MarcField | None:
    if scheme == "bbk":
        tags: tuple[str, ...] = ("621", "686")
    else:
        tags = (CLASS_TAGS[scheme],) if scheme in CLASS_TAGS else ()
    return next((one for one in marc.having(*tags) if clean(one.first("a"))[:100] == number), None)
