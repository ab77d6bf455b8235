"""Drafts seen as readers see them: in each language of the interface."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

LANGUAGE_MODE = "language-"


def language_modes(own: str) -> list[tuple[str, Promise]]:
    """The modes of a preview in all interface languages but the page's own, as Wagtail takes them."""
    return [
        (f"{LANGUAGE_MODE}{code}", format_lazy("{}: {}", _("Interface"), name))
        for code, name in settings.LANGUAGES
        if code != own
    ]


@contextmanager
def in_preview_language(request: HttpRequest, language: str) -> Iterator[None]:
    """Let a request for a preview speak one language, and give the former back to the staff's page around it.

    An unknown language, as somebody may write it into the address, is the library's own.
    """
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        request.LANGUAGE_CODE = language
        yield
