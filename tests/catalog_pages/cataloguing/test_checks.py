import pytest

from catalog_pages.cataloguing.checks import Warning, isbn13, issn8, token_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("080442957x", "9780804429573"),
    ],
)
def test_an_isbn_becomes_thirteen_digits(typed, kept):
    assert isbn13(typed) == kept


@pytest.mark.parametrize("typed", ["0-306-40615-3", "123", "", "978-0-306-40615-8", "ISBN"])
def test_a_wrong_isbn_is_refused(typed):
    with pytest.raises(ValueError, match="right ISBN"):
        isbn13(typed)


def test_an_issn_gets_its_hyphen():
    assert issn8("03785955") == "0378-5955"
    with pytest.raises(ValueError, match="right ISSN"):
        issn8("0378-5954")


def test_who_confirmed_one_warning_has_not_confirmed_another():
    assert token_of([Warning("a")]) != token_of([Warning("a"), Warning("b")])
