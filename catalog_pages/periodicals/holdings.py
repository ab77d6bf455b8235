"""What of a periodical is held, library by library: the newest issue, and what is bound."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from catalog_pages.models import BoundVolume, Item, Material, PeriodicalIssue, Record, Subscription
from library.models import Branch

VOLUMES_SHOWN = 200


@dataclass(slots=True)
class PeriodicalHolding:
    """Of one library: the newest issue, whether more are to come, and the labels of its volumes."""

    branch: Branch
    latest: PeriodicalIssue | None = None
    is_current: bool = False
    volumes: list[BoundVolume] = field(default_factory=list)


def periodical_holdings(record: Record) -> list[PeriodicalHolding]:
    """In three queries for a periodical, in none for anything else."""
    if record.material != Material.PERIODICAL:
        return []
    held: dict[int, PeriodicalHolding] = {}
    for subscription in _subscriptions(record):
        holding = held.setdefault(subscription.branch_id, PeriodicalHolding(subscription.branch))
        holding.is_current |= subscription.last_day >= timezone.localdate()
        if subscription.newest and (not holding.latest or holding.latest.day < subscription.newest.day):
            holding.latest = subscription.newest
    volumes = BoundVolume.objects.filter(item__record=record).exclude(item__status__in=Item.GONE)
    for volume in volumes.select_related("item__branch").order_by("first_day", "pk")[:VOLUMES_SHOWN]:
        branch = volume.item.branch
        held.setdefault(branch.pk, PeriodicalHolding(branch)).volumes.append(volume)
    holdings = [holding for holding in held.values() if holding.latest or holding.volumes]
    return sorted(holdings, key=lambda holding: (holding.branch.position, holding.branch.code))


def _subscriptions(record: Record) -> list[Subscription]:
    """The subscriptions of a record, each with ``.newest``, its newest issue that is not bound."""
    newest = PeriodicalIssue.objects.filter(
        subscription=OuterRef("pk"), state__in=PeriodicalIssue.HELD, volume=None
    ).order_by("-day", "-pk")
    rows = list(
        Subscription.objects.filter(record=record)
        .select_related("branch")
        .annotate(newest_pk=Subquery(newest.values("pk")[:1]))
    )
    issues = PeriodicalIssue.objects.in_bulk([row.newest_pk for row in rows if row.newest_pk])
    by_subscription = defaultdict(lambda: None, {issue.subscription_id: issue for issue in issues.values()})
    for row in rows:
        row.newest = by_subscription[row.pk]
    return rows
