"""Template filters of the page of an author or subject: the same list otherwise."""

from collections.abc import Mapping

from django import template

from catalog_pages.authorities.works import Wish

register = template.Library()


@register.filter
def in_role(role: str, wish: Wish) -> str:
    """The works by an author, or those about it."""
    return wish.in_role(role).query_string()


@register.filter
def of_kind(material: str, wish: Wish) -> str:
    """Works of one kind of material, or of all."""
    return wish.of_kind(material).query_string()


@register.filter
def sorted_by(sort: str, wish: Wish) -> str:
    """The works in another order."""
    return wish.sorted_by(sort).query_string()


@register.filter
def count_of(counts: Mapping[str, int], role: str) -> int:
    return counts.get(role, 0)
