"""The list of libraries and the page of each."""

from itertools import groupby

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from home.branch_map import draw_branches
from home.forms import BranchFilter
from library.calendar import hours_today, week
from library.models import Branch, Department, StaffMember


@require_safe
def branch_list(request: HttpRequest) -> HttpResponse:
    """All libraries by kind, narrowed by words and by what the reader needs there."""
    everything = list(Branch.objects.on_site())
    hours = hours_today(everything)
    wanted = BranchFilter(request.GET)
    found = wanted.apply(everything, hours)
    for branch in found:
        branch.today = hours[branch.pk]
    order = list(Branch.Kind.values)
    found.sort(key=lambda branch: (order.index(branch.kind), branch.position, branch.code))
    groups = [
        (Branch.Kind(kind).label, list(group)) for kind, group in groupby(found, lambda branch: branch.kind)
    ]
    context = {
        "form": wanted,
        "groups": groups,
        "found": len(found),
        "total": len(everything),
        "map": draw_branches(found),
    }
    return render(request, "home/branch_list.html", context)


@require_safe
def branch_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One library: is it open, where is it, who works there, what can be done there."""
    branch = get_object_or_404(Branch.objects.on_site(), code=code)
    days = week(branch)
    staff = StaffMember.objects.filter(show_on_site=True)
    departments = Department.objects.filter(branch=branch).prefetch_related(Prefetch("staff", staff))
    has_place = branch.latitude is not None
    context = {
        "branch": branch,
        "today": days[0],
        "days": days,
        "departments": departments,
        "map": draw_branches(list(Branch.objects.on_site())) if has_place else None,
    }
    return render(request, "home/branch_detail.html", context)
