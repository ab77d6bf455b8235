"""Letters evened out: case, apostrophes, digits, and the letters that keyboards lack."""

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


_FOLDING = _FoldingTable()
_DIGITS = _digit_table()
_EVEN_OUT = (
    dict.fromkeys(map(ord, letters.INVISIBLE)) | {ord(mark): "ʻ" for mark in letters.APOSTROPHES} | _DIGITS
)


def fold(text: str, language: str = "") -> str:
    """The text with every letter replaced by what a reader without it would type.

    Blind to language (`language` is accepted so that callers need not care), total and idempotent; never empty
    for a text with letters. Apostrophes and combining marks vanish, spaces stay.
    """
    return text.translate(_FOLDING)


def lower(text: str, language: str = "") -> str:
    """The text in small letters, with one kind of apostrophe, digit and composition."""
    text = unicodedata.normalize("NFC", text.translate(_EVEN_OUT))
    if language in letters.DOTLESS_I_LANGUAGES:
        text = text.replace("I", "ı")
    return unicodedata.normalize("NFC", text.replace("İ", "i").casefold())


def exact(word: str, language: str = "") -> str:
    """The exact form of a word, cut to what engines take."""
    return lower(word, language)[:LONGEST_WORD]
