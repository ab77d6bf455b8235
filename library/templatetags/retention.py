"""The table of the privacy page: {% load retention %}{% retention_table %}."""

from django import template

from library.retention import entries

register = template.Library()


@register.inclusion_tag("library/retention_table.html")
def retention_table():
    """What is kept, why and how long, in the active language."""
    return {"entries": entries()}
