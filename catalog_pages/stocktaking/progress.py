"""How far a count is: by verdict, by person, by shelf; each from an index, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from catalog_pages.models import Item, Scan, Stocktaking
from catalog_pages.stocktaking.closing import GONE, scan_counts
from library.models import User

MOST_SHELVES = 50


@dataclass(frozen=True, slots=True)
class Progress:
    verdicts: list[tuple[str, int]]
    people: list[tuple[str, int]]
    shelves: list[tuple[str, int]]
    counted: int
    registered: int


def progress(stocktaking: Stocktaking) -> Progress:
    """How many copies were found of how many in the register, and by whom and where most were counted."""
    counts = scan_counts(stocktaking)
    rows = stocktaking.scans.filter(undone=False).order_by()
    people = dict(rows.values_list("by").annotate(n=Count("pk")))
    names = {user.pk: user for user in User.objects.filter(pk__in=[key for key in people if key])}
    shelves = rows.values_list("shelf").annotate(n=Count("pk")).order_by("-n", "shelf")[:MOST_SHELVES]
    return Progress(
        verdicts=[(str(verdict.label), counts[verdict]) for verdict in Scan.Verdict if verdict in counts],
        people=sorted(((_name(names.get(key)), n) for key, n in people.items()), key=lambda row: -row[1]),
        shelves=[row for row in shelves if row[0]],
        counted=sum(counts.get(verdict, 0) for verdict in Scan.OF_THIS_STORE),
        registered=registered(stocktaking),
    )


def registered(stocktaking: Stocktaking) -> int:
    """How many copies the register has for this count: those that were there when it was opened."""
    items: Any = Item.objects.filter(
        branch=stocktaking.branch_id, store=stocktaking.store, pk__lte=stocktaking.last_item
    )
    if stocktaking.shelf:
        items = items.filter(shelf=stocktaking.shelf)
    if stocktaking.key_from:
        items = items.filter(shelf_key__gte=stocktaking.key_from, shelf_key__lt=stocktaking.key_to)
    return int(items.exclude(status__in=GONE).count())


def _name(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else "–"
