"""The demo catalogue: real works become records with items at every branch; loading twice changes nothing."""

from pathlib import Path

import pytest
from django.conf import settings

from catalog_pages.demo import load_catalogue, marc_of
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import record_fields
from catalog_pages.models import Item, Record
from library.demo import DemoProfile
from library.models import Branch
from search.models import OutboxEntry
from tests.factories.library import BranchFactory

TOVUZ = DemoProfile("tovuz", Path(settings.BASE_DIR) / "home" / "demo_content" / "tovuz")
WORK = {
    "id": "w1", "language": "aze", "title": "Məktub", "subtitle": "pyes", "authors": "Vurğun, Səməd ; İkinci, Ad",
    "variants": "Самед Вургун ; The letter", "year": "1932", "year_note": "", "place": "Bakı", "publisher": "Yazıçı",
    "material": "book", "scheme": "ddc", "class": "894.3612", "subjects": "Dram ; Pyes", "audience": "children",
    "age": "7-10", "series": "",
}  # fmt: skip


def mapped(**changes):
    return record_fields(parse(marc_of(WORK | changes, ["central"])))


def test_a_work_becomes_marc():
    fields = mapped()
    assert (fields["title"], fields["subtitle"], fields["year"]) == ("Məktub", "pyes", 1932)
    assert (fields["authors"], fields["variant_authors"]) == (
        ["Vurğun, Səməd", "İkinci, Ad"],
        ["Самед Вургун"],
    )
    assert (fields["variant_titles"], fields["subjects"]) == (["The letter"], ["Dram", "Pyes"])
    assert (fields["class_scheme"], fields["class_number"]) == ("ddc", "894.3612")


@pytest.mark.parametrize(
    ("changes", "column", "expected"),
    [
        ({"scheme": "bbk", "class": "84(5Аз)"}, "class_scheme", "bbk"),
        ({"scheme": "udc"}, "class_scheme", "udc"),
        ({"material": "periodical"}, "material", "periodical"),
        ({"material": "score"}, "material", "score"),
        ({"year": "", "year_note": "XII"}, "year_text", "XII"),
        ({"year": "", "year_note": "XII"}, "year", None),
        ({"authors": "", "variants": "Other"}, "variant_titles", ["Other"]),
    ],
)
def test_what_a_work_may_say(changes, column, expected):
    assert mapped(**changes)[column] == expected


@pytest.fixture
def system(db):
    BranchFactory(code="central", kind=Branch.Kind.CENTRAL, position=0)
    BranchFactory(code="town", kind=Branch.Kind.TOWN)
    return [BranchFactory(kind=Branch.Kind.VILLAGE).code for _ in range(2)]


def test_every_work_of_the_profile_has_items_and_every_branch_has_works(system):
    summary = load_catalogue(TOVUZ)
    works = len(TOVUZ.rows("works"))
    assert (summary.created, summary.rejected_count) == (works, 0)
    assert Record.objects.filter(source="demo", items__isnull=False).distinct().count() == works
    for code in system:
        assert 25 <= Item.objects.filter(branch__code=code).count() <= 60
    assert not Item.objects.exclude(barcode__startswith="DEMO-").exists()
    assert Item.objects.filter(status=Item.Status.ON_LOAN).exists()


def test_loading_twice_changes_nothing(system):
    load_catalogue(TOVUZ)
    before = Item.objects.count()
    OutboxEntry.objects.all().delete()
    summary = load_catalogue(TOVUZ)
    assert (summary.created, summary.updated, summary.items_created) == (0, 0, 0)
    assert Item.objects.count() == before
    assert not OutboxEntry.objects.exists()


def test_a_profile_without_works_or_a_system_without_branches_loads_nothing(db, tmp_path):
    assert load_catalogue(TOVUZ) is None
    BranchFactory()
    assert load_catalogue(DemoProfile("empty", tmp_path)) is None
