"""Finding records that describe the same book, and merging two of them.

Rooms that keep numbers of records where no foreign key is (in the blocks of a page) follow a merge through the hook
``register_record_merge``: a function that returns a callable taking the kept record and the number of the other,
called inside the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, ForeignObjectRel, OneToOneRel, OuterRef
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.log_actions import log

from catalog_pages.importing.merging import merged
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.formats import record_fields
from catalog_pages.marc.iso2709 import Marc, parse
from catalog_pages.marc.mapping import nonfiling_title
from catalog_pages.models import Item, MarcSource, MergedRecord, NotDuplicate, Record, RecordKey
from catalog_pages.services import WholeMarc, delete_records, place_items, save_record, tell_changed
from library.models import User

MERGED = "catalog_pages.merge"
HOOK = "register_record_merge"
GROUPS, RECORDS_SHOWN = 25, 20


class MergeError(Exception):
    """Two records cannot be merged; the message says why."""


@dataclass(slots=True)
class Group:
    """Records with one key: the oldest first, as many as a page shows, and how many there are."""

    key: int
    count: int
    records: list[Record] = field(default_factory=list)


def groups(kind: int, *, after: int = -1) -> list[Group]:
    """The next groups of records that look alike, one more than a page shows if there are more; five queries."""
    rows = (
        RecordKey.objects.filter(kind=kind, key__gt=after)
        .filter(~Exists(NotDuplicate.objects.filter(kind=kind, key=OuterRef("key"))))
        .values("key")
        .annotate(count=Count("record_id"))
        .filter(count__gt=1)
        .order_by("key")
    )
    found = [Group(row["key"], row["count"]) for row in rows[: GROUPS + 1]]
    _fill(kind, found)
    return found


def _fill(kind: int, found: Sequence[Group]) -> None:
    members: dict[int, list[int]] = defaultdict(list)
    rows = RecordKey.objects.filter(kind=kind, key__in=[group.key for group in found])
    for key, pk in rows.order_by("key", "record_id").values_list("key", "record_id"):
        if len(members[key]) < RECORDS_SHOWN:
            members[key].append(pk)
    wanted = [pk for several in members.values() for pk in several]
    records = Record.objects.in_bulk(wanted)
    items = (
        Item.objects.filter(record_id__in=wanted).order_by().values("record_id").annotate(count=Count("pk"))
    )
    counts = {row["record_id"]: row["count"] for row in items}
    for group in found:
        group.records = [records[pk] for pk in members[group.key] if pk in records]
        for record in group.records:
            record.item_count = counts.get(record.pk, 0)  # type: ignore[attr-defined]


def set_apart(kind: int, first: Record, second: Record) -> None:
    """Remember that records with the keys these two have in common are not the same."""
    keys = RecordKey.objects.filter(kind=kind, record=first).values_list("key", flat=True)
    common = RecordKey.objects.filter(kind=kind, record=second, key__in=list(keys))
    NotDuplicate.objects.bulk_create(
        [NotDuplicate(kind=kind, key=key) for key in common.values_list("key", flat=True)],
        ignore_conflicts=True,
    )


def kept_for(pk: int) -> Record:
    """The record that the one with this number was merged into. Raises Http404."""
    moved = MergedRecord.objects.filter(pk=pk).select_related("kept").first()
    if moved is None:
        raise Http404
    return moved.kept


@transaction.atomic
def merge(*, keep: int, duplicate: int, user: User, fill: bool = False) -> Record:
    """Make two records one and return it: what refers to the duplicate refers to the kept one then.

    Items, articles, lists and links follow; the duplicate's address leads to the kept record, and what is delivered
    under its number adds but items. With ``fill`` the kept record gets the fields only the duplicate has. Raises
    MergeError.
    """
    both = Record.objects.select_for_update().in_bulk(sorted({keep, duplicate}))
    if len(both) < 2:
        raise MergeError(_("Choose two records; one of them may have been merged or deleted meanwhile."))
    kept, gone = both[keep], both[duplicate]
    if kept.host_id == gone.pk or gone.host_id == kept.pk:
        raise MergeError(_("One of these is published in the other: they are not the same."))
    if fill:
        _fill_up(kept, gone)
    for model, column in _references():
        _move(model, column, kept, gone)
    place_items([kept.pk])
    for hook in hooks.get_hooks(HOOK):
        hook()(kept, gone.pk)
    MergedRecord.objects.create(
        record_id=gone.pk, kept=kept, source=gone.source, control_number=gone.control_number
    )
    title, number = gone.title, gone.pk
    delete_records([gone.pk])
    tell_changed([kept.pk])
    log(kept, MERGED, user=user, data={"title": title, "number": number})
    return kept


# What belongs to a record alone and goes with it.
_OWN = (RecordKey, MarcSource)


def _references() -> Iterator[tuple[type[models.Model], str]]:
    """Every table that refers to records, with the field by which it does, of whatever room."""
    for relation in Record._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        if isinstance(relation, OneToOneRel) or relation.related_model in _OWN:
            continue
        yield relation.related_model, relation.field.name


def _move(model: type[models.Model], column: str, kept: Record, gone: Record) -> None:
    rows = model._base_manager.filter(**{column: gone})
    try:
        with transaction.atomic():
            rows.update(**{column: kept})
    except IntegrityError:
        # The kept record is in that list already; the other's place in it goes with the other.
        for pk in rows.values_list("pk", flat=True):
            _move_one(model, pk, column, kept)


def _move_one(model: type[models.Model], pk: Any, column: str, kept: Record) -> None:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{column: kept})
    except IntegrityError:
        return


def _fill_up(kept: Record, gone: Record) -> None:
    """Give the kept record the fields only the other has; where their rules differ, nothing."""
    sources = MarcSource.objects.in_bulk([kept.pk, gone.pk])
    if len(sources) < 2 or sources[kept.pk].format != sources[gone.pk].format:
        return
    try:
        ours, theirs = _marc(sources[kept.pk]), _marc(sources[gone.pk])
        together = merged(ours, theirs)
        if together is None:
            return
        fields = record_fields(together)
    except Rejected:
        return
    old = sources[kept.pk]
    save_record(
        fields=fields,
        record=kept,
        marc=WholeMarc(together.data, old.checksum, old.encoding, old.format),
        filing_title=nonfiling_title(together, fields["title"]) if old.format == "marc21" else "",
    )


def _marc(source: MarcSource) -> Marc:
    marc = parse(source.iso2709, encoding="utf-8")
    marc.format, marc.encoding = source.format, source.encoding
    return marc
