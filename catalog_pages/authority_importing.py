"""Importing authority records in MARC21: headings, other names, numbers, coordinates and relations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from catalog_pages.authorities.following import note_changed
from catalog_pages.authorities.reconciling import merge_known_names
from catalog_pages.importing import Reporter
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import Marc, Subfields, parse
from catalog_pages.marc.reading import open_marc, read_records
from library import identifiers
from library.authorities import find_or_create_many
from library.headings import match_key
from library.models import Authority, AuthorityIdentifier, AuthorityName, AuthorityRelation
from library.models.authorities import HEADING_LENGTH

_BATCH = 100
# The last two signs of 1XX, 4XX and 5XX say what the heading names.
_KINDS = {
    "00": Authority.Kind.PERSON, "10": Authority.Kind.BODY, "11": Authority.Kind.BODY,
    "30": Authority.Kind.WORK, "50": Authority.Kind.SUBJECT, "51": Authority.Kind.PLACE,
    "55": Authority.Kind.GENRE,
}  # fmt: skip
_SUBDIVISIONS = "vxyz"
_LEFT_OUT = "weiu0123456789"  # control subfields, and those that say where a heading comes from
_SCHEMES = {
    "viaf": "viaf",
    "wikidata": "wikidata",
    "isni": "isni",
    "gnd": "gnd",
    "lcnaf": "lc",
    "naf": "lc",
    "lcsh": "lc",
}
_RELATIONS = {
    "a": AuthorityRelation.Kind.EARLIER, "b": AuthorityRelation.Kind.LATER,
    "g": AuthorityRelation.Kind.BROADER, "h": AuthorityRelation.Kind.NARROWER,
}  # fmt: skip
_DEGREES = re.compile(r"([NSEW])(\d{3})(\d\d)(\d\d(?:\.\d+)?)")


@dataclass(slots=True)
class AuthoritySummary:
    read: int = 0
    created: int = 0
    names: int = 0
    numbers: int = 0
    relations: int = 0
    merged: int = 0
    rejected: int = 0


@dataclass(slots=True)
class _Entry:
    """What one record says, before it meets the authority file."""

    heading: tuple[str, str]
    names: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    related: list[tuple[str, tuple[str, str]]] = field(default_factory=list)
    place: tuple[Decimal, Decimal] | None = None


def import_authorities(path: Path, *, progress: Reporter) -> AuthoritySummary:
    """Read a file of authority records into the authority file; return what happened.

    Entries that are there are completed and never overwritten. Records without a heading of a known kind are
    counted as rejected. Raises NotMarc where the file is something else, OSError where it cannot be read.
    """
    summary = AuthoritySummary()
    with open_marc(path) as stream:
        records = (raw.data for raw in read_records(stream))
        while batch := list(islice(records, _BATCH)):
            entries = list(_entries(batch, summary))
            with transaction.atomic():
                own = _write(entries, summary)
            summary.merged += merge_known_names(set(own))
            progress.advance(len(batch))
    return summary


def _entries(batch: Iterable[bytes], summary: AuthoritySummary) -> Iterator[_Entry]:
    for data in batch:
        summary.read += 1
        try:
            entry = _understood(parse(data))
        except Rejected:
            entry = None
        if entry is None:
            summary.rejected += 1
        else:
            yield entry


def _understood(marc: Marc) -> _Entry | None:
    headings = list(_headings(marc, "1"))
    if not headings:
        return None
    entry = _Entry(headings[0][0])
    kind = entry.heading[0]
    entry.names = [text for (other, text), _parts in _headings(marc, "4") if other == kind]
    for heading, parts in _headings(marc, "5"):
        control = next((text for code, text in parts if code == "w"), "")[:1]
        entry.related.append((_RELATIONS.get(control, AuthorityRelation.Kind.SEE_ALSO), heading))
    entry.numbers = list(_numbers(marc))
    entry.place = _place(marc) if kind == Authority.Kind.PLACE else None
    return entry


def _headings(marc: Marc, block: str) -> Iterator[tuple[tuple[str, str], Subfields]]:
    """Kind and text of the headings of 1XX, 4XX or 5XX, with their subfields."""
    for ending, kind in _KINDS.items():
        for indicators, parts in marc.subfields(block + ending):
            family = kind == Authority.Kind.PERSON and indicators[:1] == "3"
            text = _heading_text(parts)
            if match_key(text):
                yield (Authority.Kind.FAMILY if family else kind, text), parts


def _heading_text(parts: Subfields) -> str:
    """The heading as it is read, subdivisions behind dashes, without the mark at its end."""
    main = " ".join(text.strip() for code, text in parts if code not in _SUBDIVISIONS + _LEFT_OUT)
    divisions = [text.strip() for code, text in parts if code in _SUBDIVISIONS]
    whole = " -- ".join(filter(None, [main.strip(), *divisions]))
    return re.sub(r"(?<=\d)\.$", "", whole.rstrip(" ,;:/"))[:HEADING_LENGTH]


def _numbers(marc: Marc) -> Iterator[tuple[str, str]]:
    """Numbers of 024 and 010 that are as their scheme writes them; others are left out."""
    found = [
        ("lc", text) for _indicators, parts in marc.subfields("010") for code, text in parts if code == "a"
    ]
    for _indicators, parts in marc.subfields("024"):
        said = dict(parts)
        found.append((_SCHEMES.get(said.get("2", "").lower(), ""), said.get("a", said.get("1", ""))))
    for scheme, value in found:
        try:
            if scheme:
                yield scheme, identifiers.normalised(scheme, value)
        except ValidationError:
            continue


def _place(marc: Marc) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude from 034, in degrees; the middle of a box."""
    for _indicators, parts in marc.subfields("034"):
        said = dict(parts)
        edges = [_degrees(said.get(code, "")) for code in "fgde"]
        north, south, west, east = edges
        if north is not None and west is not None:
            latitude = (north + (south if south is not None else north)) / 2
            longitude = (west + (east if east is not None else west)) / 2
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return round(latitude, 6), round(longitude, 6)
    return None


