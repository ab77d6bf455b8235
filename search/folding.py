"""Letters evened out: case, apostrophes, digits, look-alikes, and the letters that keyboards lack."""

import re
import unicodedata

from search import letters

LONGEST_WORD = 60  # engines cut or refuse very long tokens; the same limit for both
LETTER_CATEGORIES = ("Lu", "Ll", "Lt", "Lo")


class _FoldingTable(dict[int, str]):
    """Folding character by character, worked out when a character is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return character
    text, previous = character, ""
    while text != previous:
        previous = text
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letters.FOLDING.get(c, c) for c in decomposed if _belongs_to_word(c)).translate(
            _DIGITS
        )
    if not text and unicodedata.category(character) in LETTER_CATEGORIES:
        return character
    return text


def _belongs_to_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category in LETTER_CATEGORIES or category[0] == "N" or category == "Mc"


def _digit_table() -> dict[int, str]:
    digits = (chr(code) for code in range(0x660, 0x10000) if unicodedata.category(chr(code)) == "Nd")
    return {ord(digit): str(unicodedata.decimal(digit)) for digit in digits}


FOLDED = _FoldingTable()
_DIGITS = _digit_table()
_EVEN_OUT = (
    dict.fromkeys(map(ord, letters.INVISIBLE + letters.INNER_DOTS))
    | {ord(mark): "ʻ" for mark in letters.APOSTROPHES}
    | _DIGITS
)

_LATIN, _CYRILLIC = "A-Za-z\u00c0-\u024f\u0259\u0275", "\u0400-\u052f"
_MIXED = re.compile(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_BOTH_SCRIPTS = re.compile(f"[{_LATIN}{_CYRILLIC}]+")
_TO_CYRILLIC = str.maketrans(letters.LATIN_TO_CYRILLIC)
_TO_LATIN = str.maketrans(letters.CYRILLIC_TO_LATIN)


def fold(text: str, language: str = "") -> str:
    """The text with every letter replaced by what a reader without it would type.

    Blind to language (`language` is accepted so that callers need not care), total and idempotent; never empty
    for a text with letters. Apostrophes and combining marks vanish, spaces stay.
    """
    if text.isascii():
        return text.translate(FOLDED)
    folded = one_script(text).translate(FOLDED)
    return one_script(folded).translate(FOLDED) if _MIXED.search(folded) else folded


def lower(text: str, language: str = "") -> str:
    """The text in small letters, with one kind of apostrophe, digit and composition, each word in one script."""
    text = one_script(unicodedata.normalize("NFC", text).translate(_EVEN_OUT))
    if language in letters.DOTLESS_I_LANGUAGES:
        text = text.replace("I", "ı")
    text = text.replace("İ", "i").casefold()
    if not text.isascii():  # some letters have an apostrophe in their small form only
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_EVEN_OUT))
    return text


def exact(word: str, language: str = "") -> str:
    """The exact form of a word, cut to what engines take."""
    return lower(word, language)[:LONGEST_WORD]


def one_script(text: str) -> str:
    """The text without Latin look-alikes in its Cyrillic words and the reverse: Жужa with a Latin a → Жужа.

    Words that really mix scripts stay: iPhoneлар.
    """
    return _BOTH_SCRIPTS.sub(_one_script, text) if _MIXED.search(text) else text


def _one_script(match: re.Match[str]) -> str:
    word = match[0]
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in word)
    as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    found = (as_cyrillic, as_latin) if cyrillic * 2 >= len(word) else (as_latin, as_cyrillic)
    return next((spelling for spelling in found if not _MIXED.search(spelling)), word)
