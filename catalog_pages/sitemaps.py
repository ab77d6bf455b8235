"""Addresses of records for search engines, in parts that stay quick at any size."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.utils.functional import cached_property

from catalog_pages.models import Record

RECORDS_PER_PART = 10_000


class RecordParts(Paginator):
    """Records by stretches of their keys: a part is read by its keys alone, never by counting rows before it."""

    def __init__(self, records: QuerySet[Record]) -> None:
        super().__init__(records, RECORDS_PER_PART)

    @cached_property
    def count(self) -> int:
        """The highest key: deleted records leave parts a little thinner."""
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
    def paginator(self) -> RecordParts:
        return RecordParts(self.items())
