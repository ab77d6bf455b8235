"""Call numbers: class number, three letters, year."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from catalog_pages.call_numbers import (
    article_length,
    author_mark,
    call_number,
    mark_from_table,
    proposed_call_number,
)
from catalog_pages.class_schemes.author_marks import BadTable, load_table
from catalog_pages.items.services import add_copies
from catalog_pages.models import AuthorMark, AuthorMarkTable, CallNumberRule
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import BranchFactory


@pytest.mark.parametrize(
    ("heading", "language", "mark"),
    [
        ("Nizami Gəncəvi", "aze", "NİZ"),
        ("Işıq, Əli", "aze", "IŞI"),
        ("Ilgaz, Rıfat", "tur", "ILG"),
        ("Irving, John", "eng", "IRV"),
        ("irving, John", "eng", "IRV"),
        ("Oʻtkir Hoshimov", "uzb", "OʻTK"),
        ("O'Brien, Flann", "eng", "O'BR"),
        ("Әуезов, Мұхтар", "kaz", "ӘУЕ"),
        ("რუსთაველი, შოთა", "geo", "რუს"),
        ("Wu", "eng", "WU"),
        ("«Азия»", "rus", "АЗИ"),
        ("", "eng", ""),
    ],
)
def test_author_mark(heading, language, mark):
    assert author_mark(heading, language) == mark


@pytest.mark.parametrize(
    ("author", "title", "year", "expected"),
    [
        ("Tolstoy, Leo", "War", 1869, "891.7 TOL 1869"),
        ("", "War", 1869, "891.7 WAR 1869"),
        ("", "War", None, "891.7 WAR"),
    ],
)
def test_call_number(author, title, year, expected):
    made = call_number(class_number="891.7", author=author, title=title, year=year, language="eng")
    assert made == expected


@pytest.mark.parametrize(
    ("title", "language", "length"),
    [
        ("The castle", "eng", 4),
        ("An apple", "eng", 3),
        ("Theseus", "eng", 0),
        ("A", "eng", 0),
        ("Der Zauberberg", "ger", 4),
        ("L'été", "fre", 2),
        ("Le père", "fre", 3),
        ("The şəhər", "aze", 0),
        ("", "eng", 0),
    ],
)
def test_an_article_does_not_file(title, language, length):
    assert article_length(title, language) == length


def test_a_title_gives_its_letters_without_the_article():
    made = call_number(class_number="823", author="", title="The castle", year=1999, language="eng")
    assert made == "823 CAS 1999"


TABLE = "Т,50\nТол,52\nТолстой,53\nТур,88\nЧ,Ч-45\n"


@pytest.fixture
def table(db):
    load_table("marks", TABLE, name="Marks", language="ru")
    return AuthorMarkTable.objects.get()


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("Толстой, Лев", "Т53"),
        ("Толстая, Татьяна", "Т52"),
        ("Тагор", "Т50"),
        ("тургенев", "Т88"),
        ("Чехов", "Ч-45"),
        ("Абай", ""),
        ("Пушкин", ""),
        ("", ""),
    ],
)
def test_a_name_gets_the_mark_of_the_line_before_it(table, heading, mark):
    assert mark_from_table(table, heading, "rus") == mark


def test_a_table_loaded_again_holds_what_the_file_holds(table):
    assert load_table("marks", "Тол;60\nЯ;1", name="", language="ru") == 2
    assert list(AuthorMark.objects.order_by("sort_key").values_list("beginning", "mark")) == [
        ("Тол", "60"), ("Я", "1"),
    ]  # fmt: skip
    assert AuthorMarkTable.objects.get().name == "Marks"


@pytest.mark.parametrize(
    ("code", "text", "language"),
    [
        ("Bad Code", TABLE, "ru"),
        ("ok", "", "ru"),
        ("ok", "only", "ru"),
        ("ok", "Т,\n", "ru"),
        ("ok", "---,5\n", "ru"),
        ("ok", TABLE, "xx"),
        ("ok", f"{'Т' * 61},5", "ru"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(db, code, text, language):
    with pytest.raises(BadTable):
        load_table(code, text, name="", language=language)
    assert not AuthorMarkTable.objects.exists()


def test_the_command_loads_a_file_and_says_what_is_wrong_with_one(db, tmp_path, capsys):
    file = tmp_path / "marks.csv"
    file.write_text(TABLE, "utf-8")
    call_command("load_author_marks", "marks", file, alphabet="ru", verbosity=1)
    assert "5 lines" in capsys.readouterr().out
    file.write_bytes("Т,5".encode("cp1251"))
    with pytest.raises(CommandError):
        call_command("load_author_marks", "marks", file, verbosity=0)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{class} {mark} {year}", "84(2) Т53 1869"),
        ("{class}/{mark}", "84(2)/Т53"),
        ("{mark} {class}", "Т53 84(2)"),
        ("{year}-{class}", "1869-84(2)"),
    ],
)
def test_the_rule_of_the_library_makes_the_call_number(table, pattern, expected):
    record = RecordFactory(
        authors=["Толстой, Лев"], language="rus", year=1869, class_scheme="bbk", class_number="84(2)"
    )
    branch = BranchFactory()
    CallNumberRule.objects.create(pattern="{class}")
    assert proposed_call_number(record, branch.pk) == "84(2)"
    CallNumberRule.objects.create(branch=branch, pattern=pattern, marks=table)
    assert proposed_call_number(record, branch.pk) == expected
    assert proposed_call_number(record) == "84(2)"


def test_without_a_rule_three_letters_and_without_a_part_no_hole(db):
    record = RecordFactory.build(
        authors=[], title="The castle", language="eng", year=None, class_number="823"
    )
    assert proposed_call_number(record) == "823 CAS"
    record.class_number = ""
    assert proposed_call_number(record) == "CAS"


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Azərbaycan müəllimi", "aze", "Azərbaycan müəllimi"),
        ("The Times", "eng", "Times"),
        ("word " * 30, "eng", " ".join(["word"] * 12)),
    ],
)
def test_periodicals_stand_by_title(db, title, language, expected):
    CallNumberRule.objects.create(pattern="{class}")
    record = RecordFactory.build(
        material="periodical", title=title, language=language, authors=["Body"], class_number="050", year=1934
    )
    assert proposed_call_number(record) == expected


def test_copies_of_the_legal_deposit_stand_by_accession_number(db):
    record, branch = RecordFactory(class_number="894.361", authors=["Nizami"], year=1990), BranchFactory()

    def call_number_of(**fields):
        (item,) = add_copies(record, branch=branch, how_many=1, user=None, barcodes=[""], **fields)
        return item.call_number

    by_rule = proposed_call_number(record, branch.pk)
    assert call_number_of(accession_numbers=["D-17"], is_legal_deposit=True) == "D-17"
    assert call_number_of(accession_numbers=["18"]) == by_rule
    assert call_number_of(accession_numbers=[""], is_legal_deposit=True) == by_rule
    assert call_number_of(accession_numbers=["19"], is_legal_deposit=True, call_number="own") == "own"


@pytest.mark.parametrize("pattern", ["", "class", "{klass}", "{class", "{class}}", "{}"])
def test_a_pattern_with_unknown_parts_is_refused(db, pattern):
    with pytest.raises(ValidationError):
        CallNumberRule(pattern=pattern).full_clean()


def test_there_is_one_rule_for_all_libraries(db):
    CallNumberRule.objects.create()
    with pytest.raises(ValidationError):
        CallNumberRule().full_clean()
