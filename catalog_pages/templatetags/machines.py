"""What pages say to other programs."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog_pages import feeds
from catalog_pages.export.unapi import identifier
from catalog_pages.models import Record

register = template.Library()


@register.simple_tag
def coins(record: Record) -> SafeString:
    """Empty elements by which reference managers know the record (COinS, unAPI): ``{% coins record %}``."""
    return format_html(
        '<span class="Z3988" title="{}"></span><abbr class="unapi-id" title="{}"></abbr>',
        feeds.coins(record),
        identifier(record.pk),
    )
