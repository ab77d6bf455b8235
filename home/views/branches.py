"""The list of libraries and the page of each."""

from itertools import groupby

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from home.branch_map import draw_branches
from home.forms import BranchFilter
from home.page_cache import kept
from library.calendar import calendar_of, exceptions_ahead, hours_today, stretches, week
from library.models import Branch, Department, StaffMember, SystemSettings


@require_safe
@kept
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
@kept
def branch_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One library: is it open, where is it, who works there, what can be done there."""
    branch = get_object_or_404(Branch.objects.on_site(), code=code)
    calendar = calendar_of(branch)
    days = week(branch, calendar=calendar)
    # The coming seven days stand in the table of the week already.
    later = [day for day in exceptions_ahead(branch, calendar=calendar) if day.day > days[-1].day]
    staff = StaffMember.objects.filter(show_on_site=True).select_related("photograph")
    staff = staff.prefetch_related("photograph__renditions")
    departments = Department.objects.filter(_belongs_to(branch)).prefetch_related(Prefetch("staff", staff))
    has_place = branch.latitude is not None
    context = {
        "branch": branch,
        "today": days[0],
        "days": days,
        "exceptions": stretches(later),
        "departments": departments,
        "photographs": branch.photographs.select_related("picture"),
        "map": draw_branches(list(Branch.objects.on_site())) if has_place else None,
    }
    return render(request, "home/branch_detail.html", context)


def _belongs_to(branch: Branch) -> Q:
    """A branch's own departments; at the central library those of the whole system too."""
    own = Q(branch=branch)
    central = SystemSettings.objects.filter(central_branch=branch, site__is_default_site=True)
    return own | Q(branch=None) if central.exists() else own
