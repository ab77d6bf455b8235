"""The records of the catalogue for OAI-PMH, by branch and by kind of material."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from catalog_pages.deletions import BRANCH, KIND, branches_of, sets_of
from catalog_pages.export import dublin_core, marcxml
from catalog_pages.export.elements import Element
from catalog_pages.export.outgoing import outgoing
from catalog_pages.models import DeletedRecord, Item, Material, Record
from catalog_pages.oai.providers import MetadataFormat, Place, Row, Selection
from library.models import Branch

_MARCXML = MetadataFormat("marcxml", marcxml.SCHEMA, marcxml.NAMESPACE)
_WRITERS = {
    "oai_dc": dublin_core.dublin_core,
    "marcxml": marcxml.marcxml,
    "marc21": marcxml.marcxml,  # the same under the name that others ask for
}


class RecordProvider:
    """First the records there are, then those deleted."""

    name = "catalogue"
    formats = (
        MetadataFormat("oai_dc", dublin_core.SCHEMA, dublin_core.NAMESPACE),
        _MARCXML,
        MetadataFormat("marc21", marcxml.SCHEMA, marcxml.NAMESPACE),
    )
    stages = 2

    def sets(self) -> Sequence[tuple[str, str]]:
        branches = [(f"{BRANCH}{branch.code}", str(branch)) for branch in Branch.objects.order_by("code")]
        return [*branches, *((f"{KIND}{code}", str(label)) for code, label in Material.choices)]

    def rows(self, selection: Selection, stage: int, after: Place | None, limit: int) -> Sequence[Row]:
        if stage:
            deleted = DeletedRecord.objects.filter(_in_deleted_set(selection.set_spec))
            found = _part(deleted, "deleted_at", selection, after, limit)
            return [Row(gone.pk, gone.deleted_at, gone.set_list, is_deleted=True) for gone in found]
        records = Record.objects.filter(_in_set(selection.set_spec)).only("pk", "updated_at", "material")
        return _headers(_part(records, "updated_at", selection, after, limit))

    def row(self, number: int) -> Row | None:
        if found := Record.objects.filter(pk=number).only("pk", "updated_at", "material").first():
            return _headers([found])[0]
        gone = DeletedRecord.objects.filter(pk=number).first()
        return Row(gone.pk, gone.deleted_at, gone.set_list, is_deleted=True) if gone else None

    def metadata(self, numbers: Sequence[int], prefix: str) -> Mapping[int, Element]:
        write = _WRITERS[prefix]
        records = Record.objects.filter(pk__in=numbers)
        return {found.record.pk: write(found) for found in outgoing(records)}

    def earliest(self) -> datetime | None:
        firsts = (
            Record.objects.aggregate(first=Min("updated_at"))["first"],
            DeletedRecord.objects.aggregate(first=Min("deleted_at"))["first"],
        )
        return min(filter(None, firsts), default=None)


def _part(
    rows: QuerySet[Any], column: str, selection: Selection, after: Place | None, limit: int
) -> Sequence[Any]:
    rows = rows.filter(**{f"{column}__lt": selection.before})
    if after:
        moment = datetime.fromisoformat(after[0])
        behind = Q(**{f"{column}__gt": moment}) | Q(pk__gt=after[1])
        rows = rows.filter(behind, **{f"{column}__gte": moment})
    elif selection.since:
        rows = rows.filter(**{f"{column}__gte": selection.since})
    return list(rows.order_by(column, "pk")[:limit])


def _headers(records: Sequence[Record]) -> list[Row]:
    branches: dict[int, list[str]] = defaultdict(list)
    for record_id, code in branches_of([record.pk for record in records]):
        branches[record_id].append(code)
    return [
        Row(record.pk, record.updated_at, sets_of(branches[record.pk], record.material)) for record in records
    ]


def _in_set(spec: str) -> Q:
    if spec.startswith(BRANCH):
        held = Item.objects.held().filter(record=OuterRef("pk"), branch__code=spec.removeprefix(BRANCH))
        return Q(Exists(held))
    return Q(material=spec.removeprefix(KIND)) if spec else Q()


def _in_deleted_set(spec: str) -> Q:
    return Q(sets__contains=f" {spec} ") if spec else Q()
