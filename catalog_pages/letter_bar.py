"""The letters over a list from A to Z: the alphabet of its language, then the letters of other scripts in use."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.call_numbers import capitals
from search.alphabets import DIGITS, SCRIPTS, alphabet, tailoring
from search.sorting import OTHER_LETTERS, filing_key

CODE_LENGTH = 2  # of a letter in a key; where no table knows the letter, more follow
OTHER_LENGTH = 6
NUMBERS = "0–9"

# The alphabets as schools teach them, but for letters that begin no word. Uzbek has its letters of two signs last.
ALPHABETS: Mapping[str, str] = {
    "az": "A B C Ç D E Ə F G Ğ H X I İ J K Q L M N O Ö P R S Ş T U Ü V Y Z",
    "tr": "A B C Ç D E F G Ğ H I İ J K L M N O Ö P R S Ş T U Ü V Y Z",
    "uz": "A B D E F G H I J K L M N O P Q R S T U V X Y Z Oʻ Gʻ Sh Ch Ng",
    "kk": "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ы І Э Ю Я",
    "ru": "А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ы Э Ю Я",
    "ka": "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ",
    "en": "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
}
SCRIPT_NAMES: Mapping[str, Promise] = {
    "Latn": _("Latin letters"),
    "Cyrl": _("Cyrillic letters"),
    "Geor": _("Georgian letters"),
    "Grek": _("Greek letters"),
    "Armn": _("Armenian letters"),
    "Hebr": _("Hebrew letters"),
    "Arab": _("Arabic letters"),
    "": _("Other letters"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the bar; nothing begins with one that is not in use."""

    text: str
    code: str
    in_use: bool
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The letters of one script."""

    name: str | Promise
    letters: list[Letter]


def letter_groups(language: str, in_use: Iterable[str], current: str = "") -> list[LetterGroup]:
    """The bar of a list ordered by the alphabet of ``language``; ``in_use`` are the beginnings of its keys."""
    used = {code: letter_of(code, language) for code in in_use}
    official = _official(language)
    numbers = [code for code, text in used.items() if text == NUMBERS]
    here = letter_of(current, language) if current else ""
    by_script: dict[str, dict[str, str]] = {"own": {}}
    by_script["own"].update({numbers[0]: NUMBERS} if numbers else {})
    by_script["own"].update(official)
    own_scripts = tailoring(language).scripts[:1]
    for code, text in used.items():
        if text != NUMBERS and code not in official:
            script = _script(code, language)
            by_script.setdefault("own" if official and script in own_scripts else script, {})[code] = text
    groups = []
    for script, letters in by_script.items():
        ordered = [
            Letter(letters[code], code, code in used, letters[code] == here)
            for code in sorted(letters)  # keys sort as the letters do
        ]
        if ordered:
            groups.append(LetterGroup(_("Alphabet") if script == "own" else SCRIPT_NAMES[script], ordered))
    return groups


def letter_of(code: str, language: str) -> str:
    """The letter under which keys with this beginning stand, as a heading shows it."""
    if code.startswith(OTHER_LETTERS):
        digits = code[len(OTHER_LETTERS) : OTHER_LENGTH]
        number = int(digits[:2], 36) * 36 * 36 + int(digits[2:], 36) if len(digits) == 4 else ord("…")
        return chr(number) if number < 0x110000 else "…"
    return _letters(language).get(code[:CODE_LENGTH], "…")


def beginning(key: str) -> str:
    """The part of a key that says under which letter it stands."""
    return key[: OTHER_LENGTH if key.startswith(OTHER_LETTERS) else CODE_LENGTH]


@cache
def _official(language: str) -> dict[str, str]:
    """The letters of the alphabet by their codes. Ng, which files as n and g, stands last and under no code."""
    letters = ALPHABETS.get(language, "").split()
    codes = {filing_key(letter, language, language): letter for letter in letters}
    return {code if len(code) == CODE_LENGTH else f"~{code}": letter for code, letter in codes.items()}


@cache
def _letters(language: str) -> dict[str, str]:
    """Every letter that the tables of order know, as a capital, by its code."""
    codes = {filing_key(digit, "", language): NUMBERS for digit in DIGITS}
    for letter in alphabet(language):
        code = filing_key(letter, language, language)
        if code and code not in codes:
            codes[code] = letter if _has_no_capitals(letter) else capitals(letter, _marc(language))
    return codes | {code: letter for code, letter in _official(language).items() if code in codes}


@cache
def _script(code: str, language: str) -> str:
    """The script of a letter, by its code."""
    letter = letter_of(code, language).lower()
    return next((name for name, letters in SCRIPTS.items() if letter in letters.split()), "")


def _has_no_capitals(letter: str) -> bool:
    return "GEORGIAN" in unicodedata.name(letter[0], "")


def _marc(language: str) -> str:
    """What ``capitals`` calls the language; only of those with a dotted I the letter differs."""
    return {"az": "aze", "tr": "tur"}.get(language, "")
