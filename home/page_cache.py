"""Pages for readers who are not signed in are kept, and dropped when a table changes that they were read from.

A conditional request is answered from a small entry, without the page and without the database.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_path
from wagtail.models import Locale, Page, PageViewRestriction, Site

from catalog_pages.models import ClassRange
from home.comfort import COOKIE as COMFORT_COOKIE
from home.comfort import read_comfort
from library import following

LONGEST_PAGE = 1_000_000  # bytes
PAGE_NUMBER = re.compile(r"(page=[1-9]\d{0,3})?")
CHOSEN_LIBRARY = "library"  # the cookie of a reader's own library
# What pages are made by, and what they do not look at. Who brings another cookie gets a page of her own.
COOKIES_OF_PAGES = (COMFORT_COOKIE, CHOSEN_LIBRARY)
OTHER_COOKIES = (settings.CSRF_COOKIE_NAME,)
EVERYBODYS = "public, max-age=0, must-revalidate"  # kept by all, shown after asking whether it still holds
ONES_OWN = "private, no-cache"
# Remembered by processes, so that reading them is not seen.
REMEMBERED = (Site, Locale, Page, PageViewRestriction, ClassRange)


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view whose pages are the same for everybody who is not signed in, and come from the database alone."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.may_be_kept = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return inner


class PageCacheMiddleware:
    """Answers from what was kept, else keeps the answer where that is allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = page_key(request)
        if key and (found := _find(key, request)):
            return found
        before = following.clock() if key else ""
        with following.reading() as seen:
            response = self.get_response(request)
            following.depends_on(*REMEMBERED)
        if getattr(request, "may_be_kept", False) and _is_page(response):
            _head(request, response)
            if key and request.method == "GET" and response["Cache-Control"] == EVERYBODYS:
                _keep(key, request, response, seen, before)
        return response


def page_key(request: HttpRequest) -> str:
    """The name under which the answer is kept; empty where it neither is nor may be."""
    if not settings.PAGE_CACHE or request.method not in ("GET", "HEAD") or following.is_writing():
        return ""
    query = request.META.get("QUERY_STRING", "")
    if _is_personal(request) or not PAGE_NUMBER.fullmatch(query) or "HX-Request" in request.headers:
        return ""
    if not get_language_from_path(request.path_info):
        return ""
    choices = (str(read_comfort(request)), request.COOKIES.get(CHOSEN_LIBRARY, ""))
    parts = (release(), request.scheme, request.get_host(), request.get_full_path(), *choices)
    return f"page:{hashlib.sha256('|'.join(parts).encode()).hexdigest()}"


@cache
def release() -> str:
    """Changes with the code, the templates, the translations and the styles of the installation."""
    base = Path(settings.BASE_DIR)
    files = [Path(settings.STATIC_ROOT) / "staticfiles.json", *base.glob("templates/**/*.html")]
    files += base.glob("locale*/*/LC_MESSAGES/*.mo")
    for room in apps.get_app_configs():
        if Path(room.path).parent == base:
            files += Path(room.path).glob("**/*.py")
    changed = max((path.stat().st_mtime_ns for path in files if path.is_file()), default=0)
    return str(changed)


def _is_personal(request: HttpRequest) -> bool:
    known = {*COOKIES_OF_PAGES, *OTHER_COOKIES}
    return not known.issuperset(request.COOKIES) or "Authorization" in request.headers


def _is_page(response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
    )


def _head(request: HttpRequest, response: HttpResponse) -> None:
    """Say for whom the page is; a page that says so itself is left as it is."""
    personal = _is_personal(request) or bool(response.cookies) or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    response.headers.setdefault("Cache-Control", ONES_OWN if personal else EVERYBODYS)
    patch_vary_headers(response, ["Cookie"])
    response.headers.setdefault("ETag", f'"{hashlib.sha256(response.content).hexdigest()[:32]}"')


def _keep(
    key: str, request: HttpRequest, response: HttpResponse, seen: following.Reading, before: str
) -> None:
    uses_nonce = getattr(request, "_csp_nonce", None)
    if not seen.may_be_kept or not seen.seconds or uses_nonce or len(response.content) > LONGEST_PAGE:
        return
    marks = following.tokens(seen.tables)
    if following.clock() != before:
        return  # something changed while the page was made: perhaps it shows the old
    ends = timezone.now() + timedelta(seconds=seen.seconds)
    entry = (dict(response.headers), marks, ends)
    caches[following.CACHE].set_many({f"{key}:body": response.content, key: entry}, seen.seconds)


def _find(key: str, request: HttpRequest) -> HttpResponseBase | None:
    entry: tuple[dict[str, str], dict[str, str], datetime] | None = caches[following.CACHE].get(key)
    if entry is None:
        return None
    headers, marks, ends = entry
    if ends <= timezone.now() or not following.are_good(marks):
        return None
    response = HttpResponse(headers=headers)
    unchanged = get_conditional_response(request, etag=headers["ETag"], response=response)
    if unchanged is not response:
        return unchanged
    body = caches[following.CACHE].get(f"{key}:body")
    # The two entries may be of two moments; the name of the words says whether they belong together.
    if body is None or hashlib.sha256(body).hexdigest()[:32] != headers["ETag"].strip('"'):
        return None
    response.content = body
    return response
