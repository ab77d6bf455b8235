"""What the frame of every page shows: names, menus, contacts, today's hours. One cache read a page."""

from dataclasses import dataclass, field
from datetime import date, time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from home.comfort import read_comfort
from home.languages import LanguageLink, language_links
from home.theme import stylesheet
from library.calendar import DayHours, hours_today
from library.models import Branch, SystemSettings
from library.text import in_language

MENU_ENTRIES = 5
FOOTER_BRANCHES = 6
SHAPE = 1  # raise it when Frame changes, so that no old copy is read from the cache


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content that is the same for all readers of one language on one day."""

    name: str
    short_name: str
    phone: str
    email: str
    address: str
    logo_url: str
    theme: str
    theme_version: str
    demo_notice: str
    menu: list[Link]
    footer: list[Link]
    branches: list[Link]
    branch_total: int
    central: Link | None
    central_spans: tuple[tuple[time, time], ...] = field(default=())


def frame_keys(day: date | None = None) -> list[str]:
    day = day or timezone.localdate()
    return [frame_key(code, day) for code, _name in settings.LANGUAGES]


def frame_key(language: str, day: date) -> str:
    return f"home:frame:{SHAPE}:{language}:{day:%Y%m%d}"


def forget_frame(**_kwargs: object) -> None:
    """Drop the cached frames: called when settings, branches, hours or pages change."""
    cache.delete_many(frame_keys())


def current_frame() -> Frame:
    """Return the frame in the active language, from the cache or built with a handful of queries."""
    key = frame_key(get_language() or settings.LANGUAGE_CODE, timezone.localdate())
    frame = cache.get(key)
    if frame is None:
        frame = _build_frame()
        cache.set(key, frame, 60 * 60)
    return frame


def _build_frame() -> Frame:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    system = (
        SystemSettings.objects.select_related("central_branch", "logo").filter(site=site).first()
        or SystemSettings()
    )
    theme = stylesheet(
        accent=system.accent, second=system.second, radius=system.radius, heading_font=system.heading_font
    )
    central = system.central_branch
    branches = list(Branch.objects.on_site().only("code", "name")[:FOOTER_BRANCHES])
    menu, footer = _page_links(site)
    return Frame(
        name=str(system),
        short_name=system.short_name,
        phone=system.phone,
        email=system.email,
        address=in_language(system.address),
        logo_url=system.logo.get_rendition("height-144").url if system.logo else "",
        theme=theme,
        theme_version=f"{abs(hash_text(theme)):x}",
        demo_notice=in_language(system.demo_notice),
        menu=menu,
        footer=footer,
        branches=[Link(str(branch), branch.get_absolute_url()) for branch in branches],
        branch_total=Branch.objects.on_site().count(),
        central=Link(str(central), central.get_absolute_url()) if central else None,
        central_spans=hours_today([central])[central.pk].spans if central else (),
    )


def hash_text(text: str) -> int:
    """A short number that changes with the text; the same in every process, unlike hash()."""
    from zlib import crc32

    return crc32(text.encode())


def _page_links(site: Site | None) -> tuple[list[Link], list[Link]]:
    """Return the main menu and the footer's pages, in the language of the frame."""
    prefix = f"/{get_language()}/"
    menu = [Link(_("Catalogue"), f"{prefix}catalogue/"), Link(_("Libraries"), f"{prefix}branches/")]
    footer: list[Link] = []
    if site:
        root = site.root_page.get_translation_or_none(Locale.get_active()) or site.root_page
        pages = Page.objects.child_of(root).live().public().select_related("locale").specific()
        for page in pages:
            link = Link(page.title, page.get_url() or "")
            if page.show_in_menus and len(menu) < MENU_ENTRIES:
                menu.append(link)
            if getattr(page, "show_in_footer", False):
                footer.append(link)
    return menu, footer


class SiteContext:
    """`site` in templates: the frame, and what depends on this one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def frame(self) -> Frame:
        return current_frame()

    @cached_property
    def today(self) -> DayHours | None:
        """Today's hours of the central library, with whether it is open this minute."""
        if self.frame.central is None:
            return None
        now = timezone.localtime()
        return DayHours(now.date(), self.frame.central_spans, now.time())

    @cached_property
    def languages(self) -> list[LanguageLink]:
        return language_links(self.request, getattr(self.request, "served_page", None))

    @cached_property
    def alternates(self) -> list[LanguageLink]:
        """The languages this page is really in, for search engines."""
        return [link for link in self.languages if link.is_own]

    @cached_property
    def canonical(self) -> str:
        """The one address of this page, without its query."""
        links = {link.code: link for link in self.languages}
        link = links.get(get_language() or "")
        if link is None or not link.is_own:
            link = next(iter(self.alternates), link)
        return self.request.build_absolute_uri(link.url.partition("?")[0] if link else self.request.path)

    @property
    def base_url(self) -> str:
        return f"{self.request.scheme}://{self.request.get_host()}"


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor: `site` (lazy) and `comfort`."""
    return {
        "site": SimpleLazyObject(lambda: SiteContext(request)),
        "comfort": read_comfort(request),
    }
