"""What remains of deleted records: enough to tell those who hold a copy that it is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from catalog_pages.models import DeletedRecord, Item, Record

BRANCH, KIND = "branch.", "kind."
_ROWS_PER_QUERY = 400


def note_deleted(record_ids: Sequence[int]) -> None:
    """Keep a trace of records that are about to be deleted; inside the caller's transaction, while they exist.

    Signals do it for records deleted one by one; who deletes many in SQL calls this before.
    """
    now = timezone.now()
    for at in range(0, len(record_ids), _ROWS_PER_QUERY):
        chunk = record_ids[at : at + _ROWS_PER_QUERY]
        branches: dict[int, list[str]] = defaultdict(list)
        for record_id, code in branches_of(chunk):
            branches[record_id].append(code)
        kinds = Record.objects.filter(pk__in=chunk).values_list("pk", "material")
        DeletedRecord.objects.bulk_create(
            [
                DeletedRecord(pk=pk, deleted_at=now, sets=f" {' '.join(sets_of(branches[pk], kind))} ")
                for pk, kind in kinds
            ],
            update_conflicts=True,
            unique_fields=["record_id"],
            update_fields=["deleted_at", "sets"],
        )


def branches_of(record_ids: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Each record with the code of each branch that holds it."""
    held = Item.objects.held().filter(record_id__in=list(record_ids))
    return held.order_by("record_id", "branch__code").values_list("record_id", "branch__code").distinct()


def sets_of(branches: Iterable[str], material: str) -> list[str]:
    """The sets of a record in OAI-PMH."""
    return [*(f"{BRANCH}{code}" for code in branches), f"{KIND}{material}"]
