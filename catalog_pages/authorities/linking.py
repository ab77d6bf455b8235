"""Linking names and subjects of records to the authority file, behind the writes.

A heading keeps the entry it has been linked to; a new one is looked for under headings, former headings and other
names, then without marks and special letters; what is found nowhere becomes a new, unchecked entry. Terms from no
list of headings are never made entries. The MARC of a record is left as it came: what changes are the columns that
readers see, where the authority file prefers another form.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.headings import AUTHOR, SUBJECT, Tagged, by_text
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import DASH
from catalog_pages.models import MarcSource, Record, RecordAuthority
from catalog_pages.quality.rules import capitals
from catalog_pages.services import SEARCH_SOURCE
from catalog_pages.sort_keys import renew_records
from library.authorities import create_many, find_many, find_merged
from library.headings import fold_key, match_key
from library.models import Authority, AuthorityName
from library.models.authorities import HEADING_LENGTH
from search import outbox

_MOST_REMEMBERED = 50_000
_ROWS_PER_QUERY = 400
_MARC = ("pk", "format", "data")
_COLUMNS = {AUTHOR: "authors", SUBJECT: "subjects"}
# Names lose their marks when they are typed without the right keyboard; a topic may become another one (kar, kâr).
_FOLDED_KINDS = (Authority.Kind.PERSON, Authority.Kind.BODY, Authority.Kind.FAMILY, Authority.Kind.PLACE)
_DEFAULT_KINDS = {AUTHOR: Authority.Kind.PERSON, SUBJECT: Authority.Kind.SUBJECT}
_POSSIBLE_KINDS = {
    AUTHOR: (Authority.Kind.PERSON, Authority.Kind.BODY, Authority.Kind.FAMILY),
    SUBJECT: tuple(Authority.Kind),
}

Wanted = tuple[str, str]  # kind and heading
MERGED = (
    "merged"  # instead of a kind: where a librarian has merged a free word into something of another kind
)


class Entry(NamedTuple):
    """What linking needs of an entry of the authority file."""

    pk: int
    kind: str
    text: str
    match_key: str
    fold_key: str
    is_verified: bool
    is_named: bool  # it has other names, by which its records must be found


class Link(NamedTuple):
    """One heading of a record under its entry."""

    role: str
    position: int
    authority_id: int
    heading: str
    subdivision: str

    @property
    def text(self) -> str:
        return f"{self.heading}{DASH}{self.subdivision}" if self.subdivision else self.heading


@dataclass(slots=True)
class ReadRecord:
    """A record as it stands: its columns, what its tags say of them, its links."""

    pk: int
    version: datetime
    columns: Mapping[str, list[str]]
    tagged: Mapping[tuple[str, str], Tagged] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def meant(self, role: str, text: str) -> Link | None:
        """The link that this very heading of the record has already."""
        return next((link for link in self.links if link.role == role and link.text == text), None)

    def wanted(self, role: str, text: str, linked_kinds: Sequence[str]) -> list[tuple[Wanted, bool]]:
        """What to look for, best first, and whether a missing entry is to be made.

        What no tag explains may be of any kind; ``linked_kinds`` are those that the record has links to.
        """
        tagged = self.tagged.get((role, text))
        if tagged:
            whole = [((tagged.kind, text), False)] if tagged.subdivision else []
            merged = [((MERGED, text), False)] if tagged.is_term else []
            return [*whole, *merged, ((tagged.kind, tagged.heading), not tagged.is_term)]
        default = _DEFAULT_KINDS[role]
        kinds = sorted(_POSSIBLE_KINDS[role], key=lambda kind: (kind not in linked_kinds, kind != default))
        head = text.partition(DASH)[0]
        heads = [text, head] if head and head != text else [text]
        found = [((str(kind), one), False) for one in heads for kind in kinds]
        return [*found, ((str(default), heads[-1]), True)]


class Entries:
    """Entries of the authority file met in one run, so that each is looked for once."""

    def __init__(self) -> None:
        self.found: dict[Wanted, int | None] = {}
        self.by_id: dict[int, Entry] = {}

    def look_up(self, wanted: Iterable[Wanted]) -> None:
        """Remember which of these there are."""
        missing = [one for one in dict.fromkeys(wanted) if one not in self.found]
        for chunk in _chunks(missing):
            known = find_many(headings=[one for one in chunk if one[0] != MERGED], folded_kinds=_FOLDED_KINDS)
            if words := [text for kind, text in chunk if kind == MERGED]:
                known |= {(MERGED, text): pk for text, pk in find_merged(headings=words).items()}
            self.found.update((one, known.get(one)) for one in chunk)
        self.load(pk for one in missing if (pk := self.found[one]))

    def create(self, wanted: Iterable[Wanted]) -> None:
        """Make entries for those of these that were looked up and not found."""
        missing = [one for one in dict.fromkeys(wanted) if self._may_be_made(one)]
        for chunk in _chunks(missing):
            self.found.update(create_many(headings=chunk))
        self.load(pk for one in missing if (pk := self.found[one]))

    def _may_be_made(self, wanted: Wanted) -> bool:
        text = wanted[1]
        return self.found.get(wanted) is None and len(text) <= HEADING_LENGTH and match_key(text) != ""

    def load(self, ids: Iterable[int]) -> None:
        """Read these entries; of merged ones those that were kept."""
        missing = sorted({pk for pk in ids if pk not in self.by_id})
        named = Exists(AuthorityName.objects.filter(authority=OuterRef("pk")))
        for chunk in _chunks(missing):
            rows = Authority.objects.filter(pk__in=chunk).select_related("merged_into")
            for row in rows.annotate(is_named=named):
                kept = row.merged_into or row
                self.by_id[row.pk] = Entry(
                    kept.pk,
                    kept.kind,
                    str(kept),
                    kept.match_key,
                    kept.fold_key,
                    kept.is_verified,
                    row.is_named,
                )

    def forget_some(self) -> None:
        """Keep memory flat, however many records a run has."""
        if len(self.found) > _MOST_REMEMBERED:
            self.found.clear()
            self.by_id.clear()


def read_headings(ids: Sequence[int], entries: Entries) -> list[ReadRecord]:
    """Read what some hundred records say, and look up the entries; those that are missing are made."""
    records = _read(ids)
    _find_entries(records, entries)
    return records


def shown(link: Link, entry: Entry) -> str:
    """How readers see a heading: as the record has it, unless the authority file prefers another one.

    It does where a librarian has checked the entry, where the heading is another name of it, and where the heading
    is typed in capitals. Letters without their marks alone are left to the librarian.
    """
    own = link.heading
    if own == entry.text:
        return link.text
    prefers = (
        entry.is_verified
        or (match_key(own) != entry.match_key and fold_key(own) != entry.fold_key)
        or (capitals(own) and not capitals(entry.text))
    )
    head = entry.text if prefers else own
    return f"{head}{DASH}{link.subdivision}" if link.subdivision else head


def _read(ids: Sequence[int]) -> list[ReadRecord]:
    marcs = {
        pk: (rules, data) for pk, rules, data in MarcSource.objects.filter(pk__in=ids).values_list(*_MARC)
    }
    links: dict[int, list[Link]] = {}
    rows = RecordAuthority.objects.filter(record_id__in=ids).order_by("record_id", "role", "position")
    for pk, *columns in rows.values_list("record_id", *Link._fields):
        links.setdefault(pk, []).append(Link(*columns))
    records = Record.objects.filter(pk__in=ids).order_by("pk")
    return [
        ReadRecord(
            pk,
            version,
            {AUTHOR: authors, SUBJECT: subjects},
            _tagged(*marcs[pk]) if pk in marcs else {},
            links.get(pk, []),
        )
        for pk, version, authors, subjects in records.values_list("pk", "updated_at", "authors", "subjects")
    ]


def _tagged(rules: str, data: bytes) -> Mapping[tuple[str, str], Tagged]:
    try:
        marc = parse(zlib.decompress(data))
    except Rejected:
        return {}
    marc.format = rules
    return by_text(marc)


def _find_entries(records: Sequence[ReadRecord], entries: Entries) -> None:
    """Look up, all at once, what the records say anew, and make the entries that are missing."""
    entries.forget_some()
    entries.load(link.authority_id for record in records for link in record.links)
    asked = [
        _ways(record, role, text, entries)
        for record in records
        for role, texts in record.columns.items()
        for text in texts
        if text and _kept(record, role, text, entries) is None
    ]
    entries.look_up(one for ways in asked for one, _create in ways)
    unknown = [ways for ways in asked if not any(entries.found[one] for one, _create in ways)]
    entries.create(one for ways in unknown for one, create in ways if create)


def _ways(record: ReadRecord, role: str, text: str, entries: Entries) -> list[tuple[Wanted, bool]]:
    linked = [entries.by_id[link.authority_id].kind for link in record.links if link.role == role]
    return record.wanted(role, text, linked)


def _kept(record: ReadRecord, role: str, text: str, entries: Entries) -> Link | None:
    """The link a heading has already, unless its tag has come to say something else.

    A heading that no tag explains may be the form that readers see of one that the record has otherwise.
    """
    link, tagged = record.meant(role, text), record.tagged.get((role, text))
    if link is None and tagged is None:
        link = next((one for one in record.links if one.role == role and _form(one, entries) == text), None)
    if link is None:
        return None
    entry = entries.by_id[link.authority_id]
    if tagged is not None and tagged.kind != entry.kind and not tagged.is_term:
        return None
    return link._replace(authority_id=entry.pk)


def _form(link: Link, entries: Entries) -> str:
    return shown(link, entries.by_id[link.authority_id])


def _link(record: ReadRecord, role: str, text: str, entries: Entries) -> Link | None:
    """The link of one heading, its position left open; None where there is no entry for it."""
    if kept := _kept(record, role, text, entries):
        return kept
    for (kind, heading), _create in _ways(record, role, text, entries) if text else []:
        pk = entries.found.get((kind, heading))
        if pk is None or len(heading) > HEADING_LENGTH:
            continue
        if (role, text) not in record.tagged:
            # An earlier form of the entry, under which readers have seen the heading so far.
            for link in record.links:
                if link.role == role and entries.by_id[link.authority_id].pk == pk:
                    return link._replace(authority_id=pk)
        return Link(role, 0, pk, heading, text[len(heading) :].removeprefix(DASH))
    return None


def _columns_and_links(record: ReadRecord, entries: Entries) -> tuple[dict[str, list[str]], list[Link]]:
    """What the record's columns and links must be; two forms of one heading are shown once."""
    columns: dict[str, list[str]] = {}
    links = []
    for role, texts in record.columns.items():
        column: list[str] = []
        for text in texts:
            link = _link(record, role, text, entries)
            form = _form(link, entries) if link else text
            if form in column:
                continue
            if link:
                links.append(link._replace(position=len(column)))
            column.append(form)
        columns[role] = column
    return columns, links


