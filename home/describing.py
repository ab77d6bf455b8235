"""What a page says about itself to search engines: its description, the way to it, its library."""

from html import unescape
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from home.models import HomePage
from library.fields import phones

LONGEST = 160  # letters that search engines show
WORDS = ("text", "paragraph", "quote")  # parts of blocks that hold running text


def describe(page: Page) -> str:
    """Return the page's own description, else its introduction, else the first text of its body, else ""."""
    said = getattr(page, "intro", "") or getattr(page, "summary", "")
    found = page.search_description or said or _first_text(getattr(page, "body", None))
    return Truncator(" ".join(str(found).split())).chars(LONGEST)


def _first_text(body: Any) -> str:
    if not isinstance(body, StreamValue):
        return ""
    for block in body:
        value = block.value
        parts = [value.get(name) for name in WORDS] if hasattr(value, "get") else [value]
        text = next((part for part in parts if isinstance(part, RichText | str) and str(part).strip()), "")
        if text and block.block_type != "heading":
            return _plain(text)
    return ""


def _plain(text: RichText | str) -> str:
    if isinstance(text, RichText):
        # Between two paragraphs stands a space, not nothing.
        return unescape(strip_tags(text.source.replace("</p>", "</p> ")))
    return text


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """A schema.org BreadcrumbList of (name, whole address), the page itself last."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, 1)
        ],
    }


def way_to(page: Page, ancestors: list[Page], request: HttpRequest) -> dict[str, Any]:
    """The BreadcrumbList of an editorial page; `ancestors` are those between it and the home page."""
    steps = [(_("Home page"), f"/{get_language()}/")]
    steps += [(step.title, step.url or "") for step in [*ancestors, page]]
    return breadcrumbs([(name, request.build_absolute_uri(url)) for name, url in steps])


def library_system(frame: Any, request: HttpRequest) -> dict[str, Any]:
    """A schema.org Library for the home page: the system, and how one searches its site."""
    home = request.build_absolute_uri(f"/{get_language()}/")
    data = {
        "@context": "https://schema.org",
        "@type": "Library",
        "@id": home,
        "name": frame.name,
        "alternateName": frame.short_name,
        "url": home,
        "telephone": phones(frame.phone),
        "email": frame.email,
        "logo": request.build_absolute_uri(frame.logo_url) if frame.logo_url else "",
        "address": {"@type": "PostalAddress", "streetAddress": frame.address} if frame.address else None,
        "openingHoursSpecification": _today(frame.central.hours) if frame.central else None,
    }
    website = {
        "@type": "WebSite",
        "url": home,
        "name": frame.name,
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": request.build_absolute_uri(reverse("home:search")) + "?q={words}",
            "query-input": "required name=words",
        },
    }
    return {name: value for name, value in data.items() if value} | {"subjectOf": website}


def _today(hours: Any) -> list[dict[str, str]]:
    day = hours.day.isoformat()
    return [
        {
            "@type": "OpeningHoursSpecification",
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
            "validFrom": day,
            "validThrough": day,
        }
        for opens, closes in hours.spans
    ]


def data_of(page: Page, context: dict[str, Any], request: HttpRequest) -> list[dict[str, Any]]:
    """All that a page says in the words of schema.org: its way, and what its type adds by `structured_data`."""
    found: list[dict[str, Any]] = []
    if not isinstance(page, HomePage):
        found.append(way_to(page, list(context.get("ancestors") or []), request))
    elif "site" in context:
        found.append(library_system(context["site"].frame, request))
    tell = getattr(page, "structured_data", None)
    own = tell(request) if tell else None
    return found + (own if isinstance(own, list) else [own] if own else [])
