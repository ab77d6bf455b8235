"""How the index is, for those who look after it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from search.generations import building_generation, live_generation
from search.models import OutboxEntry
from search.results import Status
from search.service import ping


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """The engine and its documents, what waits to reach the index, and when the index was made."""

    status: Status
    waiting: int
    oldest: datetime | None  # since when the longest waiting change waits
    rebuilt: datetime | None  # when the index in use came into use
    rebuilding_since: datetime | None


def index_health() -> IndexHealth:
    """How the index is now; never raises for an engine that is away."""
    live, building = live_generation(), building_generation()
    # Changes kept for an index that is being built have reached the one in use.
    missing = OutboxEntry.objects.filter(generation__in=["", live.name] if live else [""])
    counted = missing.aggregate(waiting=Count("pk"), oldest=Min("created_at"))
    return IndexHealth(
        status=ping(),
        waiting=counted["waiting"],
        oldest=counted["oldest"],
        rebuilt=live.activated_at if live else None,
        rebuilding_since=building.created_at if building else None,
    )
