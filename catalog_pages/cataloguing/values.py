"""From the MARC of a record to what the form shows, and from what was typed to changes of the MARC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from catalog_pages.call_numbers import article_length
from catalog_pages.cataloguing import coded
from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.cataloguing.layout import ADDED_ENTRY, GROUPS, SINGLES, Choice, Group, Single
from catalog_pages.marc.mapping import clean
from catalog_pages.models import Record

_END = " /:;,="
LANGUAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a repeated group: which field, its words, the thing more. ``was`` names the line it comes from."""

    tag: str
    text: str
    extra: str = ""
    was: str = ""

    @property
    def signature(self) -> str:
        """By this a line is known again when the form comes back."""
        return f"{self.tag}|{self.text}|{self.extra}"


@dataclass(frozen=True, slots=True)
class Coded:
    """What MARC keeps in codes."""

    material: str = "book"
    languages: tuple[str, ...] = ()
    year: int | None = None
    age_group: str = ""
    class_scheme: str = ""
    class_number: str = ""
    host_part: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """A record as the form shows it."""

    singles: Mapping[str, str] = default(default_factory=dict)
    groups: Mapping[str, Sequence[Line]] = default(default_factory=dict)
    coded: Coded = Coded()


def read_values(marc: EditableMarc) -> Values:
    """What the form shows of a record."""
    columns = coded.columns(marc)
    return Values(
        singles={single.name: _single_text(marc, single) for single in SINGLES},
        groups={group.name: [_line(group, one) for one in _fields(marc, group)] for group in GROUPS},
        coded=Coded(
            material=columns["material"],
            languages=tuple(columns["languages"]),
            year=columns["year"],
            age_group=columns["age_group"],
            class_scheme=columns["class_scheme"],
            class_number=columns["class_number"],
            host_part=columns["host_part"],
        ),
    )


def apply_values(marc: EditableMarc, wanted: Values, *, host: Record | None, host_changed: bool) -> None:
    """Change those fields of the record that differ from what is wanted, and no other; raises Rejected."""
    current = read_values(marc)
    _apply_coded(marc, current.coded, wanted.coded, host, host_changed)
    for single in SINGLES:
        value = wanted.singles.get(single.name)
        if value is not None and value != current.singles[single.name]:
            _write_single(marc, single, value)
    for group in GROUPS:
        if (lines := wanted.groups.get(group.name)) is not None:
            _write_group(marc, group, lines)
    title = wanted.singles.get("title", current.singles["title"])
    _set_title_indicators(marc, title, current.singles["title"], wanted.coded)


def _apply_coded(
    marc: EditableMarc, now: Coded, wanted: Coded, host: Record | None, host_changed: bool
) -> None:
    if wanted.material != now.material:
        coded.set_material(marc, wanted.material)
    if wanted.languages != now.languages:
        coded.set_languages(marc, list(wanted.languages))
    if wanted.year != now.year:
        coded.set_year(marc, wanted.year)
    if wanted.age_group != now.age_group:
        coded.set_age_group(marc, wanted.age_group)
    before = (now.class_scheme, now.class_number)
    if (wanted.class_scheme, wanted.class_number) != before:
        coded.set_class(marc, before, wanted.class_scheme, wanted.class_number)
    if host_changed or wanted.host_part != now.host_part:
        coded.set_host(marc, host, wanted.host_part)


# --- Single values ------------------------------------------------------------------------------------


def _shown(marc: EditableMarc, single: Single) -> MarcField | None:
    """The field whose subfield the form shows: of publication where 264 says which, as the import has it."""
    fields = [one for tag in single.tags for one in marc.having(tag)]
    fields.sort(key=lambda one: one.tag == "264" and one.indicators[1] not in (" ", "1"))
    return fields[0] if fields else None


def _single_text(marc: EditableMarc, single: Single) -> str:
    field = _shown(marc, single)
    return " ".join(clean(field.first(single.code)).split()) if field else ""


def _write_single(marc: EditableMarc, single: Single, value: str) -> None:
    """The punctuation behind the old words belongs to what follows them, so it stays behind the new ones."""
    field = _shown(marc, single)
    if field is None:
        if value:
            marc.add(single.tags[0], single.indicators, [(single.code, value)])
        return
    parts = field.parts
    at = next((i for i, (code, old) in enumerate(parts) if code == single.code and old.strip()), None)
    if at is None:
        place = next(
            (i for i, (code, _old) in enumerate(parts) if code > single.code and code.isalpha()), None
        )
        place = len(parts) if place is None else place
        parts.insert(_behind_title(single, parts, place), (single.code, value))
    else:
        old = parts[at][1].rstrip()
        parts[at] = (single.code, value + old[len(old.rstrip(_END)) :] if value else "")
    field.write(parts)
    if field.is_empty:
        marc.remove(field)


