"""The history of a copy in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog_pages.models import Item, ItemEvent
from library.models import Branch
from library.money import Price, prices

EVENTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, what, the details in words, and the member of staff."""

    at: datetime
    what: str
    details: list[str]
    by: str


def history_of(item: Item) -> list[Line]:
    """The latest events of a copy, the newest first, in three queries."""
    price = prices()
    events = list(ItemEvent.objects.filter(item=item).select_related("by")[:EVENTS_SHOWN])
    codes = {value for event in events for value in _codes(event.data)}
    names = {branch.code: str(branch) for branch in Branch.objects.filter(code__in=codes)} if codes else {}
    return [
        Line(event.at, event.get_kind_display(), _details(event, names, price), str(event.by or ""))
        for event in events
    ]


def _codes(data: dict[str, Any]) -> set[str]:
    changed = data.get("fields", {}).get("branch", [])
    return {value for value in (data.get("from"), data.get("to"), data.get("at"), *changed) if value}


def _details(event: ItemEvent, names: dict[str, str], price: Price) -> list[str]:
    data = event.data
    if event.kind == ItemEvent.Kind.STATUS:
        words = [f"{_value('status', data.get('from'), names)} → {_value('status', data.get('to'), names)}"]
    elif event.kind == ItemEvent.Kind.CHANGED:
        words = [_change(name, pair, names) for name, pair in data.get("fields", {}).items()]
    elif event.kind == ItemEvent.Kind.SENT:
        words = [f"{names.get(data.get('from'), '')} → {names.get(data.get('to'), '')}"]
    else:
        words = [names.get(data.get("at"), "")]
    if data.get("price"):
        words.append(f"{_label('price')}: {price(Decimal(data['price']))}")
    return [word for word in [*words, data.get("reason", "")] if word]


def _change(name: str, pair: list[Any], names: dict[str, str]) -> str:
    before, after = (_value(name, value, names) for value in pair)
    return f"{_label(name)}: {before} → {after}"


def _label(name: str) -> str:
    try:
        return capfirst(str(Item._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return name


def _value(name: str, value: Any, names: dict[str, str]) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "branch":
        return names.get(value, str(value))
    choices = dict(Item._meta.get_field(name).flatchoices)
    return str(choices.get(value, value))
