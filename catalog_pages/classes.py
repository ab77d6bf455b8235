"""The ten main classes whose colours mark the shelves, reached from DDC, UDC and BBK numbers."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLASS_NAMES: tuple[Promise, ...] = (
    _("General works"),
    _("Philosophy, psychology"),
    _("Religion"),
    _("Social sciences"),
    _("Languages"),
    _("Natural sciences"),
    _("Technology, medicine"),
    _("Arts, sport"),
    _("Literature"),
    _("History, geography"),
)

# UDC keeps languages inside its class 8; everything else follows the first digit.
_UDC: Mapping[str, int] = {"80": 4, "81": 4}

# The middle tables of BBK, used by public libraries, number the same sciences by pairs of digits.
_BBK_DIGITS: Mapping[str, int] = {
    "1": 0, "2": 5, "3": 6, "4": 6, "5": 6, "6": 3, "63": 9, "635": 3, "7": 3, "72": 0, "75": 7, "76": 0,
    "77": 7, "78": 0, "79": 0, "8": 8, "80": 4, "81": 4, "82": 3, "85": 7, "86": 2, "87": 1, "88": 1,
    "9": 0, "2689": 9,
}  # fmt: skip

# The full tables of BBK, used by research libraries, begin with a Cyrillic letter.
_BBK_LETTERS: Mapping[str, int] = {
    "А": 0, "Б": 5, "В": 5, "Г": 5, "Д": 5, "Д89": 9, "Е": 5, "Ж": 6, "З": 6, "И": 6, "К": 6, "Л": 6,
    "М": 6, "Н": 6, "О": 6, "П": 6, "Р": 6, "С": 3, "Т": 9, "Т5": 3, "У": 3, "Ф": 3, "Х": 3, "Ц": 3,
    "Ч": 3, "Ч2": 0, "Ч5": 7, "Ч6": 0, "Ч7": 0, "Ш": 8, "Ш1": 4, "Ш2": 3, "Ш3": 3, "Щ": 7, "Э": 2,
    "Ю": 1, "Я": 0,
}  # fmt: skip

# Class letters are often typed with a Latin keyboard on: the shapes are the same.
_LATIN_TO_CYRILLIC = str.maketrans("ABEHKMOPCTXY", "АВЕНКМОРСТХУ")


def main_class(scheme: str, number: str) -> int | None:
    """The main class (0–9) of a call or class number in ``ddc``, ``udc`` or ``bbk``; None where it has none."""
    number = (number or "").strip().upper().lstrip("[('\"")
    if not number:
        return None
    if scheme == "bbk":
        return _bbk_class(number)
    if not number[0].isascii() or not number[0].isdigit():
        return None
    if scheme == "udc":
        return _UDC.get(number[:2], int(number[0]))
    return int(number[0]) if scheme == "ddc" else None


def _bbk_class(number: str) -> int | None:
    if number[0].isascii() and number[0].isdigit():
        return _longest(_BBK_DIGITS, re.sub(r"[^0-9.].*$", "", number))
    return _longest(_BBK_LETTERS, number.translate(_LATIN_TO_CYRILLIC))


def _longest(table: Mapping[str, int], number: str) -> int | None:
    """The entry whose key is the longest beginning of the number, points and spaces left out."""
    plain = re.sub(r"[\s.]", "", number)
    found = [key for key in table if plain.startswith(key)]
    return table[max(found, key=len)] if found else None


def class_name(digit: int | None) -> str:
    """The translated name of a main class, empty for None."""
    return "" if digit is None else str(CLASS_NAMES[digit])
