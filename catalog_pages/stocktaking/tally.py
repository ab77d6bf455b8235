"""The sums of a count: copies and value by kind of material and by class, as the minutes show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog_pages.classes import class_name
from catalog_pages.labels import material_name
from catalog_pages.models import Item

OUTCOMES = ("counted", "away", "moved", "missing")
NO_CLASS = "-"


def _sums() -> dict[str, Any]:
    return dict.fromkeys(OUTCOMES, 0) | {"value": Decimal(0), "missing_value": Decimal(0)}


@dataclass(slots=True)
class Tally:
    """Sums that grow copy by copy."""

    materials: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(_sums))
    classes: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(_sums))
    scans: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item, outcome: str) -> None:
        main = item.record.main_class
        for sums in (
            self.materials[item.record.material],
            self.classes[NO_CLASS if main is None else str(main)],
        ):
            sums[outcome] += 1
            sums["value"] += item.price or 0
            if outcome == "missing":
                sums["missing_value"] += item.price or 0

    def as_json(self) -> dict[str, Any]:
        return {"materials": _plain(self.materials), "classes": _plain(self.classes), "scans": self.scans}


def _plain(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        key: {name: str(value) if isinstance(value, Decimal) else value for name, value in sums.items()}
        for key, sums in groups.items()
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the minutes' tables."""

    label: str
    counted: int
    away: int
    moved: int
    missing: int
    value: Decimal
    missing_value: Decimal

    @property
    def registered(self) -> int:
        return self.counted + self.away + self.moved + self.missing


def lines(totals: Mapping[str, Any], group: str) -> list[Line]:
    """The lines of "materials" or "classes", with names in the active language."""
    groups = totals.get(group, {})
    return [
        _line(_label(group, key), groups[key])
        for key in sorted(groups, key=lambda key: (key == NO_CLASS, key))
    ]


def whole(totals: Mapping[str, Any]) -> Line:
    """All of it in one line."""
    parts = lines(totals, "materials")
    return Line(
        _("In all"),
        sum(part.counted for part in parts),
        sum(part.away for part in parts),
        sum(part.moved for part in parts),
        sum(part.missing for part in parts),
        sum((part.value for part in parts), Decimal(0)),
        sum((part.missing_value for part in parts), Decimal(0)),
    )


def _label(group: str, key: str) -> str:
    if group == "materials":
        return material_name(key)
    return _("No class") if key == NO_CLASS else f"{key} {class_name(int(key))}"


def _line(label: str, sums: Mapping[str, Any]) -> Line:
    counted, away, moved, missing = (int(sums[outcome]) for outcome in OUTCOMES)
    value, missing_value = Decimal(sums["value"]), Decimal(sums["missing_value"])
    return Line(label, counted, away, moved, missing, value, missing_value)
