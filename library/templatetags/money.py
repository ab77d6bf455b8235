"""Prices in templates: {% load money %}{% price item.price %}."""

from decimal import Decimal
from typing import Any

from django import template

from library.money import currency, in_currency

register = template.Library()
_KEY = "library.currency"


@register.simple_tag(takes_context=True)
def price(context: Any, value: Decimal | int | None) -> str:
    """The price in the currency of the library system; the settings are read once for a page."""
    kept = context.render_context
    root = kept.dicts[0]
    if _KEY not in root:
        root[_KEY] = currency()
    return in_currency(None if value in (None, "") else Decimal(value), root[_KEY])
