"""From the MARC of a record to what the form shows, and from what was typed to changes of the MARC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.cataloguing.layout import Choice, Codes, Group, Rules, Single
from catalog_pages.cataloguing.marc21_fields import MARC21
from catalog_pages.marc.iso2709 import Subfields
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
    has_fixed_host: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """A record as the form shows it."""

    singles: Mapping[str, str] = default(default_factory=dict)
    groups: Mapping[str, Sequence[Line]] = default(default_factory=dict)
    coded: Coded = Coded()


def read_values(marc: EditableMarc, rules: Rules = MARC21) -> Values:
    """What the form shows of a record. Raises Rejected."""
    marc = rules.copy(marc) if rules.copy else marc
    return _values(marc, rules)


def _values(marc: EditableMarc, rules: Rules) -> Values:
    columns = rules.codes.columns(marc)
    return Values(
        singles={single.name: _single_text(marc, single) for single in rules.singles},
        groups={
            group.name: [_line(group, one) for one in _fields(marc, group, rules)] for group in rules.groups
        },
        coded=Coded(
            material=columns["material"],
            languages=tuple(columns["languages"]),
            year=columns["year"],
            age_group=columns["age_group"],
            class_scheme=columns["class_scheme"],
            class_number=columns["class_number"],
            host_part=columns["host_part"],
            has_fixed_host=rules.codes.has_fixed_host(marc),
        ),
    )


def apply_values(
    marc: EditableMarc, wanted: Values, *, host: Record | None, host_changed: bool, rules: Rules = MARC21
) -> None:
    """Change those fields of the record that differ from what is wanted, and no other; raises Rejected."""
    if rules.copy:
        copy = rules.copy(marc)
        _apply(copy, wanted, host, host_changed, rules)
        copy.write_back(marc)
    else:
        _apply(marc, wanted, host, host_changed, rules)


def _apply(marc: EditableMarc, wanted: Values, host: Record | None, host_changed: bool, rules: Rules) -> None:
    current = _values(marc, rules)
    _apply_coded(rules.codes, marc, current.coded, wanted.coded)
    if host_changed or wanted.coded.host_part != current.coded.host_part:
        rules.codes.set_host(marc, host, wanted.coded.host_part)
    for single in rules.singles:
        value = wanted.singles.get(single.name)
        if value is not None and value != current.singles[single.name]:
            _write_single(marc, single, value, rules)
    for group in rules.groups:
        if (lines := wanted.groups.get(group.name)) is not None:
            _write_group(marc, group, lines, rules)
    title = wanted.singles.get("title", current.singles["title"])
    names = wanted.groups.get("names", current.groups["names"])
    if title != current.singles["title"] or list(names) != list(current.groups["names"]):
        languages = wanted.coded.languages
        rules.codes.set_title_indicators(
            marc, title, current.singles["title"], languages[0] if languages else ""
        )


def _apply_coded(codes: Codes, marc: EditableMarc, now: Coded, wanted: Coded) -> None:
    if wanted.material != now.material:
        codes.set_material(marc, wanted.material)
    if wanted.languages != now.languages:
        codes.set_languages(marc, list(wanted.languages))
    if wanted.year != now.year:
        codes.set_year(marc, wanted.year)
    if wanted.age_group != now.age_group:
        codes.set_age_group(marc, wanted.age_group)
    before = (now.class_scheme, now.class_number)
    if (wanted.class_scheme, wanted.class_number) != before:
        codes.set_class(marc, before, wanted.class_scheme, wanted.class_number)


# --- Single values ------------------------------------------------------------------------------------


def _shown(marc: EditableMarc, single: Single) -> MarcField | None:
    """The field whose subfield the form shows: of publication where 264 says which, as the import has it."""
    fields = [one for tag in single.tags for one in marc.having(tag)]
    fields.sort(key=lambda one: one.tag == "264" and one.indicators[1] not in (" ", "1"))
    return fields[0] if fields else None


def _single_text(marc: EditableMarc, single: Single) -> str:
    field = _shown(marc, single)
    return " ".join(clean(field.first(single.code)).split()) if field else ""


def _write_single(marc: EditableMarc, single: Single, value: str, rules: Rules) -> None:
    """The punctuation behind the old words belongs to what follows them, so it stays behind the new ones."""
    field = _shown(marc, single)
    if field is None:
        if value:
            marc.add(single.tags[0], single.indicators, [(single.code, value)])
        return
    parts = field.raw_parts
    at = next((i for i, (code, old) in enumerate(parts) if code == single.code and old.strip()), None)
    if at is None:
        place = next(
            (i for i, (code, _old) in enumerate(parts) if code > single.code and code.isalpha()), None
        )
        place = len(parts) if place is None else place
        parts.insert(_behind_title(single, parts, place, rules), (single.code, value))
    else:
        old = parts[at][1].rstrip()
        parts[at] = (single.code, value + old[len(old.rstrip(_END)) :] if value else "")
    field.write(parts)
    if field.is_empty:
        marc.remove(field)


def _behind_title(single: Single, parts: Sequence[tuple[str, str]], place: int, rules: Rules) -> int:
    """Number and title of a volume follow the title, before its subtitle."""
    volume = [one.code for one in rules.singles if one.name in ("part_number", "part_title")]
    if single.tags != (rules.title,) or single.code not in volume:
        return place
    leading = ("a", *volume[: volume.index(single.code)])
    before = [at for at, (code, _value) in enumerate(parts) if code in leading]
    return before[-1] + 1 if before else 0


# --- Repeated fields ----------------------------------------------------------------------------------


def _fields(marc: EditableMarc, group: Group, rules: Rules) -> list[MarcField]:
    """The fields of a group that have words: main entries before added ones, else in the record's order."""
    fields = [one for one in marc.having(*group.tags) if group.text(one.tag, one.parts)]
    return sorted(fields, key=lambda one: group.name == "names" and one.tag not in rules.main)


