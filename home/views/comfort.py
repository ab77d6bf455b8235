"""Remembering how a reader likes to read, for browsers without scripts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from home.comfort import remember_comfort


@csrf_exempt  # It changes nothing but the look in this browser; a token would cost every public page a cookie.
@require_POST
def set_comfort(request: HttpRequest) -> HttpResponse:
    """Write the choices into the cookie and go back to the page they were made on."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = f"/{get_language()}/"
    response = HttpResponseRedirect(target)
    remember_comfort(request, response)
    return response
