import pytest

from catalog_pages.citations import linked_data, plain
from catalog_pages.models import Record
from catalog_pages.shelf import Holdings


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {
                "title": "Мартин Иден",
                "authors": ["Лондон, Дж."],
                "place": "Москва",
                "publisher": "Наука",
                "year": 1986,
            },
            "Лондон, Дж. Мартин Иден. Москва: Наука, 1986.",
        ),
        ({"title": "Xəmsə", "subtitle": "seçilmiş", "year_text": "XII əsr"}, "Xəmsə: seçilmiş. XII əsr."),
        ({"title": "What is to be done?", "publisher": "Progress"}, "What is to be done? Progress."),
    ],
)
def test_a_record_is_cited_in_one_line(fields, expected):
    assert plain(Record(**fields)) == expected


def test_machines_get_only_what_is_known():
    data = linked_data(Record(title="Xəmsə", authors=["Nizami Gəncəvi"]), Holdings([]), "https://x.org/1")
    assert data["@type"] == "Book"
    assert "isbn" not in data and "offers" not in data
