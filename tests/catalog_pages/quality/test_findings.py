"""What is amiss is found behind the writes, and goes when it is put right."""

import pytest

from catalog_pages.headings import count_changes
from catalog_pages.importing import import_marc
from catalog_pages.models import Finding, Item, Record
from catalog_pages.quality.findings import counts, examine
from catalog_pages.services import save_record, tell_changed
from tests.factories.catalog_pages import ItemFactory, RecordFactory, marc
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db

GOOD = {
    "title": "Seven beauties", "language": "eng", "isbns": ["9780306406157"], "year": 1990, "material": "book",
    "class_scheme": "ddc", "class_number": "894.361", "authors": ["Author, Made-up"], "subjects": ["Testing"],
}  # fmt: skip


def findings(record) -> dict[str, str]:
    count_changes()
    return dict(Finding.objects.filter(record=record).values_list("kind", "detail"))


def save(record=None, items=True, **fields) -> Record:
    given = {"control_number": "1", **GOOD, **fields} if record is None else fields
    copies = [{"branch": BranchFactory(), "status": "available"}] if items and record is None else []
    return save_record(fields=given, record=record, items=copies)


def test_a_good_record_has_no_findings():
    assert findings(save()) == {}


@pytest.mark.parametrize(
    ("fields", "kind", "detail"),
    [
        ({"title": "SEVEN BEAUTIES"}, "capitals", "SEVEN BEAUTIES"),
        ({"publisher": "AZƏRNƏŞR NƏŞRİYYATI"}, "capitals", "AZƏRNƏŞR NƏŞRİYYATI"),
        ({"isbns": []}, "no_isbn", ""),
        ({"year": 1211}, "year", "1211"),
        ({"year": None, "year_text": "9999"}, "year", "9999"),
        ({"title": "…"}, "no_title", "…"),
        ({"language": ""}, "no_language", ""),
        ({"class_number": "Fiction?"}, "class_number", "Fiction?"),
        ({"class_scheme": ""}, "class_number", "894.361"),
        ({"authors": ["—"]}, "unlinked", "—"),
        ({"items": False}, "no_items", ""),
    ],
)  # fmt: skip
def test_what_is_amiss_is_found_and_goes_when_it_is_put_right(fields, kind, detail):
    record = save(**fields)
    assert findings(record) == {kind: detail}
    if kind == "no_items":
        ItemFactory(record=record)
        tell_changed([record.pk])
    else:
        save(record=record, **{**GOOD, "year_text": "", "publisher": ""})
    assert findings(record) == {}


def test_items_that_are_gone_do_not_count():
    record = save()
    Item.objects.update(status="withdrawn", available=False)
    tell_changed([record.pk])
    assert findings(record) == {"no_items": ""}
    article = RecordFactory(material="article")
    tell_changed([article.pk])
    assert "no_items" not in findings(article)


def test_a_barcode_of_another_item_is_found_until_it_is_free(tmp_path):
    BranchFactory(code="one")
    path = tmp_path / "records.mrc"
    item = {"branch": "one", "barcode": "B1"}
    path.write_bytes(marc("1", "First", [item]) + marc("2", "Second", [item]) + marc("3", "Third", [item]))
    import_marc([path])
    first, second, third = Record.objects.order_by("control_number")
    assert findings(second)["barcode"] == findings(third)["barcode"] == "B1"
    assert "barcode" not in findings(first)
    import_marc([path])  # the same once more is nothing new
    assert "barcode" not in findings(first) and counts()["barcode"] == 2
    first.items.all().delete()
    tell_changed([second.pk])
    assert "barcode" not in findings(second)


def test_findings_go_with_their_record():
    record = save(isbns=[])
    assert findings(record)
    record.delete()
    count_changes()
    assert not Finding.objects.exists()


def test_examining_many_records_takes_few_queries(django_assert_max_num_queries):
    records = [RecordFactory(title="ALL IN CAPITALS") for _ in range(60)]
    with django_assert_max_num_queries(10):
        examine([record.pk for record in records])
    assert counts()["capitals"] == 60
