"""Building a demo site's pages from plain texts, in each language the library writes in."""

import json
from collections.abc import Sequence

from babel.numbers import format_decimal
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from home.demo_pictures import load_pictures
from home.demo_site import load_categories, load_page
from home.models import HomePage
from library.aliases import make_aliases
from library.demo import DemoProfile
from library.text import in_language

NEW_BOOKS = 8
NEWS = 3
# In the order their pages have in the menu and in the footer.
PAGE_DOCUMENTS = ("services", "pages", "news")


@transaction.atomic
def load_pages(profile: DemoProfile, *, languages: Sequence[str]) -> None:
    """Create the home page and the standing pages that are missing; pages that are there are left as they are."""
    texts, system = profile.document("pages"), profile.document("system")
    if not texts:
        return
    own_first = sorted(languages, key=lambda code: code != settings.LANGUAGE_CODE)
    homes = load_homes(own_first, texts["home"], system)
    load_pictures(profile.document("pictures"), system)
    load_categories(profile.document("news").get("categories", []))
    for document in PAGE_DOCUMENTS:
        for entry in profile.document(document).get("pages", []):
            load_page(homes, entry)
    for page in Page.objects.descendant_of(homes[own_first[0]], inclusive=True):
        make_aliases(page=page)


def load_homes(languages: Sequence[str], texts: dict, system: dict) -> dict[str, HomePage]:
    """Return the home page in each language, made from the texts where it is missing; the first is the site's."""
    homes: dict[str, HomePage] = {}
    for code in languages:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = HomePage.objects.filter(locale=locale).first()
        if home is None:
            home = HomePage(title=in_language(texts["title"], code), slug=f"home-{code}", locale=locale)
            home.search_description = in_language(texts["hero_text"], code)
            home.body = json.dumps(_home_blocks(code, texts, system))
            if homes:
                home.translation_key = next(iter(homes.values())).translation_key
            Page.get_first_root_node().add_child(instance=home)
        homes[code] = home
    _put_at_the_root(homes[languages[0]], in_language(system.get("system_name"), languages[0]))
    return homes


def _put_at_the_root(home: HomePage, site_name: str) -> None:
    """Make the home page the site's, in place of the page Wagtail welcomes developers with."""
    site, created = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": site_name}
    )
    if created or site.root_page_id == home.pk:
        return
    welcome, site.root_page, site.site_name = site.root_page, home, site_name
    site.save()
    if welcome.specific_class is Page and welcome.get_children_count() == 0:
        welcome.delete()


def _home_blocks(code: str, texts: dict, system: dict) -> list[dict]:
    """The home page in one language, as raw blocks."""
    with translation.override(code):
        links = [
            (_("Catalogue"), _("Books, periodicals, maps: what there is and where it stands"), "catalogue"),
            (_("Ask a librarian"), _("We help you to find the source that answers"), "ask"),
            (_("City archive"), _("Newspapers, photographs, maps and memories of this place"), "archive"),
            (_("Events"), _("Evenings, exhibitions and clubs, free for everyone"), "events"),
        ]
        figures = [
            (str(system["founded"]) if "founded" in system else "", _("at readers’ service since")),
            (_number(system.get("libraries"), code), _("libraries in town and villages")),
            (_number(system.get("items"), code), _("books and other items")),
            (_number(system.get("readers"), code), _("readers")),
        ]
        blocks = [
            ("search", {
                "title": in_language(texts["hero_title"], code), "text": in_language(texts["hero_text"], code),
                "examples": texts.get("examples", {}).get(code, []),
            }),
            ("new_books", {"title": _("New books"), "number": NEW_BOOKS}),
            ("news", {"title": _("News"), "number": NEWS}),
            ("links", {"title": "", "links": [
                {"title": title, "text": text, "address": f"/{code}/{address}/"} for title, text, address in links
            ]}),
            ("branches", {"title": _("Your nearest library"), "text": ""}),
            ("figures", {"title": "", "figures": [
                {"number": number, "label": label} for number, label in figures if number
            ]}),
        ]  # fmt: skip
    return [{"type": name, "value": value} for name, value in blocks]


def _number(value: int | None, code: str) -> str:
    return format_decimal(value, locale=code) if value else ""
