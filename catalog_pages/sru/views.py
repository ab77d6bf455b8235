"""The address of SRU."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalog_pages.export.views import open_to_all
from catalog_pages.sru.answers import answer


@csrf_exempt  # a program may send its question by POST; nothing is changed by it
@require_http_methods(["GET", "HEAD", "POST"])
def sru(request: HttpRequest) -> HttpResponseBase:
    """Answer one request; without parameters, explain what can be asked."""
    parameters = request.POST if request.method == "POST" else request.GET
    return open_to_all(HttpResponse(answer(parameters), content_type="text/xml; charset=utf-8"))
