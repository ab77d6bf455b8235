"""Readings: a word typed in Latin letters as its language writes it, near enough for its ending to be understood."""

import re

from search import sounds
from search.bridges import LATIN, script_of
from search.sounds import Respelling

SHORTEST_INFLECTED = 5

_LATIN_LETTER = re.compile("[a-z\u00df-\u02af]")
_MARKS = re.compile("[\u0300-\u036f\ufe20-\ufe2f]+")
_READINGS = {
    language: (groups, str.maketrans(letters)) for language, (groups, letters) in sounds.READINGS.items()
}


def readings(word: str) -> dict[str, str]:
    """What a Latin word may be in the letters of another language, by its ISO 639-2 code, to be stemmed there."""
    if len(word) < SHORTEST_INFLECTED or script_of(word) != LATIN:
        return {}
    prepared = _MARKS.sub("", word)
    found = {language: _read(prepared, *reading) for language, reading in _READINGS.items()}
    return {language: reading for language, reading in found.items() if not _LATIN_LETTER.search(reading)}


def _read(word: str, groups: Respelling, letters: dict[int, str]) -> str:
    for pattern, replacement in groups:
        word = pattern.sub(replacement, word)
    return word.translate(letters).replace("ʻ", "")
