"""What a reader of one record may want next: other editions of the work, others of the series, similar works."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from catalog_pages.models import Heading, Record
from search.errors import SearchUnavailable
from search.service import search

MOST_EDITIONS = 60
SIMILAR = 8
_CANDIDATES = 40
_SUBJECTS_ASKED = 3
_COMMON = 20_000  # a subject of so many records says little
_SHOWN = (
    "title", "subtitle", "authors", "year", "year_text", "language", "material", "class_scheme", "class_number",
    "cover", "subjects", "work_key", "publisher", "edition", "age_group",
)  # fmt: skip
# "Əsərləri ; cild 3": the volume behind the title of a series.
_VOLUME = re.compile(
    r"\s*(?:;|[,.]?\s*\b(?:vol|no|cild|том|вып|кн|ტომი|cilt|jild)\b\.?\s*\d).*$", re.IGNORECASE
)
_NEXT_SERIES = re.compile(r"(?<! ); ")  # the semicolon before a volume has a space on both sides


@dataclass(frozen=True, slots=True)
class Related:
    """Other editions of the work by language, the record's own first, each the newest first; and similar works."""

    editions: list[tuple[str, list[Record]]]
    similar: list[Record]

    @property
    def edition_total(self) -> int:
        return sum(len(rows) for _language, rows in self.editions)


def related(record: Record) -> Related:
    """Both with one query of records, beside headings and search; no similar works while that is away."""
    ids = _under_same_subjects(record)
    # Each half enters by its own index; one condition with "or" would go through all records.
    alike = Record.objects.filter(pk__in=ids).only(*_SHOWN).order_by()
    editions = Record.objects.filter(work_key=record.work_key or None).only(*_SHOWN).order_by()
    rows = {row.pk: row for row in alike.union(editions, all=True)[: _CANDIDATES + MOST_EDITIONS + 1]}
    rows.pop(record.pk, None)
    own = [row for row in rows.values() if record.work_key and row.work_key == record.work_key]
    others = [row for row in rows.values() if not record.work_key or row.work_key != record.work_key]
    return Related(_by_language(record, own[:MOST_EDITIONS]), _most_alike(record, others))


def _by_language(record: Record, rows: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: -(row.year or 0)):
        found[row.language].append(row)
    return sorted(found.items(), key=lambda pair: (pair[0] != record.language, -len(pair[1]), pair[0]))


def _most_alike(record: Record, rows: Sequence[Record]) -> list[Record]:
    """Those that share most with the record, one of each work."""
    works: dict[str, Record] = {}
    for row in sorted(rows, key=lambda row: _likeness(record, row), reverse=True):
        works.setdefault(row.work_key or str(row.pk), row)
    return list(works.values())[:SIMILAR]


def _under_same_subjects(record: Record) -> list[int]:
    subjects = _telling_subjects(record.subjects)
    if not subjects:
        return []
    try:
        found = search("", filters={"subject": subjects}, per_page=_CANDIDATES)
    except SearchUnavailable:
        return []
    return [int(name.partition(":")[2]) for name in found.ids]


def series_addresses(record: Record) -> list[tuple[str, str]]:
    """The series of a record, each with the query of a search for the others of the series."""
    return [(name, _phrase(name)) for name in _NEXT_SERIES.split(record.series) if name.strip()]


def _telling_subjects(subjects: Sequence[str]) -> list[str]:
    """The rarest of the subjects that other records have, too."""
    counted = Heading.objects.filter(kind=Heading.Kind.SUBJECT, text__in=subjects[:12], records__gt=1)
    rows = sorted(counted.values_list("records", "text"))
    telling = [text for records, text in rows if records <= _COMMON] or [text for _records, text in rows[:1]]
    return telling[:_SUBJECTS_ASKED]


def _likeness(record: Record, other: Record) -> tuple[bool, int, int, bool, int]:
    """How much two works share; what is meant for other readers comes last."""
    shared = len(set(record.subjects) & set(other.subjects))
    digits = 0
    if record.class_scheme == other.class_scheme:
        for one, two in zip(record.class_number, other.class_number, strict=False):
            if one != two:
                break
            digits += 1
    same_readers = record.age_group == other.age_group
    return same_readers, shared, digits, record.language == other.language, other.pk


def _phrase(name: str) -> str:
    words = _VOLUME.sub("", name).replace('"', " ").strip() or name.replace('"', " ").strip()
    return "?" + urlencode({"q": f'"{words}"'})
