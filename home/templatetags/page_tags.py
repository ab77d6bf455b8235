"""Small parts of every page: icons, fonts where they were installed, short times."""

from functools import lru_cache

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from library.text import in_language as choose_language

register = template.Library()

# Drawn for this portal on a grid of 24, as the path data of one stroke-only <path>.
ICONS = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.500 15.500 20.500 20.500",
    "globe": "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM3.500 12h17M12 3.500c-5 5-5 12 0 17c5-5 5-12 0-17z",
    "comfort": "M3 18 8 6l5 12M4.700 14h6.600M14.500 18l3-7.500 3 7.500M15.600 15.500h3.900",
    "chevron": "m7 10 5 5 5-5",
    "clock": "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2",
    "phone": "M6.500 3.500h3l1.500 4.500-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 4.500 1.500v3a2 2 0 0 1-2 2A15.500 15.500 0 0 1 4.500 5.500a2 2 0 0 1 2-2z",
    "mail": "M3.500 6h17v12h-17zM3.500 7l8.500 6 8.500-6",
    "place": "M12 21c5-5.500 7-8.500 7-11.500a7 7 0 0 0-14 0C5 12.500 7 15.500 12 21zM12 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
    "check": "m5 12.500 4.500 4.500L19 7.500",
    "book": "M4.500 5.500c3-1 5.500-.5 7.500 1 2-1.500 4.500-2 7.500-1v13c-3-1-5.500-.5-7.500 1-2-1.500-4.500-2-7.500-1zM12 6.500v13",
    "calendar": "M4 6h16v14H4zM4 10.500h16M8 3.500V8M16 3.500V8",
    "document": "M6.500 3.500h7l4.500 4.500v12.500H6.500zM13.500 3.500V8H18M9.500 12.500h5.500M9.500 16h5.500",
    "people": "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M15.500 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500",
    "question": "M4 5h16v11.500h-8L8 20v-3.500H4zM10 9.200c.2-2.400 4-2.300 4 0 0 1.500-2 1.600-2 3.100M12 14.300v.1",
    "arrow": "M4 12h15M13.500 6.500 19 12l-5.500 5.500",
    "archive": "M3.500 4.500h17v4h-17zM5 8.500v11h14v-11M10 12h4",
    "list": "M8.500 6h12M8.500 12h12M8.500 18h12M4 6h.1M4 12h.1M4 18h.1",
    "filter": "M4 7h16M7 12h10M10 17h4",
    "close": "m6 6 12 12M18 6 6 18",
    "print": "M7 8.500v-5h10v5M7 16.500H4v-8h16v8h-3M7 14h10v6.500H7z",
    "child": "M12 3.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM5 13l4-1.500h6l4 1.500M9 11.500V16l-2 4.500M15 11.500V16l2 4.500M9 16h6",
    "access": "M12 3a1.700 1.700 0 1 0 0 3.400A1.700 1.700 0 0 0 12 3zM5 9l7 1 7-1M12 10v4.500L8.500 21M12 14.500 15.500 21",
    "internet": "M4 5h16v10.500H4zM9 20h6M12 15.500V20",
    "bus": "M3.500 6.500h13l4 4.500v6h-17zM3.500 11h17M10 6.500V11M7.500 15.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600zM16.500 15.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600z",
}  # fmt: skip


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon in the text's colour; it is decoration, the words beside it carry the meaning."""
    path = ICONS.get(name, "")
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        path,
    )


@register.simple_tag
def fonts_stylesheet() -> SafeString:
    """Link the portal's own fonts where set-up made them; without them the pages use system fonts."""
    url = _fonts_url()
    return format_html('<link rel="stylesheet" href="{}">', url) if url else mark_safe("")


@lru_cache(maxsize=1)
def _fonts_url() -> str:
    name = "fonts/fonts.css"
    try:
        found = staticfiles_storage.exists(name) or finders.find(name)
        return staticfiles_storage.url(name) if found else ""
    except ValueError:  # found after static files were last collected: the next start has it
        return ""


@register.filter
def in_language(value: dict[str, str] | None) -> str:
    """Pick the active language out of a text kept in several."""
    return choose_language(value)
