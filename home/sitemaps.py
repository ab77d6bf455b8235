"""What search engines may visit."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import translation
from wagtail.models import Page

from catalog_pages.sitemaps import AuthoritySitemap, RecordSitemap
from library.models import Branch


class PageSitemap(Sitemap):
    """Published pages in the language they are written in; aliases are left out."""

    def items(self) -> QuerySet[Page]:
        pages = Page.objects.live().public().filter(alias_of=None, depth__gt=1)
        return pages.select_related("locale").order_by("path").specific(defer=True)

    def location(self, page: Page) -> str:
        with translation.override(page.locale.language_code):
            url = page.get_url() or "/"
        return url if url.startswith("/") else "/" + url.split("/", 3)[3]

    def lastmod(self, page: Page):
        return page.last_published_at


class BranchSitemap(Sitemap):
    """Every library in every interface language."""

    i18n = True
    alternates = True

    def items(self) -> QuerySet[Branch]:
        return Branch.objects.on_site()


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": PageSitemap,
    "libraries": BranchSitemap,
    "records": RecordSitemap,
    "authorities": AuthoritySitemap,
}
