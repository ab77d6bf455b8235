"""Template tags of articles: what one stands in, and which ones stand in something."""

from typing import Any

from django import template

from catalog_pages.models import Record

register = template.Library()

FIRST = 10


@register.inclusion_tag("catalog_pages/parts/host_line.html")
def host_line(record: Record) -> dict[str, Any]:
    """In: the periodical or book, with its link, and the place in it."""
    return {"host": record.host if record.host_id else None, "part": record.host_part}


@register.inclusion_tag("catalog_pages/parts/articles.html")
def articles(record: Record) -> dict[str, Any]:
    """The newest articles that stand in a record, and whether there are more."""
    rows = list(record.parts.order_by("-pk").only(*LISTED)[: FIRST + 1])
    return {"host": record, "articles": rows[:FIRST], "has_more": len(rows) > FIRST}


# Of the article, and the link by which it was found.
LISTED = ("title", "language", "authors", "year", "host_part", "host")
