"""The order of books on the shelf: keys for the numbers of DDC, UDC and BBK.

A key has [0-9a-z] only, which every collation of every database orders alike, and is compared sign by sign. Each
scheme says below in which order its signs file. Where a number ends, the sign END stands: what files before it comes
before the plain number, as a wider subject does in UDC; what files after it, its subdivisions, comes behind.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from search.sorting import CODE_DIGITS, filing_key

LONGEST_CLASS_KEY = 110
LONGEST_AUTHOR_KEY = 40  # twenty letters, far more than a spine label has
LONGEST_SHELF_KEY = LONGEST_CLASS_KEY + LONGEST_AUTHOR_KEY + 8

END, LETTER, SMALL = "end", "letter", "small letter"
DIGITS = "0123456789"

# From the general to the special, as the schemes ask. Closing brackets and quotation marks file as END.
ORDERS: Mapping[str, tuple[str, ...]] = {
    # Decimal; a mark or a word behind the number follows the number itself.
    "ddc": (END, " ", *DIGITS, LETTER),
    # Filing order of the UDC: it mirrors the order in which a number is put together, so that what is joined or
    # extended files first, then relations, language, form, place, people, time, names, and the number's own parts.
    "udc": ("+", "/", END, ":", "::", "[", "=", "(0", "(", "(=", '"', "*", LETTER, "-", ".", "'", *DIGITS),
    # Common subdivisions (small letters) and places (brackets) file before a number's own subdivisions; a digit
    # before a capital, for the middle tables number what the full tables letter.
    "bbk": ("+", "/", END, ":", SMALL, "(", '"', "'", "=", "-", *DIGITS, LETTER),
}
# Which shelf a key stands on: the first sign of all keys of a scheme.
SCHEME_SIGNS = {"bbk": "b", "ddc": "d", "udc": "u"}
# Letters of class numbers file by one alphabet, whatever the library's: that of the scheme.
_ALPHABETS = {"bbk": "ru", "ddc": "en", "udc": "en"}
# Class letters are often typed with a Latin keyboard on: the shapes are the same.
_LATIN_TO_CYRILLIC = str.maketrans("ABEHKMOPCTXYaeopcxy", "АВЕНКМОРСТХУаеорсху")
_EVENED = str.maketrans(dict.fromkeys("–—−", "-") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("’′", "'"))
_CODES = {
    scheme: {sign: CODE_DIGITS[place] for place, sign in enumerate(order)} for scheme, order in ORDERS.items()
}


def shelf_key(scheme: str, number: str, filing: str = "", year: int | None = None) -> str:
    """Where a book stands: by its class, then by its author (``filing`` is a filing key), then by year.

    Empty for a book without a class number of a known scheme. Never raises.
    """
    start = class_key(scheme, number)
    if not start:
        return ""
    end = _CODES[scheme][END]
    return f"{start}{end}{filing[:LONGEST_AUTHOR_KEY]}00{max(0, year or 0):04d}"[:LONGEST_SHELF_KEY]


@lru_cache(20_000)
def class_key(scheme: str, number: str) -> str:
    """With what the keys of all books of this class and of its subdivisions begin; empty where there is none.

    >>> class_key("ddc", "894.36") < class_key("ddc", "894.361") < class_key("ddc", "895")
    True
    """
    signs = _SIGNS.get(scheme)
    if signs is None or not any(sign.isalnum() for sign in number):
        return ""
    codes = "".join(_coded(scheme, sign) for sign in signs(number.translate(_EVENED).strip().lstrip("[")))
    return f"{SCHEME_SIGNS[scheme]}{codes}"[:LONGEST_CLASS_KEY] if codes else ""


def first_signs(scheme: str) -> dict[str, str]:
    """How the key of a class begins, and the digit or letter that stands there: the main classes of a scheme."""
    letters = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ" if scheme == "bbk" else ""
    return {class_key(scheme, sign): sign for sign in (*DIGITS, *letters)}


def _coded(scheme: str, sign: str) -> str:
    """The code of one sign; a letter has its place in the alphabet behind the code of letters."""
    codes = _CODES[scheme]
    if sign in codes:
        return codes[sign]
    kind = SMALL if sign.islower() and SMALL in codes else LETTER
    place = _letter_place(sign, _ALPHABETS[scheme])
    return codes[kind] + place if place else ""


@cache
def _letter_place(letter: str, alphabet: str) -> str:
    return filing_key(letter, "", alphabet)[:2]


def _ddc_signs(number: str) -> Iterator[str]:
    """Digits one by one (the point says nothing new), words behind spaces. Prime marks and brackets go."""
    for word in re.findall(r"[\d.]+|[^\W\d_]+", number):
        if word[0].isalpha():
            yield " "
            yield from word.upper()
        else:
            yield from _digits(word)


def _udc_signs(number: str) -> Iterator[str]:
    """The signs of the UDC; a point behind three digits only helps reading, any other begins a subdivision."""
    digits, quoted = 0, False
    for sign in re.findall(r"::|\(=|\(0|\S", number):
        if sign == "." and digits % 3 == 0:
            continue
        digits = digits + 1 if sign.isdecimal() else int(sign == "(0")
        if sign == '"':
            quoted = not quoted
        if sign in (")", "]") or (sign == '"' and not quoted):
            yield END
        elif sign.isdecimal():
            yield from _digits(sign)
        elif sign.isalpha():
            yield sign.upper()
        elif sign in _CODES["udc"]:
            yield sign


def _bbk_signs(number: str) -> Iterator[str]:
    """The signs of BBK: a small letter is a common subdivision, but in a name (Аз, США) it belongs to the name."""
    inside, named, quoted = 0, False, False
    for sign in number.translate(_LATIN_TO_CYRILLIC):
        if sign.isalpha():
            named = named or inside > 0 or not sign.islower()
            yield sign.upper() if named else sign
            continue
        named = False
        inside = max(0, inside + (sign == "(") - (sign == ")"))
        if sign == '"':
            quoted = not quoted
        if sign in (")", "]") or (sign == '"' and not quoted):
            yield END
        elif sign.isdecimal():
            yield from _digits(sign)
        elif sign in _CODES["bbk"]:
            yield sign


def _digits(text: Iterable[str]) -> Iterator[str]:
    return (str(int(digit)) for digit in text if digit.isdecimal())


_SIGNS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "bbk": _bbk_signs,
    "ddc": _ddc_signs,
    "udc": _udc_signs,
}
