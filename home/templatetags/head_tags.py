"""What the head of every page tells search engines and those who share it."""

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from home.describing import data_of, describe
from home.sharing.cards import picture_address

register = template.Library()

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
# The territory that Open Graph wants beside the language.
TERRITORIES = {"az": "AZ", "kk": "KZ", "ka": "GE", "uz": "UZ", "tr": "TR", "ru": "RU", "en": "GB"}


@register.filter
def description(page: Page) -> str:
    """The page's description, else its introduction, else its first words: ``{{ page|description }}``."""
    return describe(page)


class Head(template.Node):
    """Title and description as they stand, and once more for those who share the page."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        written = self.nodelist.render(context)
        request, site = context.get("request"), context.get("site")
        title, text = TITLE.search(written), DESCRIPTION.search(written)
        if request is None or site is None or title is None:
            return written
        name = site.frame.short_name or site.frame.name
        # They are HTML already, and go where a quotation mark would end the attribute.
        heading = " ".join(title[1].split()).replace('"', "&quot;").removesuffix(f" – {name}")
        language = get_language() or ""
        rows = [
            ("og:type", "website"),
            ("og:site_name", site.frame.name),
            ("og:locale", f"{language}_{TERRITORIES.get(language, '')}"),
            ("og:url", site.canonical),
            ("og:title", mark_safe(heading)),  # noqa: S308  came out of a template that escaped it
            ("og:description", mark_safe(text[1]) if text else ""),  # noqa: S308
            ("og:image", picture_address(context)),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", mark_safe(heading)),  # noqa: S308
        ]
        tags = format_html_join("", '\n  <meta property="{}" content="{}">', [row for row in rows if row[1]])
        return mark_safe(written + tags + '\n  <meta name="twitter:card" content="summary_large_image">')  # noqa: S308


@register.tag
def shared_head(parser: template.base.Parser, _token: template.base.Token) -> Head:
    """``{% shared_head %}<title>…</title><meta name="description" …>{% endshared_head %}``."""
    nodelist = parser.parse(("endshared_head",))
    parser.delete_first_token()
    return Head(nodelist)


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context, page: Any = None) -> SafeString:
    """What the page says in the words of schema.org; nothing in it can leave its script element."""
    request = context.get("request")
    if request is None or not isinstance(page, Page) or not page.pk:
        return mark_safe("")
    return as_scripts(data_of(page, context.flatten(), request))


def as_scripts(found: list[dict[str, Any]]) -> SafeString:
    scripts = (str(json_script(data)).replace("application/json", "application/ld+json", 1) for data in found)
    return mark_safe("\n".join(scripts))  # noqa: S308  json_script escapes


@register.simple_tag
def robots(request: Any) -> SafeString:
    """Filtered and sorted lists are not for search engines; their pages one after another are."""
    if request is None or not set(request.GET) - {"page"}:
        return mark_safe("")
    return format_html('<meta name="robots" content="{}">', "noindex, follow")