def _behind_title(single: Single, parts: Sequence[tuple[str, str]], place: int) -> int:
    """Number and title of a volume follow the title, before its subtitle."""
    if single.tags != ("245",) or single.code not in "np":
        return place
    before = [i for i, (code, _value) in enumerate(parts) if code in ("an" if single.code == "p" else "a")]
    return before[-1] + 1 if before else 0


def _set_title_indicators(marc: EditableMarc, title: str, before: str, coded: Coded) -> None:
    """245 says whether the record stands under an author, and how long the article is that does not file."""
    field = marc.first("245")
    if field is None:
        return
    first, second = field.indicators
    if first in " 01":
        first = "1" if marc.first("100", "110", "111", "130") else "0"
    article = int(second) if second.isdigit() else 0
    has_kept_it = article > 0 and title[:article] == before[:article]
    if second == " " or (title != before and not has_kept_it):
        second = str(article_length(title, coded.languages[0] if coded.languages else ""))
    if (first, second) != tuple(field.indicators):
        field.write(field.parts, first + second)


# --- Repeated fields ----------------------------------------------------------------------------------


def _fields(marc: EditableMarc, group: Group) -> list[MarcField]:
    """The fields of a group that have words: main entries before added ones, else in the record's order."""
    fields = [one for one in marc.having(*group.tags) if group.text(one.parts)]
    return sorted(fields, key=lambda one: group.name == "names" and one.tag >= "700")


def _line(group: Group, field: MarcField) -> Line:
    extra = clean(field.first(group.extra)) if group.extra else ""
    line = Line(field.tag, " ".join(group.text(field.parts).split()), extra)
    return replace(line, was=line.signature)


def _write_group(marc: EditableMarc, group: Group, lines: Sequence[Line]) -> None:
    """Known lines keep or change their field, lines that are gone lose it, new ones get one."""
    unseen: dict[str, list[MarcField]] = {}
    for field in _fields(marc, group):
        unseen.setdefault(_line(group, field).signature, []).append(field)
    for line in lines:
        known = unseen.get(line.was) if line.was else None
        if known:
            field = known.pop(0)
            if line.text and line.signature != line.was:
                _change(marc, group, field, line)
            elif not line.text:
                marc.remove(field)
        elif line.text:
            _add(marc, group, line)
    # What is left came from nobody's form: another editor has added it meanwhile. It stays.


def _change(marc: EditableMarc, group: Group, field: MarcField, line: Line) -> None:
    now = _line(group, field)
    parts = field.parts
    if line.text != now.text:
        parts = _with_words(group, parts, line.text)
    if group.extra and line.extra != now.extra:
        others = [part for part in parts if part[0] != group.extra]
        parts = [*others, (group.extra, line.extra)] if line.extra else others
    if line.tag == field.tag:
        field.write(parts)
        return
    marc.remove(field)
    choice = _choice(group, line.tag)
    marc.add(line.tag, choice.indicators if choice else field.indicators, parts)


def _with_words(group: Group, parts: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """The subfields with other words; subdivisions keep their kind as long as there are as many."""
    new = group.parts(text)
    old = [code for code, _value in parts if code in group.codes]
    if len(old) == len(new):
        new = [(code, value) for code, (_code, value) in zip(old, new, strict=True)]
    first = next((i for i, (code, _value) in enumerate(parts) if code in group.codes), 0)
    before = [part for part in parts[:first] if part[0] not in group.codes]
    behind = [part for part in parts[first:] if part[0] not in group.codes]
    return [*before, *new, *behind]


def _add(marc: EditableMarc, group: Group, line: Line) -> None:
    choice = _choice(group, line.tag) or group.choices[0]
    tag = choice.tag
    if tag in ADDED_ENTRY and marc.first(*ADDED_ENTRY, "130"):
        tag = ADDED_ENTRY[tag]
    parts = group.parts(line.text)
    if group.extra and line.extra:
        parts = [*parts, (group.extra, line.extra)]
    indicators = choice.indicators
    if group.name == "names" and "," not in line.text and choice.tag == "100":
        indicators = "0 "
    marc.add(tag, indicators, parts)


def _choice(group: Group, tag: str) -> Choice | None:
    main = {added: tag for tag, added in ADDED_ENTRY.items()}.get(tag, tag)
    return next((choice for choice in group.choices if choice.tag == main), None)
