"""What UNIMARC and RUSMARC keep in codes; see ``catalog_pages.cataloguing.layout.Codes``."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.marc import audiences
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import clean
from catalog_pages.marc.unimarc import record_fields
from catalog_pages.models import Record

CLASS_TAGS = {"ddc": "676", "udc": "675", "bbk": "686"}
_BBK = "rubbk"
_AUDIENCE_CODES = {group: code for code, group in audiences.UNIMARC.items()}
UNIMARC_TYPES = {
    "book": "am", "periodical": "as", "article": "aa", "map": "em", "score": "cm", "audio": "im", "video": "gm",
    "picture": "km", "electronic": "lm", "manuscript": "bm", "object": "rm",
}  # fmt: skip
_HOST = "463"
_GENERAL_LENGTH = 36


def columns_of(marc: EditableMarc, rules: str) -> dict[str, Any]:
    """The columns of a record in UNIMARC or what follows it ("irbis"), also without a title. Raises Rejected."""
    title = marc.first("200")
    if title is None or not clean(title.first("a")):
        marc = EditableMarc(marc.leader, [(one.tag, one.raw) for one in marc.fields if one.tag != "200"])
        marc.add("200", "  " if rules == "irbis" else "1 ", [("a", "-")])
    parsed = parse(marc.iso2709(), encoding="utf-8")
    parsed.format = rules
    return record_fields(parsed)


class UnimarcCodes:
    """The codes of 100, 101, 675, 676, 686 and the host of 463."""

    def columns(self, marc: EditableMarc) -> dict[str, Any]:
        """The columns of a record by the rules of the import, also of one without a title. Raises Rejected."""
        return columns_of(marc, "unimarc")

    def set_material(self, marc: EditableMarc, material: str) -> None:
        """Write the kind of material into the leader."""
        marc.set_leader(6, UNIMARC_TYPES[material])

    def set_languages(self, marc: EditableMarc, languages: list[str]) -> None:
        """Write the languages of the text into 101."""
        field = marc.first("101")
        if field is None:
            marc.add("101", "0 ", [("a", code) for code in languages])
            return
        parts = [*(("a", code) for code in languages), *(part for part in field.raw_parts if part[0] != "a")]
        if parts:
            field.write(parts)
        else:
            marc.remove(field)

    def set_year(self, marc: EditableMarc, year: int | None) -> None:
        """Write the year into 100; the kind of date stays where it says more than that there is none."""
        kind = _general(marc)[8:9]
        if year is None:
            _set_general(marc, 8, "u    ")
        else:
            _set_general(marc, 8, f"{'d' if kind in ' u' else kind}{year:04d}")

    def set_cataloguing(self, marc: EditableMarc, language: str, script: str) -> None:
        """Write the language of cataloguing and the script of the title into 100."""
        _set_general(marc, 22, language)
        _set_general(marc, 34, script)

    def set_age_group(self, marc: EditableMarc, group: str) -> None:
        """Write the age group into 100."""
        _set_general(marc, 17, f"{_AUDIENCE_CODES.get(group, 'u')}  ")

    def set_class(self, marc: EditableMarc, before: tuple[str, str], scheme: str, number: str) -> None:
        """Write the class number the record stands under; numbers of other schemes stay."""
        shown = _class_field(marc, *before)
        if shown and before[0] == scheme and number:
            shown.write([("a", number), *(part for part in shown.raw_parts if part[0] != "a")])
            return
        if shown:
            marc.remove(shown)
        if scheme and number:
            tag = CLASS_TAGS[scheme]
            field = marc.add(tag, "  ", [("a", number), ("2", _BBK if scheme == "bbk" else "")])
            marc.put_first(field)

    def set_host(self, marc: EditableMarc, host: Record | None, part: str) -> None:
        """Write what an article stands in into 463, in its plain subfields; an embedded record stays as it is."""
        if self.has_fixed_host(marc):
            return
        field = marc.first(_HOST)
        if field is None:
            if not host and not part:
                return
            field = marc.add(_HOST, " 0", [("v", part or "-")])
        gone = "txv0jdhs" if host else "vjdhs"
        rest = [entry for entry in field.raw_parts if entry[0] not in gone]
        told = []
        if host:
            issn = host.issns[0] if host.issns else ""
            told = [("t", host.title), ("x", issn), ("0", host.control_number)]
        field.write([*told, *rest, ("v", part)])
        if field.is_empty:
            marc.remove(field)

    def has_fixed_host(self, marc: EditableMarc) -> bool:
        """Whether the host is a whole record embedded after $1, which the form cannot take apart."""
        return any(code == "1" for field in marc.having(_HOST) for code, _value in field.parts)

    def set_title_indicators(self, marc: EditableMarc, title: str, before: str, language: str) -> None:
        """200 says nothing of authors and articles."""


def _general(marc: EditableMarc) -> str:
    field = marc.first("100")
    made = f"{timezone.localdate():%Y%m%d}u        u  y0azey50      ca"
    return (field.first("a") if field else made).ljust(_GENERAL_LENGTH)


def _set_general(marc: EditableMarc, at: int, value: str) -> None:
    text = _general(marc)
    text = text[:at] + value + text[at + len(value) :]
    field = marc.first("100")
    if field is None:
        marc.add("100", "  ", [("a", text)])
    else:
        field.write([("a", text), *(part for part in field.raw_parts if part[0] != "a")])


def _class_field(marc: EditableMarc, scheme: str, number: str) -> MarcField | None:
    if scheme not in CLASS_TAGS:
        return None
    fields = marc.having(CLASS_TAGS[scheme])
    return next((field for field in fields if clean(field.first("a"))[:100] == number), None)
