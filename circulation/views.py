"""The reader's own page and the lending desk."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    return render(request, "circulation/my.html")


@require_safe
@never_cache
@login_required
@permission_required("library.use_desk", raise_exception=True)
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "circulation/desk.html")
