"""Questions to the librarians, as readers see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    return render(request, "enquiries/ask.html")
