"""What belongs to one work: author and title, or uniform title, however they are written."""

import pytest

from catalog_pages.works import WORK_KEY_LENGTH, work_key

WAR = ("Толстой, Лев, 1828-1910", "Война и мир")


@pytest.mark.parametrize(
    ("author", "title", "uniform"),
    [
        ("ТОЛСТОЙ, Лев", "Война и мир.", ""),
        ("Толстой, Лев, 1828-", "ВОЙНА И МИР", ""),
        ("Толстой, Лев, 1828-1910", "War and peace", "Война и мир"),
        ("Толстой, Лев, 1828-1910", "Война и мир", "Works"),
    ],
)
def test_the_same_work(author, title, uniform):
    assert work_key(author, title, uniform) == work_key(*WAR)


@pytest.mark.parametrize(
    ("author", "title", "uniform"),
    [
        ("Толстой, Алексей", "Война и мир", ""),
        ("Толстой, Лев, 1828-1910", "Детство", ""),
        ("Толстой, Лев, 1828-1910", "Война и мир", "Детство"),
    ],
)
def test_another_work(author, title, uniform):
    assert work_key(author, title, uniform) not in ("", work_key(*WAR))


@pytest.mark.parametrize(
    ("author", "title", "uniform"),
    [("", "Annual report", ""), ("", "", ""), ("A, B", "...", ""), ("", "Poems", "Poems")],
)
def test_too_little_to_tell(author, title, uniform):
    assert work_key(author, title, uniform) == ""


def test_a_uniform_title_tells_works_without_an_author():
    assert work_key("", "Min bir gecə nağılları", "Arabian nights")
    assert work_key("", "Min bir gecə", "Arabian nights") == work_key("", "1001 nights", "Arabian nights")


def test_the_key_has_its_length():
    assert len(work_key("ა" * 4000, "ბ" * 4000)) == WORK_KEY_LENGTH
