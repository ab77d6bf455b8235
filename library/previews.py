"""Drafts seen as readers see them: in each language of the interface."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

LANGUAGE_MODE = "language-"


def language_modes(own: str = "") -> list[tuple[str, Promise]]:
    """The modes of a preview in all interface languages but `own`, as Wagtail takes them; the library's own first."""
    first = sorted(settings.LANGUAGES, key=lambda language: language[0] != settings.LANGUAGE_CODE)
    return [
        (f"{LANGUAGE_MODE}{code}", format_lazy("{}: {}", _("Interface"), name))
        for code, name in first
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


def branch_preview(request: HttpRequest, branch: Any, mode: str) -> HttpResponseBase:
    """The page of a library from a form that is not saved yet; the website gives it by `register_branch_page`."""
    pages = hooks.get_hooks("register_branch_page")
    if not pages:
        raise Http404
    with in_preview_language(request, mode.removeprefix(LANGUAGE_MODE)):
        return pages[0]()(request, branch)
