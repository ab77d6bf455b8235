"""Keys by which records that describe the same book find each other: on import, and in the list of duplicates.

A key is a number of 63 bits made of what the records have in common: among a million of them, two different ones
fall together once in ten million catalogues.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from catalog_pages import bulk
from catalog_pages.models import Record, RecordKey
from search.analysis import fold

NUMBER, TITLE = int(RecordKey.Kind.NUMBER), int(RecordKey.Kind.TITLE)
_LONGEST_TITLE = 200
_ROWS_PER_QUERY = 400

Key = tuple[int, int]  # kind and key


def number_key(control_number: str, agency: str) -> list[Key]:
    """The key of a control number with the agency that gave it (001 and 003); none where no agency is named."""
    agency = agency.strip().casefold()
    return [(NUMBER, _hash(control_number.strip(), agency))] if agency and control_number.strip() else []


def title_keys(numbers: Iterable[str], title: str) -> list[Key]:
    """The keys of a title with each of its ISBN and ISSN; one of ten figures equals its form of thirteen.

    The title counts as the search folds it, without signs and blanks.
    """
    wanted = {same for number in numbers if (same := thirteen(number))}
    if not wanted:
        return []
    folded = "".join(sign for sign in fold(title) if sign.isalnum())[:_LONGEST_TITLE]
    return [(TITLE, _hash(number, folded)) for number in sorted(wanted)] if folded else []


def thirteen(number: str) -> str:
    """An ISBN in its form of thirteen figures; an ISSN as it is; nothing where it is neither.

    >>> thirteen("0-14-044793-8"), thirteen("9780140447934"), thirteen("1234-5679")
    ('9780140447934', '9780140447934', '12345679')
    """
    number = "".join(sign for sign in number.upper() if sign in "0123456789X")
    if len(number) != 10:
        return number if len(number) in (8, 13) else ""
    figures = f"978{number[:9]}"
    if not figures.isdigit():
        return ""
    total = sum(int(figure) * (3 if at % 2 else 1) for at, figure in enumerate(figures))
    return f"{figures}{-total % 10}"


def keys_of(record: Record) -> list[Key]:
    """The keys of a record that its columns give."""
    return title_keys([*record.isbns, *record.issns], record.title)


def write_keys(records: Sequence[Record], agencies: Mapping[int, str] | None = None) -> None:
    """Write the keys of records anew, inside the caller's transaction.

    ``agencies`` gives those who numbered them, by primary key; without it the keys of numbers stay as they are.
    """
    keys = {record.pk: keys_of(record) for record in records}
    if agencies is not None:
        for record in records:
            keys[record.pk] += number_key(record.control_number, agencies.get(record.pk, ""))
    keep_keys(keys, old=list(keys), kinds=(TITLE,) if agencies is None else (NUMBER, TITLE))


def keep_keys(
    keys: Mapping[int, Sequence[Key]], *, old: Sequence[int], kinds: Sequence[int] = (NUMBER, TITLE)
) -> None:
    """Write the keys of records, by their numbers; ``old`` are those that have some, which go if of these kinds."""
    for at in range(0, len(old), _ROWS_PER_QUERY):
        rows = RecordKey.objects.filter(record_id__in=old[at : at + _ROWS_PER_QUERY])
        (rows if len(kinds) > 1 else rows.filter(kind=kinds[0])).delete()
    made = [(pk, kind, key) for pk, several in keys.items() for kind, key in several]
    bulk.insert_rows(RecordKey, ("record", "kind", "key"), made)


def find(keys: Iterable[Key]) -> dict[Key, int]:
    """The oldest record with each of these keys; a query for every four hundred of them."""
    found: dict[Key, int] = {}
    keys = set(keys)
    for kind in (NUMBER, TITLE):
        wanted = sorted(key for of_kind, key in keys if of_kind == kind)
        for at in range(0, len(wanted), _ROWS_PER_QUERY):
            rows = RecordKey.objects.filter(kind=kind, key__in=wanted[at : at + _ROWS_PER_QUERY])
            for key, record_id in rows.order_by().values_list("key", "record_id"):
                known = found.get((kind, key))
                found[kind, key] = record_id if known is None else min(known, record_id)
    return found


def _hash(*parts: str) -> int:
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
