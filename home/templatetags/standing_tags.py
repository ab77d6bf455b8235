"""Small parts of the standing pages: whose language words are in, what a file is, how many free places a page has."""

from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from library.models import PortalDocument

register = template.Library()


@register.simple_tag(takes_context=True)
def own_lang(context: template.Context) -> SafeString:
    """`lang` for what the portal itself says within a page written in another language."""
    return _lang(get_language() or "") if context.get("foreign_language") else mark_safe("")


@register.simple_tag(takes_context=True)
def page_lang(context: template.Context) -> SafeString:
    """`lang` for the page's own words within something that the portal says."""
    foreign = context.get("foreign_language")
    return _lang(foreign[0]) if foreign else mark_safe("")


def _lang(code: str) -> SafeString:
    return format_html(' lang="{}"', code)


@register.filter
def file_facts(document: PortalDocument) -> str:
    """Kind and size of a file, as "PDF, 240 KB"; without the size where the file is not there."""
    size: Any = document.file_size
    if size is None:
        try:
            size = document.file.size
        except (OSError, ValueError):
            size = None
    kind = document.file_extension.upper()
    return f"{kind}, {filesizeformat(size)}" if size is not None else kind


@register.filter
def heading_of(value: Any) -> str:
    """The title of a block's value; "" for blocks that have none."""
    return value.get("title", "") if hasattr(value, "get") else ""
