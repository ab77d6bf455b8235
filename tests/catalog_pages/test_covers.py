import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise

import pytest

from catalog_pages.covers import SIZES, cover, fit, text_width


@dataclass
class Book:
    pk: int = 1
    title: str = "Yeddi gözəl"
    author: str = "Nizami Gəncəvi"
    main_class: int | None = 8
    cover_id: int | None = None


TITLES = (
    "Yeddi gözəl",
    "ვეფხისტყაოსანი",
    "საქართველოს სახელმწიფოებრიობის განვითარების პერსპექტივები",
    "Қазақстан тарихы көне заманнан бүгінге дейін: зерттеулер мен құжаттар",
    "Коммуникативнопсихологическиесельскохозяйственнопромышленные",
    "Oʻtkan kunlar",
    "a" * 3000,
    "",
    "   ",
    "<script>alert('&\"')</script>",
)


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter("tspan")]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("size", SIZES)
def test_any_title_makes_well_formed_markup_that_keeps_its_letters(title, size):
    for pk in range(25):
        svg = cover(Book(pk=pk, title=title), size=size)
        shown = "".join(words_of(svg)).replace("-", "").replace("…", "").replace(" ", "")
        assert title.replace(" ", "").replace("-", "").startswith(shown)
        assert shown or not title.strip()


def test_a_cover_needs_no_inline_style_or_script():
    svg = cover(Book(title="<script>x</script>"))
    assert "style=" not in svg
    assert "<script" not in svg


def test_the_same_record_always_has_the_same_cover_and_neighbours_differ():
    covers = [cover(Book(pk=pk)) for pk in range(1, 40)]
    assert covers == [cover(Book(pk=pk)) for pk in range(1, 40)]
    alike = sum(
        one.replace(f"-{pk}", "") == other.replace(f"-{pk + 1}", "")
        for pk, (one, other) in enumerate(pairwise(covers), start=1)
    )
    assert alike == 0


def test_a_cover_wears_the_colour_of_its_class():
    assert 'data-class="8"' in cover(Book())
    assert 'data-class="none"' in cover(Book(main_class=None))


def test_a_cover_alone_is_named_and_beside_its_title_it_is_silent():
    assert 'aria-hidden="true"' in cover(Book())
    assert 'role="img" aria-label="Yeddi gözəl"' in cover(Book(), decorative=False)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Nizami Gəncəvi, 1141-1209", "Nizami Gəncəvi"),
        ("Толстой, Лев", "Лев Толстой"),
        ("Достоевский, Фёдор Михайлович", "Ф. М. Достоевский"),
    ],
)
def test_the_author_stands_as_on_a_title_page(heading, expected):
    for pk in range(60):
        svg = cover(Book(pk=pk, author=heading))
        author = [e.text for e in ET.fromstring(svg).iter("text") if "cover-author" in e.get("class")]
        if heading.startswith("Д"):
            assert author[0] in (expected, "Фёдор Михайлович Достоевский")
        else:
            assert author == [expected]


@pytest.mark.parametrize("title", TITLES)
def test_lines_stay_within_their_box(title):
    size, lines = fit(title, 120, 110, SIZES["m"])
    assert all(text_width(line) * size <= 120 for line in lines)
    assert len(lines) * size <= 110
