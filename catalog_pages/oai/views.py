"""The address of OAI-PMH."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalog_pages.export.elements import add, clean, document, root
from catalog_pages.export.views import open_to_all
from catalog_pages.oai.answers import answer, stamp
from catalog_pages.oai.requests import Arguments, OaiError

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"


@csrf_exempt  # a harvester may send its question by POST; nothing is changed by it
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponseBase:
    """Answer one request of a harvester; what is wrong with it stands in the answer, as the protocol wants."""
    now = timezone.now()
    parameters = request.POST if request.method == "POST" else request.GET
    envelope = root(NAMESPACE, "OAI-PMH", schema=SCHEMA)
    add(envelope, "responseDate", stamp(now))
    asked = add(envelope, "request", f"{settings.BASE_URL}/oai")
    try:
        arguments = Arguments.read(parameters)
        for name, value in {"verb": arguments.verb, **arguments.values}.items():
            asked.set(name, clean(value))
        answer(envelope, arguments, now)
    except OaiError as error:
        if error.code in ("badVerb", "badArgument"):
            asked.attrib.clear()
        add(envelope, "error", error.message, code=error.code)
    return open_to_all(HttpResponse(document(envelope), content_type="text/xml; charset=utf-8"))
