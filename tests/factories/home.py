"""A small site for tests: a home page per content language under the default site."""

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, HomePage, SectionPage


def make_site(languages=("az", "ru", "en")) -> dict[str, HomePage]:
    """Replace Wagtail's welcome page by home pages that are translations of each other; {language: page}."""
    root = Page.objects.get(depth=1)
    homes: dict[str, HomePage] = {}
    for code in languages:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = HomePage(title=f"Home {code}", slug=f"home-{code}", locale=locale)
        if homes:
            home.translation_key = next(iter(homes.values())).translation_key
        homes[code] = root.add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page = site.root_page, homes[settings.LANGUAGE_CODE]
    site.save()
    welcome.specific.delete()
    return homes


def make_page(parent: Page, title: str, *, kind: type = ContentPage, **fields) -> ContentPage | SectionPage:
    """Add a published page below `parent`, in its language."""
    return parent.add_child(instance=kind(title=title, locale=parent.locale, **fields))
