"""Template tags of the catalogue: covers, class names, names of languages and materials."""

from django import template
from django.utils.safestring import SafeString

from catalog_pages import classes, covers, labels

register = template.Library()


@register.simple_tag
def cover(record: covers.Covered, size: str = "m", *, decorative: bool = True) -> SafeString:
    """``{% cover record size="s" %}``: the record's cover; ``decorative=False`` where no title stands beside it."""
    return covers.cover(record, size=size, decorative=decorative)


@register.filter
def class_name(digit: int | None) -> str:
    """The translated name of a main class."""
    return classes.class_name(digit)


@register.filter
def language_name(code: str) -> str:
    """The name of a language (ISO 639-2/B) in the language of the page."""
    return labels.language_name(code)


@register.filter
def material_name(code: str) -> str:
    """The translated name of a kind of material."""
    return labels.material_name(code)
