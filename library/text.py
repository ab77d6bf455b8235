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
