"""The words of a reference in the language of the work it names; tables for linguists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# The last sound of a numeral in Azerbaijani decides its ending: 1-ci, 3-cü, 6-cı, 9-cu.
_AZERBAIJANI_ONES = {
    "1": "ci",
    "2": "ci",
    "3": "cü",
    "4": "cü",
    "5": "ci",
    "6": "cı",
    "7": "ci",
    "8": "ci",
    "9": "cu",
}
_AZERBAIJANI_TENS = {
    "1": "cu",
    "2": "ci",
    "3": "cu",
    "4": "cı",
    "5": "ci",
    "6": "cı",
    "7": "ci",
    "8": "ci",
    "9": "cı",
}
_ENGLISH = {"1": "st", "2": "nd", "3": "rd"}


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says it; ``edition`` makes "2nd ed." of "2"."""

    edition: Callable[[str], str]
    pages: str
    others: str
    last_and: str
    no_place: str = "S. l."
    no_date: str = "s. a."


def _english(number: str) -> str:
    ending = "th" if number[-2:-1] == "1" else _ENGLISH.get(number[-1], "th")
    return f"{number}{ending} ed."


def _azerbaijani(number: str) -> str:
    ending = _AZERBAIJANI_ONES.get(number[-1]) or _AZERBAIJANI_TENS.get(number[-2:-1], "cü")
    return f"{number}-{ending} nəşr"


WORDS: Mapping[str, Words] = {
    "eng": Words(_english, "p.", "et al.", "and", "n.p.", "n.d."),
    "aze": Words(_azerbaijani, "s.", "və b.", "və"),
    "kaz": Words("{}-бас.".format, "б.", "т.б.", "және"),
    "geo": Words("მე-{} გამოც.".format, "გვ.", "და სხვ.", "და"),
    "uzb": Words("{}-nashr".format, "b.", "va boshq.", "va"),
    "tur": Words("{}. bs.".format, "s.", "vd.", "ve", "y.y.", "t.y."),
    "rus": Words("{}-е изд.".format, "с.", "и др.", "и", "Б. м.", "б. г."),
}
OTHER = Words("{}".format, "p.", "et al.", "&")


def words_of(language: str) -> Words:
    """The words for a code of MARC; those that all languages understand where there are none."""
    return WORDS.get(language, OTHER)
