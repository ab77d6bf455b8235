"""Copies that a rule brings up for weeding: a proposal to look at, never a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from wagtail import hooks

from catalog_pages.models import Item, MissingItem, Stocktaking, WeedingEntry
from catalog_pages.weeding.rules import OUT_OF_THE_HOUSE

# Catalogue hook: a callable (items: QuerySet, since: date) -> QuerySet of those that were not lent since then.
NOT_LENT_HOOK = "register_items_not_lent"
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for; what is None is not asked. All that is asked must hold."""

    older_than: int | None = None
    copies_kept: int | None = None
    missing_counts: int | None = None
    not_lent_years: int | None = None
    status: str = ""

    @property
    def asks_nothing(self) -> bool:
        asked = (self.older_than, self.copies_kept, self.missing_counts, self.not_lent_years)
        return all(value is None for value in asked) and not self.status


def lending_is_known() -> bool:
    """Whether some room says which copies were not lent."""
    return bool(hooks.get_hooks(NOT_LENT_HOOK))


def found_by(rule: Rule, branch: Any, store: str = "") -> QuerySet[Item]:
    """Copies of a library that the rule brings up, with their records, in the order of their keys.

    Legal deposit, what is not in the house, what is withdrawn and what stands on an undecided list is left out.
    """
    items: QuerySet[Item] = Item.objects.filter(branch=branch, is_legal_deposit=False)
    items = items.exclude(status__in=[*OUT_OF_THE_HOUSE, Item.Status.WITHDRAWN])
    items = items.exclude(
        pk__in=WeedingEntry.objects.filter(is_pending=True, item__isnull=False).values("item")
    )
    if store:
        items = items.filter(store=store)
    if rule.status:
        items = items.filter(status=rule.status)
    if rule.older_than is not None:
        items = items.filter(record__year__lt=rule.older_than)
    if rule.missing_counts:
        items = items.filter(status=Item.Status.MISSING, pk__in=_missing_often(rule.missing_counts))
    if rule.copies_kept is not None:
        items = items.filter(pk__in=_beyond(rule.copies_kept, branch))
    if rule.not_lent_years:
        items = _not_lent(items, timezone.localdate() - timedelta(days=365 * rule.not_lent_years))
    return items.select_related("record").order_by("pk")


def _missing_often(counts: int) -> QuerySet[Any]:
    rows = MissingItem.objects.filter(stocktaking__state=Stocktaking.State.APPROVED, item__isnull=False)
    rows = rows.filter(found_at=None)
    return rows.order_by().values("item").annotate(n=Count("pk")).filter(n__gte=counts).values("item")


def _beyond(kept: int, branch: Any) -> QuerySet[Any]:
    """The copies of each record behind the first ones, which are those that came first."""
    place = Window(RowNumber(), partition_by=F("record_id"), order_by=F("pk").asc())
    held = Item.objects.filter(branch=branch).exclude(status__in=Item.GONE).order_by()
    return held.annotate(place=place).filter(place__gt=kept).values("pk")


def _not_lent(items: QuerySet[Item], since: date) -> QuerySet[Item]:
    for narrow in hooks.get_hooks(NOT_LENT_HOOK):
        asked: Callable[[QuerySet[Item], date], QuerySet[Item]] = narrow
        items = asked(items, since)
    return items
