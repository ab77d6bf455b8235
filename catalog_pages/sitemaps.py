"""Addresses of records for search engines, in parts that stay quick at any size."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.functional import cached_property

from catalog_pages.authorities.addresses import address_of
from catalog_pages.models import Record, RecordAuthority
from library.models import Authority

RECORDS_PER_PART = 10_000


class KeyParts(Paginator):
    """Rows by stretches of their keys: a part is read by its keys alone, never by counting rows before it."""

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows, RECORDS_PER_PART)

    @cached_property
    def count(self) -> int:
        """The highest key: deleted rows leave parts a little thinner."""
        return self.object_list.aggregate(highest=Max("pk"))["highest"] or 0

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        stretch = self.object_list.filter(pk__gt=first, pk__lte=first + self.per_page)
        return self._get_page(list(stretch), number, self)


class RecordSitemap(Sitemap):
    """Every record once, in the library's own language."""

    changefreq = "monthly"
    limit = RECORDS_PER_PART

    def items(self) -> QuerySet[Record]:
        return Record.objects.only("pk", "updated_at").order_by("pk")

    def lastmod(self, record: Record) -> datetime:
        return record.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        return Record.objects.aggregate(latest=Max("updated_at"))["latest"]

    @cached_property
    def paginator(self) -> KeyParts:
        return KeyParts(self.items())


class AuthoritySitemap(Sitemap):
    """Authors and subjects that records have, each once, in the library's own language."""

    changefreq = "monthly"
    limit = RECORDS_PER_PART

    def items(self) -> QuerySet[Authority]:
        in_use = Exists(RecordAuthority.objects.filter(authority=OuterRef("pk")))
        return Authority.objects.current().filter(in_use).only("pk", "kind", "updated_at").order_by("pk")

    def location(self, authority: Authority) -> str:
        return address_of(authority.pk, authority.kind)

    def lastmod(self, authority: Authority) -> datetime:
        return authority.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        return None

    @cached_property
    def paginator(self) -> KeyParts:
        return KeyParts(self.items())
