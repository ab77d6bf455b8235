"""Most read: whatever rooms count; nothing while none does."""

import pytest
from wagtail import hooks

from catalog_pages.lists.popularity import HOOK, is_counted, most_read
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


def test_nothing_is_shown_while_nobody_counts(client):
    assert not is_counted() and most_read("month") == []
    assert client.get("/en/catalogue/most-read/").status_code == 404


def test_counts_of_all_rooms_are_added_and_the_most_read_come_first(client):
    one, two, three = RecordFactory.create_batch(3)
    branch = BranchFactory(code="b1")
    asked = []

    def lent(period, place):
        asked.append((period, place))
        return [(one.pk, 3), (two.pk, 5), (three.pk, 0)]

    with (
        hooks.register_temporarily(HOOK, lambda: lent),
        hooks.register_temporarily(HOOK, lambda: lambda period, place: [(one.pk, 4), (999_999, 1)]),
    ):
        assert most_read("year", branch) == [one.pk, two.pk, 999_999]
        html = client.get("/en/catalogue/most-read/?period=decade&branch=b1").content.decode()
        assert client.get("/en/catalogue/most-read/?branch=nowhere").status_code == 404
    assert asked == [("year", branch), ("month", branch)]
    assert html.index(one.get_absolute_url()) < html.index(two.get_absolute_url())
    assert three.get_absolute_url() not in html
