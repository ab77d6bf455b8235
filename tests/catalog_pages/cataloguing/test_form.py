import pytest

from catalog_pages.cataloguing.services import marc_of
from catalog_pages.models import Record
from tests.catalog_pages.cataloguing.conftest import add_address, edit_address

pytestmark = pytest.mark.django_db


def test_a_new_book_gets_its_columns_and_a_whole_marc_record(fill):
    answer = fill(
        add_address(),
        title="The castle",
        subtitle="a novel",
        year="1999",
        language_0="eng",
        language_1="aze",
        place="Baku",
        publisher="Nurlan",
        age_group="11-14",
        class_scheme="ddc",
        class_number="894.361",
        names__0__text="Kafka, Franz, 1883–1924",
    )
    assert answer.status_code == 302, [answer.context["form"].errors, answer.context["form"].warnings]
    record = Record.objects.get()
    assert (record.title, record.subtitle, record.year) == ("The castle", "a novel", 1999)
    assert record.languages == ["eng", "aze"]
    marc, rules = marc_of(record)
    assert rules == "marc21"
    assert marc.first("245").indicators == "14"
    assert answer.url == edit_address(record)
