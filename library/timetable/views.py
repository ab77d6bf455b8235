"""Staff pages for opening hours. They parse, call a service and draw; they work without scripts."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permissions import policy_registry

from library.holidays import propose_holidays
from library.models import Branch, DatedHours
from library.timetable.forms import DayForm, HolidaysForm, PresetForm
from library.timetable.services import (
    PlannedDay,
    Scope,
    WeekChanged,
    change_day,
    change_week,
    monday_of,
    planned_week,
    remove_day,
    week_version,
)
from library.timetable.year import marks, year_of

CONFLICT = 409
YEARS_AROUND = 10


def may_change_hours(user: Any, branch: Branch) -> bool:
    """Whether a member of staff may change the hours of a branch: the same as for its other data."""
    policy = policy_registry.get_by_type(Branch)
    return bool(policy.user_has_permission_for_instance(user, "change", branch))


def _branch(request: HttpRequest, code: str) -> Branch:
    branch = get_object_or_404(Branch, code=code)
    if not may_change_hours(request.user, branch):
        raise PermissionDenied
    return branch


@require_safe
def week(request: HttpRequest, code: str) -> HttpResponse:
    """A branch's week: ?week= takes any day of it, this week by default."""
    branch = _branch(request, code)
    monday = monday_of(_asked_day(request.GET.get("week", "")))
    context = {
        "branch": branch,
        "days": planned_week(branch, monday),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_propose": request.user.has_perm("library.add_publicholiday"),
    }
    return render(request, "library/timetable/week.html", context)


def _asked_day(text: str) -> date:
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= YEARS_AROUND else today


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, code: str, day: date) -> HttpResponse:
    """The hours of one day, alone or with every such weekday."""
    branch = _branch(request, code)
    planned = planned_week(branch, monday_of(day))[day.weekday()]
    if planned.is_past:
        if request.method == "POST":
            messages.error(request, _("This day is past; what was true then stays on record."))
        return _day_page(request, branch, planned, form=None)
    if request.method == "POST":
        return _change_day(request, branch, planned)
    initial = {"version": week_version(branch, day), "reason": _own_reason(branch, day)}
    return _day_page(request, branch, planned, DayForm(planned, initial=initial))


def _change_day(request: HttpRequest, branch: Branch, planned: PlannedDay) -> HttpResponse:
    if "remove" in request.POST:
        return _remove_day(request, branch, planned)
    form = DayForm(planned, request.POST)
    if not form.is_valid():
        return _day_page(request, branch, planned, form, status=422)
    scope = Scope(form.cleaned_data["scope"])
    try:
        change_day(
            branch=branch, day=planned.day, spans=form.spans(), scope=scope,
            reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return _day_page(request, branch, planned, form, status=422)
    except WeekChanged:
        return _day_page(
            request, branch, planned, DayForm(planned, _with_new_version(request, branch, planned.day)),
            status=CONFLICT,
        )  # fmt: skip
    messages.success(request, _("The hours are saved."))
    if scope is not Scope.DAY and planned.source != "weekly":
        messages.warning(
            request, _("On this day itself something else decides: %(why)s.") % {"why": planned.why}
        )
    return _to_week(branch, planned.day)


def _remove_day(request: HttpRequest, branch: Branch, planned: PlannedDay) -> HttpResponse:
    try:
        remove_day(branch=branch, day=planned.day, version=request.POST.get("version", ""), by=request.user)
    except WeekChanged:
        initial = {
            "version": week_version(branch, planned.day),
            "reason": _own_reason(branch, planned.day),
        }
        return _day_page(request, branch, planned, DayForm(planned, initial=initial), status=CONFLICT)
    messages.success(request, _("The single day is removed; the week decides again."))
    return _to_week(branch, planned.day)


def _day_page(
    request: HttpRequest, branch: Branch, planned: PlannedDay, form: DayForm | None, *, status: int = 200
) -> HttpResponse:
    context = {"branch": branch, "planned": planned, "form": form, "changed": status == CONFLICT}
    return render(request, "library/timetable/day.html", context, status=status)


def _with_new_version(request: HttpRequest, branch: Branch, day: date) -> QueryDict:
    """What the editor typed, with the week's present version: saving once more means it."""
    data = request.POST.copy()
    data["version"] = week_version(branch, day)
    return data


def _own_reason(branch: Branch, day: date) -> dict[str, str]:
    rows = DatedHours.objects.filter(branch=branch, day=day).values_list("reason", flat=True)
    return next((reason for reason in rows if reason), {})


def _to_week(branch: Branch, day: date) -> HttpResponse:
    return redirect(f"{reverse('timetable:week', args=[branch.code])}?week={monday_of(day).isoformat()}")


@require_http_methods(["GET", "HEAD", "POST"])
def preset(request: HttpRequest, code: str) -> HttpResponse:
    """The week of the rules: filled in, looked at, applied."""
    branch = _branch(request, code)
    if request.method != "POST":
        form = PresetForm.for_branch(branch, week_version(branch, timezone.localdate()))
        return _preset_page(request, branch, form)
    form = PresetForm(request.POST)
    if not form.is_valid():
        return _preset_page(request, branch, form, status=422)
    from_day = form.cleaned_data["from_day"]
    if request.POST.get("looked_at") != form.fingerprint():
        form.data = _with_new_version(request, branch, from_day)
        return _preset_page(request, branch, form, week=form.week())
    try:
        change_week(
            branch=branch,
            from_day=from_day,
            version=form.cleaned_data["version"],
            by=request.user,
            **form.arguments(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _preset_page(request, branch, form, status=422)
    except WeekChanged:
        form.data = _with_new_version(request, branch, from_day)
        return _preset_page(request, branch, form, week=form.week(), status=CONFLICT)
    messages.success(request, _("The week is saved."))
    return _to_week(branch, from_day)


def _preset_page(
    request: HttpRequest, branch: Branch, form: PresetForm, *, week: Any = None, status: int = 200
) -> HttpResponse:
    context = {"branch": branch, "form": form, "week": week, "changed": status == CONFLICT}
    return render(request, "library/timetable/preset.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """Enter a country's public holidays of a year, for staff to confirm."""
    if not request.user.has_perm("library.add_publicholiday"):
        raise PermissionDenied
    form = HolidaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = propose_holidays(country=form.cleaned_data["country"], years=[form.cleaned_data["year"]])
        if made:
            messages.success(
                request,
                _("Holidays entered: %(count)s. Look through them and confirm the dates.") % {"count": made},
            )
        else:
            messages.info(request, _("All holidays of this year are entered already."))
        return redirect("wagtailsnippets_library_publicholiday:list")
    status = 422 if form.errors else 200
    return render(request, "library/timetable/holidays.html", {"form": form}, status=status)


@require_safe
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A year of all branches, to look through and to print."""
    if not request.user.has_perm("library.change_branch"):
        raise PermissionDenied
    this_year = timezone.localdate().year
    number = this_year if number is None else number
    if abs(number - this_year) > YEARS_AROUND:
        raise Http404
    branches = list(Branch.objects.on_site())
    context = {"number": number, "months": year_of(branches, number), "signs": marks().items()}
    return render(request, "library/timetable/year.html", context)
