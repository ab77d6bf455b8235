"""What else the authors and subjects of records are called: by all of it their records are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from catalog_pages.models import RecordAuthority


@dataclass(slots=True)
class Names:
    """Other names of a record's authors and of its subjects."""

    authors: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)


def other_names(record_ids: Sequence[int]) -> Mapping[int, Names]:
    """The other names that the authority file has for the headings of records; one query."""
    found: dict[int, Names] = defaultdict(Names)
    rows = (
        RecordAuthority.objects.filter(record_id__in=record_ids, authority__names__isnull=False)
        .annotate(name=F("authority__names__name"))
        .order_by("record_id", "role", "position", "authority__names__pk")
    )
    for record_id, role, name in rows.values_list("record_id", "role", "name"):
        names = found[record_id]
        (names.authors if role == RecordAuthority.Role.AUTHOR else names.subjects).append(name)
    return found
