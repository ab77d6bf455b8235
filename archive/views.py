"""The city archive, as readers see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/archive.html")
