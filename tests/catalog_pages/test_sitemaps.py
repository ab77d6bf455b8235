from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog_pages.models import Record
from catalog_pages.sitemaps import KeyParts, RecordSitemap
from tests.factories.catalog_pages import RecordFactory

SITE = SimpleNamespace(domain="library.example")
pytestmark = pytest.mark.django_db


def test_every_record_is_in_exactly_one_part():
    records = RecordFactory.create_batch(12)
    records[3].delete()
    parts = KeyParts(Record.objects.order_by("pk"))
    parts.per_page = 5
    listed = [record.pk for number in parts.page_range for record in parts.page(number).object_list]
    assert listed == [record.pk for record in records if record.pk]


def test_a_part_is_one_query(django_assert_num_queries):
    for key in (1, 2, 3):
        RecordFactory(pk=key)
    sitemap = RecordSitemap()
    with django_assert_num_queries(2):  # the highest key, and the part
        urls = [url["location"] for url in sitemap.get_urls(1, site=SITE)]
    assert len(urls) == 3


def test_an_empty_catalogue_has_an_empty_part():
    assert RecordSitemap().get_urls(1, site=SITE) == []


def test_a_late_part_is_found_by_its_keys():
    """The rows before a part are neither counted nor read: the database enters the index of the keys."""
    RecordFactory(pk=649_999)
    parts = RecordSitemap().paginator
    assert parts.num_pages == 65
    with CaptureQueriesContext(connection) as asked:
        assert [record.pk for record in parts.page(65).object_list] == [649_999]
    (query,) = [one["sql"] for one in asked if "COUNT" in one["sql"] or "SELECT" in one["sql"]][-1:]
    assert "OFFSET" not in query
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query}")
        plan = str(cursor.fetchall())
    assert "SCAN" not in plan.upper() or "INDEX" in plan.upper()
