"""Authors and subjects as headings with the number of their records, counted behind the writes.

The same run links them to the authority file before, and examines the records.

Whoever writes records notes them in the same transaction (``services.note_headings``), as for the search. The worker
counts them here: it compares what a record says now with what it is counted under, so that counting a record twice
changes nothing, and a run that was cut off is simply run again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic

from django.db import transaction
from django.db.models import F

from catalog_pages.authorities.following import follow_authorities
from catalog_pages.authorities.linking import Entries, read_headings, write_links
from catalog_pages.importing import Reporter
from catalog_pages.models import ALPHABETS, ChangedRecords, CountedRecord, Heading, Record, RecordAuthority
from catalog_pages.quality.findings import examine
from catalog_pages.sort_keys import renew_records
from library.headings import match_key
from search.analysis import fold
from search.locks import exclusive
from search.sorting import filing_key

LOCK = "headings"
LOCK_SECONDS = 120
RECORDS_AT_ONCE = 500
FOLLOWED_AT_ONCE = 100  # in one transaction
_ROWS_PER_QUERY = 400
_KINDS = ((Heading.Kind.AUTHOR, "authors"), (Heading.Kind.SUBJECT, "subjects"))

Name = tuple[str, str]  # kind and text


class CountingElsewhere(Exception):
    """Another process counts headings at this moment."""


def count_changes(*, seconds: float = 60) -> int:
    """Link, examine and count changed records for about so long; return how many records were looked at.

    First come the records of entries of the authority file that were changed or merged.

    Does nothing while another process counts.
    """
    deadline, done, entries = monotonic() + seconds, 0, Entries()
    with exclusive(LOCK) as is_ours:
        if is_ours:
            done += follow_authorities(work=lambda ids: _follow_up(ids, entries), deadline=deadline)
        while is_ours and (count := _count_some(entries)):
            done += count
            if monotonic() > deadline:
                break
    return done


def rebuild_headings(*, progress: Reporter) -> int:
    """Count all records anew and make all keys anew; return how many headings there are.

    Lists stay in use meanwhile. Stopped in between, it is simply run again. Raises CountingElsewhere.
    """
    with exclusive(LOCK, wait=LOCK_SECONDS) as is_ours:
        if not is_ours:
            raise CountingElsewhere
        for model in (Record, CountedRecord):  # the second for those whose record is gone
            for ids in _in_steps(model):
                with transaction.atomic():
                    _count(ids)
                progress.advance(len(ids) if model is Record else 0)
        _put_right(_totals())
    return Heading.objects.count()


def link_unlinked(*, progress: Reporter) -> int:
    """Link, examine and count the records that have no link yet; return how many records were looked at.

    Stopped in between, it is simply run again: it goes on with those that are left. Raises CountingElsewhere.
    """
    with exclusive(LOCK, wait=LOCK_SECONDS) as is_ours:
        if not is_ours:
            raise CountingElsewhere
        done, entries = 0, Entries()
        for ids in _in_steps(Record):
            linked = RecordAuthority.objects.filter(record_id__in=ids).values_list("record_id", flat=True)
            if left := sorted(set(ids).difference(linked)):
                _follow_up(left, entries)
                done += len(left)
            progress.advance(len(ids))
    return done


def heading_keys(text: str) -> dict[str, str]:
    """The columns by which a heading is found and listed: one key for each alphabet, and the folded one."""
    keys = {f"key_{language}": filing_key(text, "", language) for language in ALPHABETS}
    return keys | {"fold_key": fold_key(text)}


def fold_key(text: str) -> str:
    """What a heading is found by when it is typed without its marks and special letters."""
    return filing_key(fold(text), "en", "en")


def _count_some(entries: Entries) -> int:
    """Count the records of the oldest notes, as many as fit one short transaction."""
    notes: list[int] = []
    ids: set[int] = set()
    for note in ChangedRecords.objects.order_by("pk")[:RECORDS_AT_ONCE]:
        if notes and len(ids) + len(note.records) > RECORDS_AT_ONCE:
            break
        notes.append(note.pk)
        ids.update(note.records)
    if not notes:
        return 0
    _follow_up(sorted(ids), entries)
    with transaction.atomic():
        ChangedRecords.objects.filter(pk__in=notes).delete()
    return len(ids)


def _follow_up(ids: Sequence[int], entries: Entries) -> None:
    """What follows a change of records, in short transactions; doing it again changes nothing."""
    for start in range(0, len(ids), FOLLOWED_AT_ONCE):
        chunk = ids[start : start + FOLLOWED_AT_ONCE]
        _complete_keys(chunk)
        records = read_headings(chunk, entries)
        with transaction.atomic():
            write_links(records, entries)
            examine(chunk)
            _count(chunk)


def _complete_keys(ids: Iterable[int]) -> None:
    """Sort keys that records of an earlier version do not have yet."""
    without = Record.objects.filter(pk__in=ids, title_key="").exclude(title_sort="")
    if missing := list(without.values_list("pk", flat=True)):
        renew_records(missing)


def _count(ids: Iterable[int]) -> None:
    """Bring headings and counts in line with what these records say; inside the caller's transaction."""
    ids = list(ids)
    said = {pk: set(names) for pk, names in _names(ids)}
    counted = dict(CountedRecord.objects.filter(pk__in=ids).values_list("pk", "headings"))
    heading_ids = _find_or_create(set().union(*said.values()))
    changes: Counter[int] = Counter()
    rows, gone = [], []
    for pk in ids:
        before = set(counted.get(pk, ()))
        now = {heading_ids[name] for name in said.get(pk, ())}
        changes.update(now - before)
        changes.subtract(before - now)
        if now and now != before:
            rows.append(CountedRecord(record_id=pk, headings=sorted(now)))
        elif before and not now:
            gone.append(pk)
    CountedRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["record_id"], update_fields=["headings"]
    )
    CountedRecord.objects.filter(pk__in=gone).delete()
    _apply(changes)


