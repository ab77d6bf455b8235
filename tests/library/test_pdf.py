"""Papers in the scripts of all seven languages, whose text can be taken out again."""

import logging
from datetime import date
from io import BytesIO

import pytest
from django.utils.translation import gettext_lazy
from pypdf import PdfReader

from library import pdf
from library.pdf import PdfError, render

pytestmark = pytest.mark.django_db

TEXTS = {
    "az": "Şəhər kitabxanası, görüş, ığdır, Ğ",
    "kk": "Қалалық кітапхана, өңір, үлгі, Һәм, ұйғыр",
    "ka": "საქალაქო ბიბლიოთეკა, წიგნი",
    "uz": "Oʻzbek kitobi, gʻisht",
    "tr": "Şehir kütüphanesi, ağaç, İstanbul",
    "ru": "Городская библиотека, ёлка, № 5",
    "en": "The city's library – “books”",
}


def text_of(paper):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


GEORGIAN = {"FiraGO", "Noto Sans Georgian", "DejaVu Sans"}


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_is_printed(language):
    if language == "ka" and not GEORGIAN & set(pdf._fonts().families()):
        pytest.skip("no font with Georgian letters is here")
    text = TEXTS[language]
    paper = render("list", {"title": text, "columns": [text], "rows": [[text]]}, language=language)
    assert paper.startswith(b"%PDF")
    assert " ".join(text_of(paper).split()).count(text) >= 3
    assert PdfReader(BytesIO(paper)).metadata.title == text


def test_what_data_holds_is_text():
    tricky = '#panic("x") *bold* $x^2$ #read("/etc/passwd") \\ " <a> @ref // comment'
    text = text_of(render("list", {"title": "List", "columns": ["A"], "rows": [[tricky]]}))
    assert tricky.replace(" ", "") in "".join(text.split())


def test_a_long_list_has_numbered_pages():
    rows = [[str(number), gettext_lazy("Overdue"), date(2026, 11, 25)] for number in range(200)]
    paper = PdfReader(BytesIO(render("list", {"title": "L", "columns": ["1", "2", "3"], "rows": rows})))
    assert len(paper.pages) > 3
    last = paper.pages[-1].extract_text()
    assert f"{len(paper.pages)} / {len(paper.pages)}" in last
    assert "2026-11-25" in last and "199" in last
    assert all("3" in page.extract_text() for page in paper.pages)


def test_an_empty_list_is_a_paper_too():
    assert "Nothing here" in text_of(render("list", {"title": "Nothing here", "columns": [], "rows": []}))


@pytest.mark.parametrize(
    ("template", "data"), [("no_such", {}), ("list", {"title": "No columns"}), ("../base", {})]
)
def test_what_cannot_be_set_is_said_in_words(template, data, caplog):
    caplog.set_level(logging.CRITICAL, "library.pdf")
    with pytest.raises(PdfError, match="could not be made"):
        render(template, data)


def test_the_fonts_made_at_set_up_are_used(settings, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(settings.BASE_DIR / "scripts")
    import cut_fonts

    monkeypatch.setattr(cut_fonts, "PRINT_FONTS", tmp_path / "fonts")
    cut_fonts.write_print_fonts()
    if not (tmp_path / "fonts").exists():
        pytest.skip("the font packages are not installed")
    settings.PRINT_FONTS = tmp_path / "fonts"
    pdf._fonts.cache_clear()
    try:
        paper = render("list", {"title": TEXTS["ka"], "intro": TEXTS["kk"], "columns": [], "rows": []})
    finally:
        pdf._fonts.cache_clear()
    fonts = PdfReader(BytesIO(paper)).pages[0]["/Resources"]["/Font"]
    names = [font.get_object()["/BaseFont"] for font in fonts.values()]
    assert names and all("FiraGO" in name for name in names)
