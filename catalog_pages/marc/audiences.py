"""For whom a work is meant: by the codes of MARC21 and UNIMARC, by ages in a note, by plain words.

The groups are those of ``catalog_pages.models.AgeGroup``. Children of no narrower age are one group of their own
(A38: children are 0–14), which counts only where nothing more exact is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CHILDREN = "0-14"
# 008/22, in the types of record that have a place for it there, and 100 $a/17-19.
MARC21_AT = frozenset("acdgjikmoprt")
MARC21 = {"a": "0-6", "b": "7-10", "c": "11-14", "d": "15-18", "j": CHILDREN}
UNIMARC = {"b": "0-6", "c": "7-10", "d": "11-14", "e": "15-18", "a": CHILDREN}

_GROUPS = frozenset(MARC21.values())
_AGE = re.compile(r"(?<!\d)0{0,2}(\d{1,2})(?!\d)")
# Up to which age each group goes, by the youngest reader that a note names.
_YOUNGEST = ((5, "0-6"), (9, "7-10"), (13, "11-14"), (17, "15-18"))
# Usual words of a note, for the age of a school or for all children; a note that says more may mean their teachers.
_SCHOOL_AGES = (
    (re.compile(r"(?:для )?(?:детей )?дошкольного(?: возраста)?|preschool|məktəbəqədər yaşlı uşaqlar(?: üçün)?"),
     "0-6"),
    (re.compile(r"(?:для )?(?:детей )?младшего школьного возраста|kiçik yaşlı məktəblilər(?: üçün)?"), "7-10"),
    (re.compile(r"(?:для )?(?:детей )?среднего(?: и старшего)? школьного возраста|orta yaşlı məktəblilər(?: üçün)?"),
     "11-14"),
    (re.compile(r"(?:для )?(?:детей )?старшего школьного возраста|yuxarı yaşlı məktəblilər(?: üçün)?"), "15-18"),
)  # fmt: skip
_CHILDREN = re.compile(
    r"(?:for )?(?:children|juvenile(?: audience| readers)?)|(?:для )?дет(?:и|ей)|uşaqlar(?: üçün)?|çocuklar(?: için)?"
    r"|балалар(?:ға арналған)?|bolalar(?: uchun)?|ბავშვები(?:სთვის)?|ბავშვთათვის"
)


def group_of_age(text: str) -> str:
    """The age group of the first age in a text: "Ages 7-10", "6+", "011-014"; nothing for grown-ups.

    >>> group_of_age("7-10"), group_of_age("12+"), group_of_age("0-14"), group_of_age("For adults")
    ('7-10', '11-14', '0-14', '')
    """
    if text.strip() in _GROUPS:
        return text.strip()
    found = _AGE.search(text)
    age = int(found[1]) if found else 99
    return next((group for until, group in _YOUNGEST if age <= until), "")


def group_of_note(text: str) -> str:
    """The age group that a note on the readers names, by an age or in plain words.

    >>> group_of_note("Для младшего школьного возраста."), group_of_note("Uşaqlar üçün"), group_of_note("For parents")
    ('7-10', '0-14', '')
    """
    words = " ".join(text.replace("İ", "i").lower().strip(" .:;").split())
    named = next((group for pattern, group in _SCHOOL_AGES if pattern.fullmatch(words)), "")
    return named or group_of_age(text) or (CHILDREN if _CHILDREN.fullmatch(words) else "")


def chosen(groups: Iterable[str]) -> str:
    """The first group that is more exact than "children", else that, else nothing."""
    given = [group for group in groups if group]
    return next((group for group in given if group != CHILDREN), given[0] if given else "")
