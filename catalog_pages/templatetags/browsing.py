"""Template tags of browsing: addresses of places in lists, labels of books."""

from collections.abc import Mapping
from typing import Any

from django import template

from catalog_pages.browse_views import Address
from catalog_pages.call_numbers import author_mark
from catalog_pages.models import Record

register = template.Library()


@register.simple_tag
def place(address: Address, **values: object) -> str:
    """The same list or shelf at another place: ``{% place address after=part.next %}``."""
    return str(address.at(**{name.removesuffix("_"): value for name, value in values.items()}))


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a table has for a key: ``{{ see_also|of:row.pk }}``."""
    return table.get(key)


@register.filter
def shelf_mark(record: Record) -> str:
    """The second line of a spine label: three letters of the author, or of the title."""
    return author_mark(record.author or record.title, record.language)