def _names(ids: Sequence[int]) -> Iterator[tuple[int, Iterator[Name]]]:
    """Each record with its headings; what is too long to be one, or has no letter or digit, is left out."""
    for pk, *columns in Record.objects.filter(pk__in=ids).values_list("pk", "authors", "subjects"):
        yield (
            pk,
            (
                (str(kind), text)
                for (kind, _column), texts in zip(_KINDS, columns, strict=True)
                for text in texts
                if 0 < len(text) <= Heading.TEXT_LENGTH and match_key(text)
            ),
        )


def _find_or_create(names: set[Name]) -> Mapping[Name, int]:
    known: dict[Name, int] = {}
    for kind, texts in _by_kind(names).items():
        for chunk in _chunks(texts):
            rows = Heading.objects.filter(kind=kind, text__in=chunk)
            known |= {(kind, text): pk for pk, text in rows.values_list("pk", "text")}
    new = [Heading(kind=kind, text=text, **heading_keys(text)) for kind, text in sorted(names - known.keys())]
    for heading in Heading.objects.bulk_create(new, batch_size=_ROWS_PER_QUERY // 4):
        known[heading.kind, heading.text] = heading.pk
    return known


def _by_kind(names: Iterable[Name]) -> Mapping[str, list[str]]:
    texts = defaultdict(list)
    for kind, text in sorted(names):
        texts[kind].append(text)
    return texts


def _apply(changes: Mapping[int, int]) -> None:
    """Add the changes to the counts; a heading without records goes."""
    by_size = defaultdict(list)
    for pk, change in changes.items():
        if change:
            by_size[change].append(pk)
    for change, pks in by_size.items():
        for chunk in _chunks(pks):
            Heading.objects.filter(pk__in=chunk).update(records=F("records") + change)
            if change < 0:
                Heading.objects.filter(pk__in=chunk, records__lte=0).delete()


def _in_steps(model: type) -> Iterator[list[int]]:
    """All primary keys of a table, some hundred at a time."""
    last = 0
    while ids := list(
        model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:RECORDS_AT_ONCE]  # type: ignore[attr-defined]
    ):
        yield ids
        last = ids[-1]


def _totals() -> Counter[int]:
    totals: Counter[int] = Counter()
    for headings in CountedRecord.objects.values_list("headings", flat=True).iterator(chunk_size=2000):
        totals.update(headings)
    return totals


def _put_right(totals: Mapping[int, int]) -> None:
    """Counts and keys of all headings as they must be: after a restored backup, or when an order has changed."""
    columns = ["records", *heading_keys("")]
    for pks in _in_steps(Heading):
        wrong = []
        for heading in Heading.objects.filter(pk__in=pks):
            right = heading_keys(heading.text) | {"records": totals[heading.pk]}
            if any(getattr(heading, column) != value for column, value in right.items()):
                for column, value in right.items():
                    setattr(heading, column, value)
                wrong.append(heading)
        with transaction.atomic():
            Heading.objects.bulk_update(wrong, columns, batch_size=50)
    Heading.objects.filter(records__lte=0).delete()


def _chunks(values: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(values), _ROWS_PER_QUERY):
        yield values[start : start + _ROWS_PER_QUERY]
