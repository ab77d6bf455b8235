"""Answers to forms that staff put on pages."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from home.contact import PlacedForm, QuestionsForm, placed_form, send_answers
from library.housekeeping import MAIL_DAYS
from library.limits import Limit, check

LIMIT = Limit("page_form", per_minute=6, burst=6)


# A token would cost every page with a form a cookie, and its place in the cache. Nobody is signed in for a form; a
# browser that is made to send one by another site says so itself.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_form(request: HttpRequest, page_id: int, block_id: str) -> HttpResponseBase:
    """Queue the letter and lead to the thanks; with errors, show the form again with what was written."""
    placed = _find(request, page_id, block_id)
    if request.method != "POST":
        return HttpResponseRedirect(f"{placed.page.get_url(request)}#form-{block_id[:8]}")
    if not comes_from_here(request):
        raise PermissionDenied
    if refused := check(request, LIMIT):
        return refused
    form = QuestionsForm(placed.value["questions"], request.POST, name=block_id)
    if not form.is_trapped:
        if form.has_changed_meanwhile or not form.is_valid():
            return _form_page(request, placed, form)
        send_answers(placed=placed, answers=form.answers())
    return HttpResponseRedirect(
        reverse("home:form_sent", args=[page_id, block_id]), status=HTTPStatus.SEE_OTHER
    )


@never_cache
@require_safe
def form_sent(request: HttpRequest, page_id: int, block_id: str) -> HttpResponse:
    """The thanks that staff wrote, and the way back."""
    placed = _find(request, page_id, block_id)
    return _no_index(render(request, "home/form_sent.html", {"page": placed.page, "self": placed.value}))


def _find(request: HttpRequest, page_id: int, block_id: str) -> PlacedForm:
    page = Page.objects.live().filter(pk=page_id).specific().first()
    placed = placed_form(page, block_id) if page else None
    if placed is None:
        raise Http404
    for restriction in placed.page.get_view_restrictions():
        if not restriction.accept_request(request):
            raise Http404
    return placed


def _form_page(request: HttpRequest, placed: PlacedForm, form: QuestionsForm) -> HttpResponse:
    context = {
        "page": placed.page,
        "self": placed.value,
        "form": form,
        "action": request.path,
        "name": placed.block_id[:8],
        "days": MAIL_DAYS,
    }
    response = render(request, "home/form_page.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _no_index(response)


def _no_index(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form; old browsers say nothing and are believed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if not origin:
        return True
    return urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
