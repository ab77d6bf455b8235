"""The figures of a year: what is public, by library and month, kept for a while."""

from datetime import date

import pytest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Collection, CollectionViewRestriction

from library.files.public import public_only
from library.models import PortalDocument
from library.spreadsheets import csv_lines
from library.statistics import Measure, Statistic, published, registered
from library.statistics.figures import figures_of, read, years
from tests.factories.blocks import make_document
from tests.factories.library import BranchFactory
from tests.factories.press import make_counts

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year


@pytest.fixture
def visits():
    statistic = Statistic("visits", "Visits", "People who came in.", public=True)
    with hooks.register_temporarily(
        "register_statistics", lambda: [statistic, Statistic("secret", "Secret")]
    ):
        yield statistic


def figure(name: str, year: int = THIS_YEAR, **options):
    return next((one for one in figures_of(year, **options).figures if one.name == name), None)


def test_only_what_is_public_is_told(visits):
    make_counts("secret", {(date(THIS_YEAR, 1, 1), None): 5})
    assert "visits" in published() and "secret" in registered()
    assert "secret" not in published() and "limited" not in published()
    assert figure("secret") is None


def test_counts_are_summed_by_library_and_month(visits):
    one, other = BranchFactory.create_batch(2)
    make_counts("visits", {
        (date(2025, 1, 1), one): 3, (date(2025, 1, 31), one): 4, (date(2025, 12, 31), other): 5,
        (date(2025, 6, 1), None): 2, (date(2024, 12, 31), one): 99, (date(2026, 1, 1), one): 99,
    })  # fmt: skip
    make_counts("visits", {(date(2025, 1, 1), one): 10}, kind="child")
    found = figure("visits", 2025)
    assert (found.label, found.source, found.total) == ("Visits", "Counted by the portal day by day", 24)
    assert found.months == [17, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 5]
    assert found.branches == {one.code: 17, other.code: 5}
    assert found.of_branch(other.code).months[11] == 5
    assert found.of_branch("nowhere").total == 0


def test_a_measure_is_read_from_the_rows():
    branch = BranchFactory()
    asked = []

    def rows(year):
        asked.append(year)
        return [(3, branch.pk, 7), (3, None, 1)]

    by_month = Measure("held", "Held", "From rows", rows, first_day=lambda: date(THIS_YEAR - 2, 5, 1))
    today = Measure("seats", "Seats", "From rows", lambda _year: [(0, branch.pk, 40)], by_month=False)
    with hooks.register_temporarily("register_statistics", lambda: [by_month, today]):
        assert figure("held", 2020).months[2] == 8 and asked == [2020]
        assert figure("seats", 2020) is None  # nobody knows how many there were
        assert figure("seats").total == 40 and figure("seats").months == []
        assert read(THIS_YEAR - 1, states=True)["seats"] == {branch.code: [40]}
        assert years() == [THIS_YEAR, THIS_YEAR - 1, THIS_YEAR - 2]


def test_years_end_with_this_one_and_are_ten_at_most(visits):
    assert years() == [THIS_YEAR]
    make_counts("visits", {(date(1999, 1, 1), None): 1})
    from django.core.cache import cache

    cache.clear()
    assert years() == list(range(THIS_YEAR, THIS_YEAR - 10, -1))


def test_figures_are_kept_and_read_anew_on_demand(visits, django_assert_num_queries):
    make_counts("visits", {(date(THIS_YEAR, 1, 1), None): 1})
    assert figure("visits").total == 1
    make_counts("visits", {(date(THIS_YEAR, 1, 2), None): 1})
    with django_assert_num_queries(0):
        assert figure("visits").total == 1
    assert figure("visits", fresh=True).total == 2


def test_a_year_costs_the_same_queries_for_one_library_and_for_sixty_three(visits, django_assert_num_queries):
    for number in (1, 62):
        branches = BranchFactory.create_batch(number)
        make_counts("visits", {(date(2025, month, 1), b): month for month in range(1, 13) for b in branches})
        with django_assert_num_queries(3):  # counters, acquisitions, codes of libraries
            found = read(2025)["visits"]
    assert len(found) == 63


def test_tables_are_utf_8_with_a_mark_and_without_formulas():
    text = "".join(csv_lines([("Kitabxana", "Ədəd"), ("=1+1", -5)]))
    assert text == "\ufeffKitabxana,Ədəd\r\n'=1+1,-5\r\n"


def test_files_of_a_shut_collection_and_below_it_are_not_for_everybody(django_assert_num_queries):
    root = Collection.get_first_root_node()
    shut = root.add_child(name="For staff")
    below = Collection.objects.get(pk=shut.pk).add_child(name="Drafts")
    documents = [make_document(name=f"{number}.pdf") for number in range(3)]
    for document, collection in zip(documents, (root, shut, below), strict=True):
        document.collection = collection
        document.save()
    rows = PortalDocument.objects.select_related("collection").order_by("pk")
    assert len(public_only(rows)) == 3
    CollectionViewRestriction.objects.create(collection=shut, restriction_type="login")
    with django_assert_num_queries(2):
        assert public_only(rows.all()) == [documents[0]]
