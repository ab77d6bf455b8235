"""Rules of good records (A24), as functions of texts and numbers: they know no database."""

from __future__ import annotations

import re
from datetime import date

EARLIEST_YEAR = 1450  # the first books that were printed
ISBN_SINCE = 1970
_SHORT_WORD, _LONGEST_ACRONYM = 4, 6
_ROMAN = re.compile(r"[IVXLCDMІХ]+")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)\d{3,}(?!\d)")
_LATIN_TO_CYRILLIC = str.maketrans("ABEHKMOPCTXYaeopcxy", "АВЕНКМОРСТХУаеорсху")
# How numbers look; prime marks, brackets of half titles and spaces are taken out before.
_SHAPES = {
    # 894.361, 894.361 XƏQ, j398.2, B (biography), E and Fic (for children)
    "ddc": re.compile(r"[jJ]?\d{3}(\.\d+)?(\s.+)?|[A-Z][a-z]{0,3}\.?|FIC"),
    # 821.512.162-31, 94(479.24)"18", =512.162, (075.8)
    "udc": re.compile(r'[\d(="\[](?:[\d.()=":+/\'*\[\]<>\s-]|[^\W\d_])*'),
    # 84(5Аз), Ш5(5Аз)6, 63.3(5Азе)6-8я7
    "bbk": re.compile(r'(\d{1,3}|[А-ЯЁ]\d*)(?:[\d.()=":+/\'\s*,-]|[А-Яа-яёЁӘәІіҚқҒғҢңҮүҰұӨөҺһ])*'),
}


def capitals(text: str) -> bool:
    """Whether a value is typed wholly in capitals; acronyms (UNESCO) and Roman numerals alone are not.

    >>> capitals("YEDDİ GÖZƏL"), capitals("UNESCO"), capitals("Yeddi gözəl"), capitals("ВОЙНА И МИР")
    (True, False, False, True)
    """
    if text != text.upper() or text == text.lower():
        return False
    words = [word for word in _WORD.findall(text) if not _ROMAN.fullmatch(word)]
    whole = [len(word) for word in words if len(word) > 1]
    if len(whole) == 1:
        # With initials it is a name: ПЕТРОВ А.
        return whole[0] > (_SHORT_WORD if len(words) > 1 else _LONGEST_ACRONYM)
    return len(whole) > 2 or any(length > _SHORT_WORD for length in whole)


def impossible_year(year: int | None, printed: str, today: date) -> bool:
    """Whether a year lies before printing or after next year; ``printed`` is looked at where no year was read."""
    if year is not None:
        return not EARLIEST_YEAR <= year <= today.year + 1
    numbers = [int(number) for number in _NUMBER.findall(printed)]
    return bool(numbers) and not any(EARLIEST_YEAR <= number <= today.year + 1 for number in numbers)


def lacks_isbn(material: str, year: int | None, isbns: list[str]) -> bool:
    """Whether it is a book from the time of ISBN without one."""
    return material == "book" and year is not None and year >= ISBN_SINCE and not isbns


def outside_scheme(scheme: str, number: str) -> bool:
    """Whether a class number cannot be one of its scheme, or is of none."""
    if not number.strip():
        return False
    shape = _SHAPES.get(scheme)
    if shape is None:
        return True
    plain = (
        number.strip().translate(str.maketrans("’′–—", "''--")).strip("[]").replace("[", "").replace("]", "")
    )
    if scheme == "ddc":
        plain = plain.replace("'", "").replace("/", "")
    if scheme == "bbk":
        plain = plain.translate(_LATIN_TO_CYRILLIC)
    return shape.fullmatch(plain) is None


def no_title(title: str) -> bool:
    """Whether a title has neither letters nor digits."""
    return not any(letter.isalnum() for letter in title)
