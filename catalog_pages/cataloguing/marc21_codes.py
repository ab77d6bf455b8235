"""What MARC21 keeps in codes: kind of material, languages, year, age group, class number, the host of an article."""

from __future__ import annotations

from typing import Any

from catalog_pages.call_numbers import article_length
from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.marc import audiences
from catalog_pages.marc.building import LEADER_TYPES
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import clean, record_fields
from catalog_pages.models import AgeGroup, Record

CLASS_TAGS = {"ddc": ("082", "04"), "udc": ("080", "  "), "bbk": ("084", "  ")}
_AUDIENCE_CODES = {group: code for code, group in audiences.MARC21.items()}


class Marc21Codes:
    """See ``catalog_pages.cataloguing.layout.Codes``."""

    def columns(self, marc: EditableMarc) -> dict[str, Any]:
        """The columns of a record by the rules of the import, also of one without a title yet. Raises Rejected."""
        title = marc.first("245")
        if title is None or not clean(title.first("a")):
            marc = EditableMarc(marc.leader, [(one.tag, one.raw) for one in marc.fields if one.tag != "245"])
            marc.add("245", "00", [("a", "-")])
        parsed = parse(marc.iso2709(), encoding="utf-8")
        parsed.format = "marc21"
        return record_fields(parsed)

    def set_material(self, marc: EditableMarc, material: str) -> None:
        """Write the kind of material into the leader; what was online is so no longer unless it is electronic."""
        marc.set_leader(6, LEADER_TYPES[material])
        if material != "electronic" and marc.control("008")[23:24] in ("o", "q", "s"):
            marc.set_fixed(23, " ")

    def set_languages(self, marc: EditableMarc, languages: list[str]) -> None:
        """Write the language into 008 and, where there are several, all of them into 041."""
        marc.set_fixed(35, languages[0] if languages else "und")
        field = marc.first("041")
        if field is None:
            if len(languages) > 1:
                marc.add("041", "0 ", [("a", code) for code in languages])
            return
        others = [part for part in field.raw_parts if part[0] not in "ad"]
        if languages:
            field.write([*(("a", code) for code in languages), *others])
        elif others:
            field.write(others)
        else:
            marc.remove(field)

    def set_year(self, marc: EditableMarc, year: int | None) -> None:
        """Write the year into 008; a record of a periodical keeps what it says of its end."""
        fixed = marc.control("008")
        if year is None:
            marc.set_fixed(6, "nuuuu")
        elif fixed[6:7] in ("c", "d", "u", "m") and fixed[7:11].strip():
            marc.set_fixed(7, f"{year:04d}")
        else:
            marc.set_fixed(6, f"s{year:04d}    ")

    def set_age_group(self, marc: EditableMarc, group: str) -> None:
        """Write the age group into 008 where it has a place for it, and into 521 where it has none."""
        if marc.leader[6] in audiences.MARC21_AT and not (marc.leader[6] == "a" and marc.leader[7] in "is"):
            marc.set_fixed(22, _AUDIENCE_CODES.get(group, " "))
        elif group:
            marc.set_fixed(22, marc.control("008")[22:23] or " ")
        ours = next(
            (field for field in marc.having("521") if clean(field.first("a")) in AgeGroup.values), None
        )
        needs = group and self.columns(marc).get("age_group") != group
        if ours and group:
            ours.write([("a", group)])
        elif ours:
            marc.remove(ours)
        elif needs:
            marc.add("521", "1 ", [("a", group)])

    def set_class(self, marc: EditableMarc, before: tuple[str, str], scheme: str, number: str) -> None:
        """Write the class number the record stands under; numbers of other schemes stay."""
        shown = _class_field(marc, *before)
        if shown and before[0] == scheme and number:
            rest = [part for part in shown.raw_parts if part[0] != "a"]
            shown.write([("a", number), *rest])
            return
        if shown:
            marc.remove(shown)
        if scheme and number:
            tag, indicators = CLASS_TAGS[scheme]
            field = marc.add(tag, indicators, [("a", number), ("2", "bbk" if scheme == "bbk" else "")])
            # The first number of a tag counts: this one is to.
            marc.put_first(field)

    def set_host(self, marc: EditableMarc, host: Record | None, part: str) -> None:
        """Write what an article stands in, and where in it, into 773; without both the field goes."""
        field = marc.first("773")
        if field is None:
            if not host and not part:
                return
            field = marc.add("773", "0 ", [("g", part or "-")])
        rest = [entry for entry in field.raw_parts if entry[0] not in ("twxg" if host else "g")]
        told = _host_parts(host) if host else []
        where = [("g", part)] if part else []
        title = [entry for entry in (told or rest) if entry[0] == "t"]
        others = [entry for entry in (*told, *rest) if entry not in title]
        field.write([*title, *where, *others])
        if field.is_empty:
            marc.remove(field)

    def has_fixed_host(self, marc: EditableMarc) -> bool:
        """Every host of MARC21 can be written anew."""
        return False

    def set_title_indicators(self, marc: EditableMarc, title: str, before: str, language: str) -> None:
        """245 says whether the record stands under an author, and how long the article is that does not file."""
        field = marc.first("245")
        if field is None:
            return
        first, second = field.indicators[0], field.indicators[1]
        if first in " 01":
            first = "1" if marc.first("100", "110", "111", "130") else "0"
        article = int(second) if second.isdigit() else 0
        has_kept_it = article > 0 and title[:article] == before[:article]
        if second == " " or (title != before and not has_kept_it):
            second = str(article_length(title, language))
        if first + second != field.indicators:
            field.write(field.raw_parts, first + second)


def _class_field(marc: EditableMarc, scheme: str, number: str) -> MarcField | None:
    if scheme not in CLASS_TAGS:
        return None
    for field in marc.having(CLASS_TAGS[scheme][0]):
        if clean(field.first("a")).replace("/", "").strip()[:100] == number:
            return field
    return None


def _host_parts(host: Record) -> list[tuple[str, str]]:
    issn = host.issns[0] if host.issns else ""
    return [("t", host.title), ("x", issn), ("w", host.control_number)]
