"""Choosing one language of a text kept in several."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation


def in_language(value: Mapping[str, str] | None, language: str | None = None) -> str:
    """Return the text in `language` (default: the active one), else the library's own, else any, else "".

    >>> in_language({"az": "Mərkəzi kitabxana", "en": "Central library"}, "en")
    'Central library'
    """
    if not value:
        return ""
    wanted = language or translation.get_language() or settings.LANGUAGE_CODE
    for code in (wanted, settings.LANGUAGE_CODE):
        if value.get(code):
            return value[code]
    return next((text for text in value.values() if text), "")


# Languages that write i with its dot as a capital, too, and have another letter without.
DOTTED = ("az", "tr")


def in_capitals(text: str, language: str | None = None) -> str:
    """The text in capitals as `language` (default: the active one) has them; Georgian has none.

    >>> in_capitals("ildırım", "az")
    'İLDIRIM'
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    if language in DOTTED:
        text = text.replace("i", "İ")
    return text if language == "ka" else text.upper()


def capitalised(text: str, language: str | None = None) -> str:
    """The text with its first letter as a capital of `language` (default: the active one)."""
    return in_capitals(text[:1], language) + text[1:]
