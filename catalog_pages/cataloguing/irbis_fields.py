"""The form of a record of IRBIS: the fields it took from UNIMARC, and where it went its own way.

IRBIS writes subfield codes in capitals or small letters, which mean the same, and some values without any code. The
form works on a copy with small letters, and such values in $a; what it changes is written back as the record has it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.cataloguing.irbis_codes import IrbisCodes
from catalog_pages.cataloguing.layout import WHOLE, Choice, Group, Rules, Single, WorkingCopy
from catalog_pages.cataloguing.unimarc_fields import DASHES, name_parts
from catalog_pages.cataloguing.unimarc_fields import GROUPS as UNIMARC_GROUPS
from catalog_pages.cataloguing.unimarc_fields import SINGLES as UNIMARC_SINGLES
from catalog_pages.marc.iso2709 import Subfields
from catalog_pages.marc.mapping import clean
from catalog_pages.marc.unimarc import name_of

# What IRBIS has no such place for, or writes in a way that plain words cannot give back: the MARC page has it.
_NOT_HERE = ("scale", "frequency", "published", "accompanying")
# Fields whose value stands without a subfield.
PLAIN = frozenset(("101", "300", "314", "316", "320", "331", "333", "610", "621", "675", "920"))
PLAIN_CODE = "*"
_SUBDIVISIONS = "bcdegho"


def _single(other: Single) -> Single:
    code = "v" if other.name == "part_number" else other.code
    return Single(
        other.name, other.label, tuple(tag for tag in other.tags if tag != "214"), code, other.kinds, "  ", other.help
    )  # fmt: skip


SINGLES = tuple(_single(one) for one in UNIMARC_SINGLES if one.name not in _NOT_HERE)


def _name_text(_tag: str, parts: Subfields) -> str:
    return name_of(parts)


def _subject_text(tag: str, parts: Subfields) -> str:
    if tag == "600":
        return name_of(parts)
    heads = [value for code, value in parts if code == "a"][:1]
    divisions = [value for code, value in parts if code in _SUBDIVISIONS]
    return " — ".join(text for value in (*heads, *divisions) if (text := clean(value)))


def _subject_parts(tag: str, text: str) -> Subfields:
    if tag == "600":
        return name_parts(tag, text)
    if tag == "610":
        return [("a", text)]
    head, *divisions = [part for part in DASHES.split(text) if part.strip()] or [text]
    codes = _SUBDIVISIONS.ljust(len(divisions), _SUBDIVISIONS[-1])
    named = zip(codes, divisions, strict=False)
    return [("a", head.strip()), *((code, division.strip()) for code, division in named)]


_OF_UNIMARC = {group.name: group for group in UNIMARC_GROUPS}


def _like(name: str, codes: str, *choices: Choice, also: tuple[str, ...] = ()) -> Group:
    """A group that reads as that of UNIMARC."""
    group = _OF_UNIMARC[name]
    return Group(
        name, group.label, choices or tuple(Choice(one.tag, one.label) for one in group.choices), codes=codes,
        kinds=group.kinds, help=group.help, read=group.read, split=group.split, also=also,
    )  # fmt: skip


GROUPS: tuple[Group, ...] = (
    Group(
        "names",
        _("Authors and others"),
        (Choice("700", _("Person")), Choice("710", _("Organisation"))),
        codes="abgcdf",
        extra="4",
        extra_label=_("What they did (code)"),
        help=_("Surname first: Surname, Forename. The first line is the main author."),
        suggests="names",
        read=_name_text,
        split=name_parts,
        also=("701", "711", "702", "712", "720", "721", "722", "730", "961", "971", "981"),
    ),
    _like("other_titles", "a", Choice("517", _("Other title")), also=("510", "541")),
    _like("isbns", "a"),
    _like("issns", "a"),
    _like("series", "aehiv"),
    Group(
        "subjects",
        _("Subjects"),
        (
            Choice("606", _("Subject")),
            Choice("600", _("Person")),
            Choice("607", _("Place")),
            Choice("610", _("Free word")),
        ),
        codes="abcdefgho",
        divisions=_SUBDIVISIONS,
        help=_("Subdivisions behind a dash: Azerbaijan — History"),
        suggests="subjects",
        read=_subject_text,
        split=_subject_parts,
        also=("601",),
    ),
    Group(
        "notes",
        _("Notes"),
        (
            Choice("331", _("Summary")),
            Choice("300", _("Note")),
            Choice("320", _("Bibliography, index")),
        ),
        codes="a",
        long=True,
        also=("314", "316"),
    ),
    Group(
        "links", _("Links"), (Choice("951", _("Link")),), codes="i", kinds=WHOLE | {"article"},
        extra="t", extra_label=_("Words of the link"),
    ),
)  # fmt: skip


class IrbisMarc(WorkingCopy):
    """A copy of a record to be read and changed by the codes of UNIMARC."""

    def __init__(self, marc: EditableMarc) -> None:
        EditableMarc.__init__(self, marc.leader, [])
        codes = {code for field in marc.fields for code, _value in field.raw_parts if code.isalpha()}
        self.in_capitals = any(code.isupper() for code in codes) and not any(code.islower() for code in codes)
        self.came_from: dict[int, tuple[MarcField, bytes]] = {}
        for field in marc.fields:
            copy = MarcField(field.tag, _small(field))
            self.came_from[id(copy)] = field, copy.raw
            self.fields.append(copy)

    def write_back(self, marc: EditableMarc) -> None:
        """Put what was changed into the record itself; every other field stays the same bytes."""
        marc.leader = self.leader
        marc.fields = [self._back(field) for field in self.fields]

    def _back(self, field: MarcField) -> MarcField:
        before, raw = self.came_from.get(id(field), (None, b""))
        if before is not None and raw == field.raw:
            return before
        old = {code for code, _value in before.raw_parts} if before else set()
        back = MarcField(field.tag, field.raw)
        if field.tag >= "010":
            back.write([(self._code(field.tag, code, old), value) for code, value in field.raw_parts])
        return back

    def _code(self, tag: str, code: str, old: set[str]) -> str:
        if code == "a" and (PLAIN_CODE in old if old & {"a", "A", PLAIN_CODE} else tag in PLAIN):
            return PLAIN_CODE
        if code in old or not code.isalpha():
            return code
        return code.upper() if code.upper() in old or self.in_capitals else code


def _small(field: MarcField) -> bytes:
    """The field with small letters, and a value without a code in $a where it has no other one."""
    head, *parts = field.raw.split(b"\x1f")
    small = [part[:1].lower() + part[1:] for part in parts]
    if not any(part[:1] == b"a" for part in small):
        small = [b"a" + part[1:] if part[:1] == PLAIN_CODE.encode() else part for part in small]
    return b"\x1f".join([head, *small])


IRBIS = Rules(
    name="irbis",
    singles=SINGLES,
    groups=GROUPS,
    codes=IrbisCodes(),
    main={"700": "701", "710": "711"},
    main_only=(),
    one_edition=frozenset(("001", "005", "010", "011", "903", "905", "907", "910", "951", "952", "999")),
    one_issue=frozenset(("101", "463", "900", "920")),
    title="200",
    copy=IrbisMarc,
)
