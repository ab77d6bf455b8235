"""Small parts of every page: icons, fonts where they were installed, short times."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BooleanField, BoundField
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.icons import ICONS
from library import text as words
from library.fields import phones
from library.models import Branch
from library.text import in_language as choose_language

register = template.Library()

# The text font is cut by script; languages that are not named here are written in Latin letters.
SCRIPTS = {"ka": "georgian", "kk": "cyrillic", "ru": "cyrillic"}


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
    """Link the portal's own fonts where set-up made them; without them the pages use system fonts.

    Those that nearly every line of the page is set in are asked for at once, so that little moves when they arrive.
    """
    sheet = _font_address("fonts.css")
    if not sheet:
        return mark_safe("")
    script = SCRIPTS.get(get_language() or "", "latin")
    early = filter(None, (_font_address(f"firago-{script}-{weight}.woff2") for weight in (400, 600)))
    preloads = format_html_join(
        "",
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">',
        ((url,) for url in early),
    )
    return format_html('{}<link rel="stylesheet" href="{}">', preloads, sheet)


@lru_cache(maxsize=16)
def _font_address(name: str) -> str:
    path = f"fonts/{name}"
    try:
        found = staticfiles_storage.exists(path) or finders.find(path)
        return staticfiles_storage.url(path) if found else ""
    except ValueError:  # found after static files were last collected: the next start has it
        return ""


@register.filter
def in_language(value: dict[str, str] | None) -> str:
    """Pick the active language out of a text kept in several."""
    return choose_language(value)


@register.filter
def capitalised(value: object) -> str:
    """With a capital letter first, as the active language has it; of texts of the interface, not of readers."""
    return words.capitalised(str(value))


@register.filter
def phone_links(value: str) -> SafeString:
    """The telephone numbers of a field, each to be called by a touch."""
    return format_html_join(
        ", ",
        '<a class="nowrap" href="tel:{}">{}</a>',
        (("".join(c for c in number if c.isdigit() or c in "+*#"), number) for number in phones(value)),
    )


@register.filter
def distance(kilometres: float) -> str:
    """How far it is, no finer than one can know: metres to the hundred, then tenths, then whole kilometres."""
    if kilometres < 0.95:
        metres = max(100, round(kilometres * 10) * 100)
        return _("%(distance)s m") % {"distance": localize(metres)}
    shown = round(kilometres, 1) if kilometres < 9.95 else round(kilometres)
    return _("%(distance)s km") % {"distance": localize(shown)}


@register.filter
def map_address(branch: Branch) -> str:
    """Where the library is shown by a public map service; "" where none is named in the settings."""
    if not settings.MAP_LINK or branch.latitude is None:
        return ""
    return settings.MAP_LINK.format(latitude=branch.latitude, longitude=branch.longitude)


@register.filter
def first_phone(value: str) -> str:
    """The number that is named first."""
    return next(iter(phones(value)), "")


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field of a form is one box to tick, whose words stand behind it."""
    return isinstance(field.field, BooleanField)
