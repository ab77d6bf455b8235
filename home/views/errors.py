"""Pages for when something is wrong: what happened, and what to do next, in the reader's language."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation

logger = logging.getLogger("portal")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of last resort: it asks neither the database nor the cache."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        page = loader.get_template("errors/500.html").render({"LANGUAGE_CODE": language})
    return HttpResponse(page, status=500)


def _error_page(request: HttpRequest, status: int) -> HttpResponse:
    try:
        return render(request, f"errors/{status}.html", status=status)
    except Exception:
        # The frame of the page needs the database; when that is down too, say less but say it.
        logger.exception("the page for status %s could not be drawn", status)
        response = server_error(request)
        response.status_code = status
        return response
