"""The list of libraries, the page of each, and the hours to hang on its door."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home.branch_data import structured_data
from home.branch_details import (
    BRANCH_PANEL_HOOK,
    departments_with_staff,
    new_books,
    next_opening,
    panels,
    usual_week,
)
from home.branch_map import draw_around, draw_branches
from home.chosen_branch import chosen_code, forget_branch, remember_branch
from home.context import current_frame
from home.distances import Position, kilometres, position_of, read_position
from home.forms import BranchFilter
from home.page_cache import kept
from library.calendar import calendar_of, exceptions_ahead, hours_today, stretches, week
from library.models import Branch
from library.text import in_language
from search.sorting import sort_key

DOOR_DAYS = 60


@require_safe
@kept
def branch_list(request: HttpRequest) -> HttpResponse:
    """All libraries by kind, narrowed by what the reader needs there; sorted by distance where ``near`` is known."""
    everything = list(Branch.objects.on_site())
    hours = hours_today(everything)
    wanted = BranchFilter(request.GET)
    found = wanted.apply(everything, hours)
    for branch in found:
        branch.today = hours[branch.pk]
    near = str(wanted.wishes.get("near", ""))
    position = read_position(near, everything) if near else None
    context = {
        "form": wanted,
        "choices": wanted.choices(everything, hours),
        "groups": _by_distance(found, position) if position else _by_kind(found),
        "found": len(found),
        "total": len(everything),
        "position": position,
        "unknown_place": near if near and not position else "",
        "places": _places(everything),
        "map": draw_branches(found),
    }
    return render(request, "home/branch_list.html", context)


def _by_kind(found: list[Branch]) -> list[tuple[str, list[Branch]]]:
    order = list(Branch.Kind.values)
    ordered = sorted(found, key=lambda branch: (order.index(branch.kind), branch.position, branch.code))
    return [
        (str(Branch.Kind(kind).label), list(group))
        for kind, group in groupby(ordered, lambda branch: branch.kind)
    ]


def _by_distance(found: list[Branch], position: Position) -> list[tuple[str, list[Branch]]]:
    """One group: the nearest first, those without a place on the map last."""
    for branch in found:
        place = position_of(branch)
        branch.distance = kilometres(position, place) if place else None
    far = float("inf")
    ordered = sorted(found, key=lambda branch: far if branch.distance is None else branch.distance)
    return [("", ordered)] if ordered else []


def _places(branches: list[Branch]) -> list[str]:
    """The towns and villages that have a library with coordinates, to choose from while typing."""
    names = {in_language(branch.place) for branch in branches if branch.latitude is not None}
    language = get_language() or settings.LANGUAGE_CODE
    return sorted(filter(None, names), key=lambda name: sort_key(name, settings.LANGUAGE_CODE, language))


@require_safe
@kept
def branch_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One library: is it open, where is it, who works there, what can be done there."""
    return branch_page(request, get_object_or_404(Branch.objects.on_site(), code=code))


def branch_page(request: HttpRequest, branch: Branch) -> HttpResponse:
    """The page of a library, saved or (in previews) as its form has it."""
    calendar = calendar_of(branch)
    days = week(branch, calendar=calendar)
    ahead = exceptions_ahead(branch, calendar=calendar)
    photographs = list(branch.photographs.select_related("picture").prefetch_related("picture__renditions"))
    context = {
        "branch": branch,
        "today": days[0],
        "next_opening": None if days[0].is_open_now else next_opening(calendar, days[0].day),
        "days": days,
        # The coming seven days stand in the table of the week already.
        "exceptions": stretches(day for day in ahead if day.day > days[-1].day),
        "departments": departments_with_staff(branch),
        "photographs": photographs,
        "map": draw_around(branch, list(Branch.objects.on_site())),
        "new_books": new_books(branch),
        "panels": panels(BRANCH_PANEL_HOOK, request, branch),
        "is_chosen": chosen_code(request) == branch.code,
        "data": _data(request, branch, usual_week(calendar, days[0].day), ahead, photographs),
    }
    return render(request, "home/branch_detail.html", context)


def _data(
    request: HttpRequest, branch: Branch, usual: list, ahead: list, photographs: list
) -> dict[str, Any]:
    picture = photographs[0].picture.get_rendition("max-1200x1200|format-jpeg").url if photographs else ""
    return structured_data(
        branch,
        url=request.build_absolute_uri(branch.get_absolute_url()),
        week=usual,
        exceptions=ahead,
        image=request.build_absolute_uri(picture) if picture else "",
        system=current_frame().name,
    )


@require_safe
def branch_hours(request: HttpRequest, code: str) -> HttpResponse:
    """The hours of a library in large letters, to print and hang on the door."""
    branch = get_object_or_404(Branch.objects.on_site(), code=code)
    calendar = calendar_of(branch)
    context = {
        "branch": branch,
        "days": usual_week(calendar, timezone.localdate()),
        "exceptions": stretches(exceptions_ahead(branch, days=DOOR_DAYS, calendar=calendar)),
    }
    response = render(request, "home/branch_hours.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt  # It changes nothing but what this browser shows first; a token would cost every page a cookie.
@require_POST
def choose_branch(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a library as the reader's own, or (``forget``) none, and go back to its page."""
    branch = get_object_or_404(Branch.objects.on_site(), code=code)
    response = HttpResponseRedirect(branch.get_absolute_url())
    if request.POST.get("forget"):
        forget_branch(response)
    else:
        remember_branch(request, response, branch.code)
    return response
