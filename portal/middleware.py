"""What happens to every request: its language, its headers, its line in the log."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.http import HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from home.old_addresses import redirect_for

logger = logging.getLogger("portal.requests")

# Addresses for machines and staff carry no language prefix and are never redirected to one.
UNPREFIXED = re.compile(
    r"^/(admin|health|static|media|documents|files|sru|oai|iiif|unapi|feeds|theme\.css|sitemap[\w-]*\.xml|robots\.txt"
    r"|events/calendar\.ics|catalogue/(\d+|export|cover/[\w-]+)\.\w+|favicon\.ico|opensearch\.xml|\.well-known)(/|$)"
)

# Wagtail's own pages need inline scripts in their date pickers and previews; nothing may come from elsewhere.
ADMIN_CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "frame-ancestors 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
)


class TemporaryRedirect(HttpResponseRedirect):
    """Redirects without changing the method, so that a form sent to the short address is not lost."""

    status_code = 307


class LanguageMiddleware(LocaleMiddleware):
    """Takes the language from the address; an address without one leads to the library's own language.

    The browser's preference is not consulted for public pages: one address shows one language to everybody, so it
    can be linked, cached and printed.
    """

    def process_request(self, request):
        language = translation.get_language_from_path(request.path_info)
        unprefixed = UNPREFIXED.match(request.path_info)
        if not language and not unprefixed:
            # In one step from an address of the old site to the page of today.
            if request.path_info != "/" and (known := redirect_for(request)):
                return known
            target = f"/{settings.LANGUAGE_CODE}{request.get_full_path()}"
            return (
                HttpResponseRedirect(target)
                if request.method in ("GET", "HEAD")
                else TemporaryRedirect(target)
            )
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        return None

    def process_response(self, request, response):
        if not UNPREFIXED.match(request.path_info):
            response.headers.setdefault(
                "Content-Language", translation.get_language() or settings.LANGUAGE_CODE
            )
        return response


class SecurityHeadersMiddleware:
    """Adds the headers Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith("/admin/"):
            response.headers.setdefault("Content-Security-Policy", ADMIN_CSP)
        return response


class RequestLogMiddleware:
    """Logs method, path, status and time of each request: never the query string, never the address it came from."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        request.request_id = uuid.uuid4().hex[:16]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        if not request.path_info.startswith(("/static/", "/health/")):
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "path": request.path_info,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                    "request_id": request.request_id,
                },
            )
        return response
