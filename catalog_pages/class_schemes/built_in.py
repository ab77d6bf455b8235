"""The ranges a new installation begins with: beginnings of numbers and the colour of their label."""

from collections.abc import Mapping

_DIGITS: Mapping[str, int] = {str(digit): digit for digit in range(10)}

# UDC keeps languages inside its class 8; everything else follows the first digit.
_UDC: Mapping[str, int] = {**_DIGITS, "80": 4, "81": 4}

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

BUILT_IN: Mapping[str, Mapping[str, int]] = {
    "ddc": _DIGITS,
    "udc": _UDC,
    "bbk": {**_BBK_DIGITS, **_BBK_LETTERS},
}