def _degrees(text: str) -> Decimal | None:
    """W0491234 or -49.2 as decimal degrees."""
    text = text.strip()
    if found := _DEGREES.fullmatch(text.upper()):
        value = Decimal(found[2]) + Decimal(found[3]) / 60 + Decimal(found[4]) / 3600
        return -value if found[1] in "SW" else value
    sign = -1 if text[:1].upper() in ("S", "W") else 1
    try:
        value = Decimal(text.lstrip("NSEWnsew+"))
    except InvalidOperation:
        return None
    return value * sign if value.is_finite() else None


def _write(entries: Sequence[_Entry], summary: AuthoritySummary) -> list[int]:
    """Write what records say; return the entries they describe."""
    before = Authority.objects.count()
    wanted = [entry.heading for entry in entries]
    related = [heading for entry in entries for _kind, heading in entry.related]
    ids = find_or_create_many(headings=[*wanted, *related])
    summary.created += Authority.objects.count() - before
    own, others = ids[: len(wanted)], iter(ids[len(wanted) :])
    names, numbers, relations = [], [], []
    for pk, entry in zip(own, entries, strict=True):
        names += [AuthorityName(authority_id=pk, name=name) for name in dict.fromkeys(entry.names)]
        numbers += [AuthorityIdentifier(authority_id=pk, scheme=s, value=v) for s, v in entry.numbers]
        for kind, _heading in entry.related:
            relation = AuthorityRelation(authority_id=pk, kind=kind, other_id=next(others))
            if relation.other_id != pk:
                relations += [relation, relation.opposite()]
        if entry.place:
            latitude, longitude = entry.place
            Authority.objects.filter(pk=pk, latitude=None).update(latitude=latitude, longitude=longitude)
    for name in names:
        name.set_keys()
    summary.names += _added(AuthorityName, names)
    note_changed({name.authority_id for name in names})
    summary.numbers += _added(AuthorityIdentifier, numbers)
    summary.relations += _added(AuthorityRelation, relations) // 2
    return own


def _added(model: type, rows: Sequence[object]) -> int:
    """Create the rows that are not there yet; return how many those were."""
    before = model.objects.count()  # type: ignore[attr-defined]
    model.objects.bulk_create(rows, ignore_conflicts=True)  # type: ignore[attr-defined]
    return model.objects.count() - before  # type: ignore[attr-defined]
