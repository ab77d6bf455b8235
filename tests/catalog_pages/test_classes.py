import pytest

from catalog_pages.classes import CLASS_NAMES, class_name, main_class


@pytest.mark.parametrize(
    ("scheme", "number", "expected"),
    [
        ("ddc", "894.361", 8),
        ("ddc", " 004.6", 0),
        ("ddc", "[Fic]", None),
        ("udc", "821.512.162-31", 8),
        ("udc", "81'373", 4),
        ("udc", "94(479.24)", 9),
        ("udc", "004.8", 0),
        ("bbk", "84(5Аз)6", 8),
        ("bbk", "81.2Аз", 4),
        ("bbk", "63.3(5Аз)", 9),
        ("bbk", "63.5", 3),
        ("bbk", "22.1", 5),
        ("bbk", "86.38", 2),
        ("bbk", "88", 1),
        ("bbk", "85.31", 7),
        ("bbk", "75.5", 7),
        ("bbk", "92", 0),
        ("bbk", "Ш5(2=Аз)", 8),
        ("bbk", "Ш1", 4),
        ("bbk", "Т3(2)", 9),
        ("bbk", "T3(2)", 9),
        ("bbk", "Ю9", 1),
        ("bbk", "Щ31", 7),
        ("bbk", "П", 6),
        ("bbk", "?", None),
        ("ddc", "", None),
        ("", "894", None),
        ("ddc", "٣", None),
        ("lcc", "PL314", None),
    ],
)
def test_a_number_belongs_to_one_of_the_ten_classes_of_the_shelves(scheme, number, expected):
    assert main_class(scheme, number) == expected


def test_every_class_has_a_name():
    assert len(CLASS_NAMES) == 10
    assert all(class_name(digit) for digit in range(10))
    assert class_name(None) == ""
