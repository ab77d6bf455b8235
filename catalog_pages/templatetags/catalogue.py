"""Template tags of the catalogue: covers, names of classes and languages, addresses of searches."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import Protocol, Self
from urllib.parse import urlencode

from babel import Locale
from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog_pages import classes, covers
from catalog_pages.facets import Choice, Facet
from catalog_pages.models import Record
from catalog_pages.queries import Wish
from catalog_pages.querysets import Availability
from library import names
from library.text import in_language
from search.results import SearchPage

register = template.Library()

MARK = "<mark>"
CHOICE = (
    '<label class="check facet-choice"><input type="checkbox" id="{0}-{1}" name="{0}" value="{2}"'
    ' form="catalogue-search"{3}><span class="facet-name">{4}</span>{5}</label>'
)
COUNT = '<span class="facet-count numeric">{}</span>'
CHECKED = mark_safe(" checked")
KEPT_NUMBERS = 10_000
MOST_REASONS = 12  # texts of a record that are looked through
LONGEST_REASON = 240
_SUBJECT = _("Subject")

NOTICES: dict[str, Promise] = {
    "unparsed": _("We could not read the search as a formula, so we looked for its words."),
    "too_long": _("The search was very long: we looked for its first words."),
    "ignored_field": _(
        "The search named a field that we do not have, so we looked for its words everywhere."
    ),
}

# By the form in which the best hit has the words that were typed.
SPELLINGS: dict[str, Promise] = {
    "stem": _("Nothing is spelt just so. Shown are other endings of your words."),
    "key": _("Nothing is spelt just so. Shown is what reads alike in other scripts and spellings."),
    "fuzzy": _("Nothing is spelt just so. Shown are similar words."),
}
FEW_AS_TYPED = _("Few things are spelt just so. Shown are similar words, too.")


@register.simple_tag
def cover(record: covers.Covered, size: str = "m", *, decorative: bool = True, alt: str = "") -> SafeString:
    """``{% cover record size="s" %}``: the record's cover; ``decorative=False`` where no title stands beside it."""
    return covers.cover(record, size=size, decorative=decorative, alt=alt)


@register.filter
def in_own_script(pairs: dict[str, str], text: str) -> str:
    """What a romanised text of a record reads in its own script; "" where it has none."""
    return pairs.get(text, "")


@register.filter
def class_name(digit: int | None) -> str:
    """The translated name of a main class."""
    return classes.class_name(digit)


@register.filter
def class_label(record: Record) -> str:
    """The name of the class in which a record stands."""
    return classes.name_of_number(record.class_scheme, record.class_number)


@register.filter
def language_label(code: str) -> str:
    """The name of a language (ISO 639-2/B) in the language of the page; Django has a ``language_name`` of its own."""
    return names.language_name(code)


@register.filter
def language_tag(code: str) -> str:
    """The code of a language for ``lang``, so that browsers break and speak its words rightly."""
    return names.language_tag(code)


@register.filter
def unlocalized(value: object) -> str:
    """A number for machines, whatever the language of the page does with decimal points."""
    return str(value)


@register.filter
def number(value: int) -> str:
    """A number with the digits grouped as the language of the page groups them."""
    return _grouped(value, names.active_locale())


@lru_cache(KEPT_NUMBERS)
def _grouped(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


@register.simple_tag
def facet_choice(facet: Facet, choice: Choice, index: int) -> SafeString:
    """One value of a facet to tick; written here and not in a template, since a page has some hundred of them."""
    counted = "" if choice.count is None else format_html(COUNT, number(choice.count))
    return format_html(
        CHOICE, facet.name, index, choice.value, CHECKED * choice.selected, choice.label, counted
    )


@register.filter
def highlighted(found: SearchPage, text: object) -> SafeString:
    """The text with the words that were searched for marked: ``{{ found|highlighted:record.title }}``."""
    return found.highlight(str(text))


@register.simple_tag
def marked(found: SearchPage, text: str, language: str) -> SafeString:
    """The same where the language of the text is known: ``{% marked found record.title record.language %}``."""
    return found.highlight(text, language)


@register.filter
def reason(found: SearchPage, record: Record) -> SafeString | str:
    """Why a record was found whose title and author say nothing of it: the subject, name or note with the words."""
    language = record.language
    if any(
        MARK in found.highlight(text, language) for text in (record.title, record.subtitle, record.author)
    ):
        return ""
    others = chain(
        record.variant_titles, record.variant_authors, record.authors[1:], [record.series], record.notes
    )
    texts = chain((("", text) for text in others), ((_SUBJECT, text) for text in record.subjects))
    for label, text in islice(texts, MOST_REASONS):
        if len(text) <= LONGEST_REASON and MARK in (shown := found.highlight(text, language)):
            return format_html("{}: {}", label, shown) if label else shown
    return ""


@register.filter(name="in_language")
def in_language_filter(value: dict[str, str]) -> str:
    """A text that is kept in several languages, in that of the page."""
    return in_language(value)


@register.filter
def notice_text(code: str) -> str:
    """What to tell the reader about how the search was understood."""
    return str(NOTICES.get(code, ""))


@register.filter
def spelling_text(found: SearchPage) -> str:
    """What to tell the reader when something other than what she typed was found; "" when it was just that."""
    if not found.total:
        return ""
    if found.widened and found.best in ("exact", "folded", "stem"):
        return str(FEW_AS_TYPED)
    return str(SPELLINGS.get(found.best, ""))


@register.simple_tag
def meant_address(wish: Wish, text: str) -> str:
    """The same search for other words."""
    return wish.with_text(text).query_string()


@register.filter
def unnamed(availability: Availability) -> int:
    """How many libraries have the record on the shelf beyond those that are named."""
    return max(0, availability.available_branch_count - len(availability.branches))


class Paged(Protocol):
    """What a list was asked for, at any page of it."""

    def at_page(self, page: int) -> Self: ...

    def query_string(self) -> str: ...


@register.simple_tag
def page_address(wish: Paged, page: int) -> str:
    """The same search at another page."""
    return wish.at_page(page).query_string()


@register.simple_tag
def facet_address(facet: str, value: str) -> str:
    """The catalogue narrowed to one value of one facet."""
    return Wish(chosen={facet: (value,)}).query_string()


@register.simple_tag
def heading_address(linked: Mapping[tuple[str, int], str], role: str, place: int, text: str) -> str:
    """The page of an author or a subject; where it is not linked, the catalogue narrowed to it."""
    return linked.get((role, place)) or reverse("catalog_pages:results") + facet_address(role, text)


@register.simple_tag
def ask_address(text: str = "") -> str:
    """The form for questions to a librarian, with the question begun."""
    query = f"?{urlencode({'question': text})}" if text else ""
    return f"/{get_language()}/ask/{query}"


@register.simple_tag
def linked_data(data: dict) -> SafeString:
    """schema.org data for machines, escaped so that no title can leave the script element."""
    script = json_script(data)
    return mark_safe(script.replace("application/json", "application/ld+json", 1))  # noqa: S308  json_script escapes