def _line(group: Group, field: MarcField) -> Line:
    extra = clean(field.first(group.extra)) if group.extra else ""
    line = Line(field.tag, " ".join(group.text(field.tag, field.parts).split()), extra)
    return replace(line, was=line.signature)


def _write_group(marc: EditableMarc, group: Group, lines: Sequence[Line], rules: Rules) -> None:
    """Known lines keep or change their field, lines that are gone lose it, new ones get one."""
    unseen: dict[str, list[MarcField]] = {}
    for field in _fields(marc, group, rules):
        unseen.setdefault(_line(group, field).signature, []).append(field)
    for line in lines:
        known = unseen.get(line.was) if line.was else None
        if known:
            field = known.pop(0)
            if line.text and line.signature != line.was:
                _change(marc, group, field, line, rules)
            elif not line.text:
                marc.remove(field)
        elif line.text:
            _add(marc, group, line, rules)
    # What is left came from nobody's form: another editor has added it meanwhile. It stays.


def _change(marc: EditableMarc, group: Group, field: MarcField, line: Line, rules: Rules) -> None:
    now = _line(group, field)
    parts = field.raw_parts
    if line.text != now.text:
        parts = _with_words(group, line.tag, parts, line.text)
    if group.extra and line.extra != now.extra:
        others = [part for part in parts if part[0] != group.extra]
        parts = [*others, (group.extra, line.extra)] if line.extra else others
    if line.tag == field.tag:
        field.write(parts)
        return
    marc.remove(field)
    choice = _choice(group, line.tag, rules)
    marc.add(line.tag, choice.indicators_for(line.text) if choice else field.indicators, parts)


def _with_words(group: Group, tag: str, parts: Subfields, text: str) -> Subfields:
    """The subfields with other words, where the old ones stood; what is not shown stays."""
    new = [part for part in group.parts(tag, text) if part[1]]
    if group.divisions:
        new = _with_divisions(group, tag, parts, new)
    first = next((i for i, (code, _value) in enumerate(parts) if code in group.codes), 0)
    before = [part for part in parts[:first] if part[0] not in group.codes]
    behind = [part for part in parts[first:] if part[0] not in group.codes]
    return [*before, *new, *behind]


def _with_divisions(group: Group, tag: str, parts: Subfields, new: Subfields) -> Subfields:
    """A heading that is the same keeps its subfields, and subdivisions their kind while there are as many."""

    def taken_apart(parts: Subfields) -> tuple[Subfields, Subfields]:
        shown = [part for part in parts if part[0] in group.codes]
        divisions = [part for part in shown if part[0] in group.divisions]
        return [part for part in shown if part not in divisions], divisions

    (old_head, old_divisions), (head, divisions) = taken_apart(parts), taken_apart(new)
    if group.text(tag, old_head) == group.text(tag, head):
        head = old_head
    if len(old_divisions) == len(divisions):
        kinds = (code for code, _value in old_divisions)
        divisions = [(code, value) for code, (_code, value) in zip(kinds, divisions, strict=True)]
    return [*head, *divisions]


def _add(marc: EditableMarc, group: Group, line: Line, rules: Rules) -> None:
    choice = _choice(group, line.tag, rules) or group.choices[0]
    tag = choice.tag
    if tag in rules.main and marc.first(*rules.main, *rules.main_only):
        tag = rules.main[tag]
    parts = group.parts(tag, line.text)
    if group.extra and line.extra:
        parts = [*parts, (group.extra, line.extra)]
    marc.add(tag, choice.indicators_for(line.text), parts)


def _choice(group: Group, tag: str, rules: Rules) -> Choice | None:
    main = rules.added.get(tag, tag)
    return next((choice for choice in group.choices if choice.tag == main), None)