def write_links(records: Sequence[ReadRecord], entries: Entries) -> None:
    """Bring links and columns in line with what was found, inside the caller's transaction.

    Doing it again changes nothing. Records whose entries have other names, and those whose columns have changed, are
    noted for the search.
    """
    rows, stale, to_index, to_renew = [], [], [], []
    for record in _unchanged(records):
        columns, links = _columns_and_links(record, entries)
        if columns != record.columns:
            _show(record.pk, columns)
            to_index.append(record.pk)
            if columns[AUTHOR][:1] != record.columns[AUTHOR][:1]:
                to_renew.append(record.pk)
        if links != record.links:
            if record.links:
                stale.append(record.pk)
            rows += [(record.pk, *link) for link in links]
            if any(entries.by_id[link.authority_id].is_named for link in links):
                to_index.append(record.pk)
    if stale:
        RecordAuthority.objects.filter(record_id__in=stale).delete()
    _insert(rows)
    if to_renew:
        renew_records(to_renew)
    outbox.enqueue(SEARCH_SOURCE, list(dict.fromkeys(to_index)))


def _insert(rows: Sequence[tuple]) -> None:
    """New links. An import makes millions of them: as model instances they would take a third of its time."""
    table = connection.ops.quote_name(RecordAuthority._meta.db_table)
    columns = ", ".join(("record_id", *Link._fields))
    marks = ", ".join(["%s"] * (1 + len(Link._fields)))
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our names


def _unchanged(records: Sequence[ReadRecord]) -> list[ReadRecord]:
    """The records that are as they were read; what changed meanwhile is noted, and its turn comes again."""
    rows = Record.objects.select_for_update().filter(pk__in=[record.pk for record in records]).order_by("pk")
    now = dict(rows.values_list("pk", "updated_at"))
    return [record for record in records if now.get(record.pk) == record.version]


def _show(pk: int, columns: Mapping[str, list[str]]) -> None:
    fields = {_COLUMNS[role]: texts for role, texts in columns.items()}
    Record.objects.filter(pk=pk).update(**fields, updated_at=timezone.now())


def _chunks(values: Iterable) -> Iterable[Sequence]:
    values = list(values)
    for start in range(0, len(values), _ROWS_PER_QUERY):
        yield values[start : start + _ROWS_PER_QUERY]
