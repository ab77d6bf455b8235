"""The directory of staff."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.staff_directory import StaffWish, read_directory


@require_safe
def staff_directory(request: HttpRequest) -> HttpResponse:
    """Staff by department: ``branch`` (code), ``department``, ``q`` (name or role), ``order=name``."""
    wish = StaffWish.read(request.GET)
    directory = read_directory(wish)
    kept = {
        "q": wish.words,
        "branch": directory.chosen_branch.code if directory.chosen_branch else "",
        "department": directory.chosen_department.pk if directory.chosen_department else "",
    }
    query = urlencode({name: value for name, value in kept.items() if value})
    context = {"wish": wish, "directory": directory, "kept": query, "is_narrowed": bool(query)}
    response = render(request, "home/staff_directory.html", context)
    if request.GET:
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response
