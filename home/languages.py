"""The same page in the other languages."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

LONGEST_QUERY = 4_000  # bytes; it stands in a dozen links of every page, and longer ones mean no search


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page's address in one interface language; `is_own` where the words there are really in it."""

    code: str
    name: str
    url: str
    is_current: bool
    is_own: bool


def without_prefix(path: str) -> str:
    """Return the path after its language, e.g. "/az/branches/" -> "branches/"."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return rest if first in dict(settings.LANGUAGES) else path.lstrip("/")


def language_links(request: HttpRequest, page: Page | None = None) -> list[LanguageLink]:
    """Return the address of this page in each interface language, with the query kept unless it is endless.

    An editorial page leads to its translation; where there is none the library's own language stands in under the
    reader's prefix.
    """
    query = request.META.get("QUERY_STRING", "")
    query = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    own, paths = _translated_paths(request, page)
    fallback = paths.get(settings.LANGUAGE_CODE, without_prefix(request.path))
    return [
        LanguageLink(
            code=code,
            name=name,
            url=f"/{code}/{paths.get(code, fallback)}{query}",
            is_current=code == get_language(),
            is_own=code in own,
        )
        for code, name in settings.LANGUAGES
    ]


def _translated_paths(request: HttpRequest, page: Page | None) -> tuple[set[str], dict[str, str]]:
    if page is None or not page.pk:
        path = without_prefix(request.path)
        return set(dict(settings.LANGUAGES)), dict.fromkeys(dict(settings.LANGUAGES), path)
    own, paths = set(), {}
    below = getattr(request, "page_subpath", "")  # a part of the page with an address of its own
    for version in page.get_translations(inclusive=True).live().select_related("locale"):
        code = version.locale.language_code
        # Below the home page of its language, whose own slug stands in no address.
        paths[code] = version.url_path.lstrip("/").partition("/")[2] + below
        own |= {code} if version.alias_of_id is None else set()
    return own, paths
