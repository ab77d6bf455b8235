"""Template tags of browsing: addresses of places in lists, labels of books."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse

from catalog_pages.browsing import LANGUAGE_NOT_STATED, LONGEST_START, Address
from catalog_pages.call_numbers import author_mark
from catalog_pages.models import Record
from library.names import language_tag

register = template.Library()


@register.simple_tag
def place(address: Address, **values: object) -> str:
    """The same list or shelf at another place: ``{% place address after=part.next %}``."""
    return str(address.at(**{name.removesuffix("_"): value for name, value in values.items()}))


@register.simple_tag
def list_address(kind: str, start: str) -> str:
    """A list of authors or subjects from a heading on."""
    return f"{reverse('catalog_pages:browse_list', args=[kind])}{Address({'from': start[:LONGEST_START]})}"


@register.simple_tag
def title_address(record: Record) -> str:
    """The titles in the language of a record, from this one on."""
    wanted = Address({"lang": language_tag(record.language) or LANGUAGE_NOT_STATED, "at": str(record.pk)})
    return f"{reverse('catalog_pages:browse_list', args=['titles'])}{wanted}"


@register.simple_tag
def shelf_address(record: Record) -> str:
    """The shelf on which a record stands, with the record in view."""
    return f"{reverse('catalog_pages:shelf')}{Address({'record': str(record.pk)})}#book-{record.pk}"


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a table has for a key: ``{{ see_also|of:row.pk }}``."""
    return table.get(key)


@register.filter
def shelf_mark(record: Record) -> str:
    """The second line of a spine label: three letters of the author, or of the title."""
    return author_mark(record.author or record.title, record.language)
