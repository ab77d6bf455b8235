"""Long lists walked by place instead of by page number: every step costs the same, however deep it is.

A place is the key of a row and, where keys are equal, its number. The next rows are those behind the last place, the
previous ones those before the first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet

_PLACE = re.compile(r"([0-9a-z]{0,200})\.(\d{1,18})")
_BEHIND_ALL = "zzzz"  # behind everything that begins alike: no key goes on so


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    key: str
    pk: int

    def __str__(self) -> str:
        return f"{self.key}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that an address names; None where it names none."""
        found = _PLACE.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None


_LAST = Place(_BEHIND_ALL * 4, 0)  # behind every row


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a list is asked for: from a key on, behind a place or before one."""

    start: str = ""
    after: Place | None = None
    before: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list, and the places from which the parts before and behind are read, if there are any."""

    rows: list[Any]
    previous: Place | None
    next: Place | None


@dataclass(frozen=True, slots=True)
class Walk:
    """A list in the order of a column with keys; ``pk`` names the column that tells equal keys apart.

    With ``low`` and ``high``, the part of the list from one key on and before another. Rows are never filtered by the
    column elsewhere: of two lower bounds a database enters the index at the first it meets, not at the higher one.
    """

    rows: QuerySet
    key: str
    pk: str = "pk"
    low: str = ""
    high: str = ""

    def part(self, wanted: Wanted, limit: int) -> Part:
        """Up to ``limit`` rows. A step over either end of the list shows the rows at that end in full."""
        if wanted.before:
            return self._part_before(wanted.before, limit) or self._part_behind(Wanted(), limit)
        part = self._part_behind(wanted, limit)
        if not part.rows and (wanted.after or wanted.start):
            return self._part_before(_LAST, limit) or self._part_behind(Wanted(), limit)
        return part

    def _part_before(self, place: Place, limit: int) -> Part | None:
        """The rows before a place; None where there are too few to fill a part."""
        rows = list(self.before(place)[: limit + 1])
        if len(rows) < limit:
            return None
        first = self.place(rows[limit - 1]) if len(rows) > limit else None
        return Part(
            rows[:limit][::-1], first, self.place(rows[0]) if self.after(self.place(rows[0]))[:1] else None
        )

    def _part_behind(self, wanted: Wanted, limit: int) -> Part:
        behind = self.after(wanted.after) if wanted.after else self._from(wanted.start)
        rows = list(behind[: limit + 1])
        if not rows:
            return Part([], None, None)
        first = self.place(rows[0])
        is_deep = bool(wanted.after or wanted.start) and bool(self.before(first)[:1])
        last = self.place(rows[limit - 1]) if len(rows) > limit else None
        return Part(rows[:limit], first if is_deep else None, last)

    def place(self, row: Any) -> Place:
        return Place(getattr(row, self.key), getattr(row, self.pk))

    def after(self, place: Place) -> QuerySet:
        """The rows behind a place, the nearest first."""
        here = Q(**{f"{self.key}__gt": place.key}) | Q(**{f"{self.pk}__gt": place.pk})
        return self._from(place.key).filter(here)

    def before(self, place: Place) -> QuerySet:
        """The rows before a place, the nearest first."""
        here = Q(**{f"{self.key}__lt": place.key}) | Q(**{f"{self.pk}__lt": place.pk})
        rows = self._bounded(gte=self.low)
        if self.high and place.key >= self.high:
            rows = rows.filter(**{f"{self.key}__lt": self.high})
        else:
            rows = rows.filter(here, **{f"{self.key}__lte": place.key})
        return rows.order_by(f"-{self.key}", f"-{self.pk}")

    def _from(self, key: str) -> QuerySet:
        return self._bounded(gte=max(key, self.low), lt=self.high).order_by(self.key, self.pk)

    def _bounded(self, **bounds: str) -> QuerySet:
        return self.rows.filter(**{f"{self.key}__{side}": key for side, key in bounds.items() if key})


def beginnings(
    model: type[models.Model],
    column: str,
    *,
    where: Mapping[str, str],
    length: int,
    longer: tuple[str, int] = ("", 0),
    most: int = 300,
) -> list[str]:
    """The different first ``length`` signs of the keys in a column, in order; those of empty keys left out.

    Keys that begin with ``longer[0]`` are told apart by ``longer[1]`` signs. Jumps from one beginning to the next in
    the index of ``where`` and ``column``, so it takes as many steps as there are beginnings, not rows.
    """
    quote = connection.ops.quote_name
    key, table = quote(column), quote(model._meta.db_table)
    conditions = " AND ".join([*(f"{quote(name)} = %s" for name in where), f"{key} > "])
    prefix, longer_length = longer
    cut = f"substr({{0}}, 1, CASE WHEN substr({{0}}, 1, {len(prefix)}) = %s THEN {longer_length} ELSE {length} END)"
    if not prefix:
        cut = f"substr({{0}}, 1, {length})"
    step = f"(SELECT {key} FROM {table} WHERE {conditions}{{0}} ORDER BY {key} LIMIT 1)"  # noqa: S608
    behind = f"{cut.format('found.beginning')} || '{_BEHIND_ALL}'"
    sql = (
        f"WITH RECURSIVE found(beginning) AS (SELECT {step.format(repr(''))}"  # noqa: S608
        f" UNION ALL SELECT {step.format(behind)} FROM found WHERE beginning IS NOT NULL)"
        f" SELECT {cut.format('beginning')} FROM found WHERE beginning IS NOT NULL LIMIT {most}"
    )
    values, marks = list(where.values()), [prefix] if prefix else []
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *values, *marks, *marks])
        return [beginning for (beginning,) in cursor.fetchall()]
