"""What is written down while an import goes on, so that it can be undone."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from catalog_pages.models import Import, ImportStep, Item, MarcSource, PreviousRecord, Record
from catalog_pages.services import RECORD_FIELDS

_ROWS_PER_QUERY = 400
# What tells whether an item is still as the import made it: all but what follows from the rest.
_FOLLOWS = ("id", "shelf_key", "available", "loanable")
_ITEM_FIELDS = [field.attname for field in Item._meta.concrete_fields if field.name not in _FOLLOWS]
_TIMES = ("updated_at",)


class UndoLog:
    """Notes what each transaction of an import creates and writes over; used inside these transactions."""

    def __init__(self, batch: Import) -> None:
        self.batch = batch
        self.last_item = 0

    def before(self, replaced: Sequence[int]) -> None:
        """Keep records as they are, before they are written over, and notice how far the items go."""
        self.last_item = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for at in range(0, len(replaced), _ROWS_PER_QUERY):
            chunk = replaced[at : at + _ROWS_PER_QUERY]
            marcs = {marc.pk: marc for marc in MarcSource.objects.filter(pk__in=chunk)}
            rows = Record.objects.filter(pk__in=chunk).order_by()
            PreviousRecord.objects.bulk_create(
                [
                    PreviousRecord(
                        batch=self.batch, record_id=row["pk"], data=packed(row, marcs.get(row["pk"]))
                    )
                    for row in rows.values("pk", *RECORD_FIELDS)
                ],
                ignore_conflicts=True,  # changed twice by one import: the first state counts
            )

    def after(self, created: Sequence[int], with_items: Sequence[int]) -> None:
        """Keep the numbers of what is new: records, and items on any of ``with_items``."""
        items: list[list[int]] = []
        for at in range(0, len(with_items), _ROWS_PER_QUERY):
            chunk = with_items[at : at + _ROWS_PER_QUERY]
            items += item_marks(Item.objects.filter(record_id__in=chunk, pk__gt=self.last_item))
        if created or items:
            ImportStep.objects.create(batch=self.batch, records=list(created), items=items)


def item_marks(items: Any) -> list[list[int]]:
    """Number and a mark of the state of each item of a query."""
    rows = items.order_by().values_list("pk", *_ITEM_FIELDS)
    return [[pk, zlib.crc32(repr(state).encode())] for pk, *state in rows]


def packed(row: dict[str, Any], marc: MarcSource | None) -> bytes:
    """Columns and MARC of a record in one piece."""
    columns = {name: value for name, value in row.items() if name not in ("pk", *_TIMES)}
    kept: dict[str, Any] = {"columns": columns}
    if marc:
        kept["marc"] = {
            "data": base64.b64encode(marc.iso2709).decode(),
            **{
                name: getattr(marc, name)
                for name in ("checksum", "encoding", "format", "edited", "import_number")
            },
        }
    return zlib.compress(json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False).encode())


def unpacked(data: bytes) -> dict[str, Any]:
    """What ``packed`` has put together; the MARC as bytes again."""
    kept: dict[str, Any] = json.loads(zlib.decompress(data))
    if "marc" in kept:
        kept["marc"]["data"] = base64.b64decode(kept["marc"]["data"])
    return kept
