"""What search engines may visit."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.utils import translation
from wagtail.models import Page

from catalog_pages.sitemaps import AuthoritySitemap, RecordSitemap
from library.models import Branch

PAGES_PER_PART = 5_000


class PageSitemap(Sitemap):
    """Published pages in the language they are written in, with their translations; aliases are left out."""

    limit = PAGES_PER_PART

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.live().public().filter(alias_of=None, depth__gt=1)
        return pages.select_related("locale").order_by("path").specific(defer=True)

    def location(self, page: Page) -> str:
        with translation.override(page.locale.language_code):
            url = page.get_url() or "/"
        return url if url.startswith("/") else "/" + url.split("/", 3)[3]

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_latest_lastmod(self) -> datetime | None:
        return Page.objects.live().public().aggregate(latest=Max("last_published_at"))["latest"]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls = super()._urls(page, protocol, domain)
        translations = self._translations([entry["item"].translation_key for entry in urls])
        for entry in urls:
            others = translations[entry["item"].translation_key]
            if len(others) > 1:
                entry["alternates"] = [
                    {"lang_code": code, "location": f"{protocol}://{domain}{path}"}
                    for code, path in _with_default(others)
                ]
        return urls

    def _translations(self, keys: list[Any]) -> dict[Any, dict[str, str]]:
        """{translation key: {language: path}} of the pages really written in these languages."""
        found: dict[Any, dict[str, str]] = defaultdict(dict)
        for page in self.items().filter(translation_key__in=keys):
            found[page.translation_key][page.locale.language_code] = self.location(page)
        return found


class BranchSitemap(Sitemap):
    """Every library in every interface language."""

    i18n = True
    alternates = True

    def items(self) -> QuerySet[Branch]:
        return Branch.objects.on_site()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls = super()._urls(page, protocol, domain)
        for entry in urls:
            known = {each["lang_code"]: each["location"] for each in entry["alternates"]}
            entry["alternates"] = [{"lang_code": c, "location": url} for c, url in _with_default(known)]
        return urls


def _with_default(addresses: dict[str, str]) -> list[tuple[str, str]]:
    """With the library's own language for readers of all others, as the pages say themselves."""
    rows = list(addresses.items())
    if settings.LANGUAGE_CODE in addresses:
        rows.append(("x-default", addresses[settings.LANGUAGE_CODE]))
    return rows


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": PageSitemap,
    "libraries": BranchSitemap,
    "records": RecordSitemap,
    "authorities": AuthoritySitemap,
}
