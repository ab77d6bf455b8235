"""Reads of the catalogue, named in the domain's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from library.models import Branch

if TYPE_CHECKING:
    from catalog_pages.models import Record

BRANCHES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Availability:
    """What a reader wants to know of one record: how many items, how many here now, and where.

    ``branches`` holds up to three branches, those with an available item first;
    ``branch_count`` says how many hold the record in all, ``available_branch_count`` in how many it stands now.
    """

    available: int = 0
    total: int = 0
    branches: tuple[Branch, ...] = ()
    branch_count: int = 0
    available_branch_count: int = 0


class RecordQuerySet(models.QuerySet["Record"]):
    def for_results(self, ids: Sequence[int], branch: Branch | None = None) -> list[Record]:
        """Records in the order of ``ids``, each with ``.availability``; ids that are gone are left out.

        With a branch, only its items count. Takes three queries, however many records and items there are: the items
        are counted in SQL.
        """
        from catalog_pages import models as catalogue  # which imports this module

        found = self.in_bulk(ids)
        records: list[Record] = [found[pk] for pk in ids if pk in found]
        items = (
            catalogue.Item.objects.all() if branch is None else catalogue.Item.objects.filter(branch=branch)
        )
        availability = items.availability(found) if records else {}
        for record in records:
            record.availability = availability.get(record.pk, Availability())
        return records


class ItemQuerySet(models.QuerySet[Any]):
    def held(self) -> ItemQuerySet:
        """Items the library still owns: neither withdrawn nor lost."""
        return self.exclude(status__in=self.model.GONE)

    def by_branch(self) -> ItemQuerySet:
        """Items in the order of their branches, then of their call numbers, with the branch loaded."""
        return self.select_related("branch").order_by("branch__position", "branch__code", "call_number", "pk")

    def availability(self, record_ids: Iterable[int]) -> dict[int, Availability]:
        """Availability of each record that has items, counted in SQL per record and branch."""
        rows = (
            self.held()
            .filter(record_id__in=list(record_ids))
            .order_by()
            .values_list("record_id", "branch_id")
            .annotate(total=Count("pk"), here=Count("pk", filter=Q(available=True)))
        )
        per_record: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for record_id, branch_id, total, here in rows:
            per_record[record_id].append((branch_id, total, here))
        branches = Branch.objects.in_bulk({row[0] for rows in per_record.values() for row in rows})
        return {record_id: _availability(rows, branches) for record_id, rows in per_record.items()}


def _availability(rows: list[tuple[int, int, int]], branches: dict[int, Branch]) -> Availability:
    def order(row: tuple[int, int, int]) -> tuple[bool, int, str]:
        branch = branches[row[0]]
        return (not row[2], branch.position, branch.code)

    return Availability(
        available=sum(here for _branch, _total, here in rows),
        total=sum(total for _branch, total, _here in rows),
        branches=tuple(branches[row[0]] for row in sorted(rows, key=order)[:BRANCHES_SHOWN]),
        branch_count=len(rows),
        available_branch_count=sum(bool(here) for _branch, _total, here in rows),
    )
