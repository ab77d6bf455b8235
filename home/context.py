"""What the frame of every page shows: names, menus, contacts, today's hours. One cache read a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from zlib import crc32

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.comfort import read_comfort
from home.languages import LanguageLink, language_links
from home.models import footer_page_types
from home.theme import stylesheet
from library.calendar import DayHours, hours_today, note_next_change
from library.following import remembered
from library.models import Branch, SystemSettings
from library.text import in_language

MENU_ENTRIES = 5
BRANCHES_NAMED = 6  # in the footer and on the home page
HEADER_PICTURE = "fill-960x640|format-webp"
SHAPE = 4  # raise it when Frame changes, so that no old copy is read from the cache


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class BranchLink(Link):
    """A library with today's hours, as they were read; `hours_now` says what they mean this minute."""

    hours: DayHours

    @property
    def hours_now(self) -> DayHours:
        now = timezone.localtime().time()
        note_next_change(self.hours.day, self.hours.spans, now)
        return replace(self.hours, now=now)


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content that is the same for all readers of one language on one day."""

    name: str
    short_name: str
    phone: str
    email: str
    address: str
    logo_url: str
    picture: dict[str, str]
    accent: str
    theme: str
    theme_version: str
    demo_notice: str
    menu: list[Link]
    footer: list[Link]
    branches: list[BranchLink]
    branch_total: int
    central: BranchLink | None


def frame_key(language: str, day: date) -> str:
    return f"home:frame:{SHAPE}:{language}:{day:%Y%m%d}"


def current_frame() -> Frame:
    """Return the frame in the active language, remembered until something that it shows changes."""
    key = frame_key(get_language() or settings.LANGUAGE_CODE, timezone.localdate())
    return remembered(key, _build_frame)


def _build_frame() -> Frame:
    system = _system_settings()
    theme = stylesheet(
        accent=system.accent, second=system.second, radius=system.radius, heading_font=system.heading_font
    )
    everything = list(Branch.objects.on_site().only("code", "name"))
    named = everything[:BRANCHES_NAMED]
    central = system.central_branch
    hours = hours_today([*named, *([central] if central else [])])
    menu, footer = _page_links(system)
    return Frame(
        name=str(system),
        short_name=system.short_name,
        phone=system.phone,
        email=system.email,
        address=in_language(system.address),
        logo_url=system.logo.get_rendition("height-144").url if system.logo else "",
        picture=_header_picture(system),
        accent=system.accent,
        theme=theme,
        theme_version=f"{crc32(theme.encode()):x}",
        demo_notice=in_language(system.demo_notice),
        menu=menu,
        footer=footer,
        branches=[_branch_link(branch, hours) for branch in named],
        branch_total=len(everything),
        central=_branch_link(central, hours) if central else None,
    )


def _header_picture(system: SystemSettings) -> dict[str, str]:
    """The address and size of the picture beside the large search box; empty where the drawn shelf stands there."""
    if system.header_picture is None:
        return {}
    rendition = system.header_picture.get_rendition(HEADER_PICTURE)
    return {"url": rendition.url, "width": str(rendition.width), "height": str(rendition.height)}


def _system_settings() -> SystemSettings:
    """The settings of the default site, or the defaults where staff have saved none yet."""
    related = ("central_branch", "logo", "header_picture", "site__root_page")
    saved = SystemSettings.objects.filter(site__is_default_site=True).select_related(*related).first()
    if saved:
        return saved
    return SystemSettings(site=Site.objects.filter(is_default_site=True).select_related("root_page").first())


def _branch_link(branch: Branch, hours: Mapping[int, DayHours]) -> BranchLink:
    return BranchLink(str(branch), branch.get_absolute_url(), hours[branch.pk])


def _page_links(system: SystemSettings) -> tuple[list[Link], list[Link]]:
    """Return the main menu and the footer's pages, in the language of the frame."""
    language = get_language()
    prefix = f"/{language}/"
    menu = [Link(_("Catalogue"), f"{prefix}catalogue/"), Link(_("Libraries"), f"{prefix}branches/")]
    footer: list[Link] = []
    if system.site is None:
        return menu, footer
    root = system.site.root_page
    home = (
        Page.objects.filter(translation_key=root.translation_key, locale__language_code=language).first()
        or root
    )
    rows = (
        Page.objects.child_of(home)
        .live()
        .filter(view_restrictions=None)
        .annotate(in_footer=Coalesce(*_footer_switches(), False))
        .values_list("title", "slug", "show_in_menus", "in_footer")
    )
    for title, slug, in_menu, in_footer in rows:
        # Pages right below the home page have their slug as address, under the reader's own language.
        link = Link(title, f"{prefix}{slug}/")
        if in_menu and len(menu) < MENU_ENTRIES:
            menu.append(link)
        if in_footer:
            footer.append(link)
    return menu, footer


def _footer_switches() -> list[str]:
    return [f"{model._meta.model_name}__show_in_footer" for model in footer_page_types()]


class SiteContext:
    """`site` in templates: the frame, and what depends on this one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def frame(self) -> Frame:
        return current_frame()

    @cached_property
    def languages(self) -> list[LanguageLink]:
        return language_links(self.request, getattr(self.request, "served_page", None))

    @cached_property
    def alternates(self) -> list[LanguageLink]:
        """The languages this page is really in, for search engines."""
        return [link for link in self.languages if link.is_own]

    @cached_property
    def x_default(self) -> str:
        """Where search engines send readers of other languages; nothing where there is one language only."""
        own = {link.code: link.url for link in self.alternates}
        return own.get(settings.LANGUAGE_CODE, "") if len(own) > 1 else ""

    @cached_property
    def canonical(self) -> str:
        """The one address of this page: without its query, but for the number of a page of a list."""
        links = {link.code: link for link in self.languages}
        link = links.get(get_language() or "")
        if link is None or not link.is_own:
            link = next(iter(self.alternates), link)
        path = link.url.partition("?")[0] if link else self.request.path
        number = self.request.GET.get("page", "")
        # The first page has no number.
        query = f"?page={number}" if re.fullmatch(r"[1-9]\d{0,5}", number) and number != "1" else ""
        return self.request.build_absolute_uri(path + query)

    @property
    def base_url(self) -> str:
        return f"{self.request.scheme}://{self.request.get_host()}"


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor: `site` (lazy) and `comfort`."""
    return {
        "site": SimpleLazyObject(lambda: SiteContext(request)),
        "comfort": read_comfort(request),
    }
