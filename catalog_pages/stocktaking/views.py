"""Staff pages of a count: all counts, opening one, its state and steps, its lists and papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from catalog_pages.items.staff import StaffPage
from catalog_pages.models import MissingItem, Scan, Stocktaking
from catalog_pages.stocktaking import closing, minutes, services, tally
from catalog_pages.stocktaking.forms import HandoverForm, OpenForm, commission
from catalog_pages.stocktaking.lists import LISTS, CountList
from catalog_pages.stocktaking.progress import progress
from catalog_pages.stocktaking.services import CountRefused
from catalog_pages.stocktaking.staff import (
    demand,
    latest_before,
    paper_response,
    part_of,
    rights_to,
    table_response,
)
from library.models import User
from library.pdf import PdfError
from library.permissions import works_for

ANY = rights_to("stocktaking")
ADD, CHANGE = "catalog_pages.add_stocktaking", "catalog_pages.change_stocktaking"
APPROVE = "catalog_pages.approve_stocktaking"
PARENT = ("stocktaking:list", gettext_lazy("Stocktaking"))


class CountsPage(StaffPage):
    """All counts, the latest first, by their keys downwards."""

    rights = ANY
    template_name = "catalog_pages/stocktaking/counts.html"
    page_title = gettext_lazy("Stocktaking")
    header_icon = "list-ol"
    size = 30

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Stocktaking.objects.select_related("branch").defer("totals")
        counts, before = latest_before(rows, self.request.GET.get("before", ""), self.size)
        return super().get_context_data(counts=counts, before=before, **kwargs)


class OpenPage(StaffPage):
    """The form that opens a count; the commission of the library's last one is proposed."""

    rights = (ADD,)
    template_name = "catalog_pages/stocktaking/open.html"
    page_title = gettext_lazy("Open a count")
    header_icon = "list-ol"
    parents = (PARENT,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = OpenForm(user=self.user)
            last = Stocktaking.objects.filter(branch__in=self.user.branch_ids).first()
            kwargs["members"] = commission(members=last.commission if last else None)
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = OpenForm(request.POST, user=self.user)
        members = commission(request.POST)
        if not (form.is_valid() & members.is_valid()):
            return self.again(form=form, members=members)
        demand(request, ADD, form.cleaned_data["branch"])
        try:
            count = services.open_count(
                user=self.user, fields=form.cleaned_data, commission=members.members()
            )
        except CountRefused as error:
            form.add_error(None, str(error))
            return self.again(form=form, members=members)
        messages.success(request, _("The count is open. Everybody may scan now."))
        return redirect("stocktaking:count", count.pk)


class OfCount(StaffPage):
    """A page of one count."""

    rights = ANY
    header_icon = "list-ol"
    parents = (PARENT,)

    count: Stocktaking

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.count = get_object_or_404(
            Stocktaking.objects.select_related("branch", "approved_by"), pk=kwargs["pk"]
        )

    def get_page_title(self) -> str:
        return str(self.count)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.user
        own = works_for(user, self.count.branch)
        return super().get_context_data(
            count=self.count,
            may_change=own and user.has_perm(CHANGE),
            may_approve=own and user.has_perm(APPROVE),
            **kwargs,
        )


class CountPage(OfCount):
    """How far a count is, and what can be done with it now."""

    template_name = "catalog_pages/stocktaking/count.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = self.count.totals
        return super().get_context_data(
            progress=progress(self.count) if self.count.is_open else None,
            lists=LISTS.values(),
            materials=tally.lines(totals, "materials"),
            classes=tally.lines(totals, "classes"),
            whole=tally.whole(totals),
            **kwargs,
        )


class ListPage(OfCount):
    """One list of a count: pages on the screen, all of it with ?table."""

    template_name = "catalog_pages/stocktaking/list.html"

    @property
    def chosen(self) -> CountList:
        if self.kwargs["code"] not in LISTS:
            raise Http404
        return LISTS[self.kwargs["code"]]

    def get(  # type: ignore[override]
        self, request: HttpRequest, **kwargs: Any
    ) -> HttpResponseBase:
        found = self.chosen
        if "table" in request.GET:
            headings = [str(heading) for heading in found.headings]
            return table_response(f"{found.code}-{self.count.pk}", headings, found.table(self.count))
        return super().get(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.chosen
        part = part_of(found.rows(self.count), self.request.GET.get("after", ""))
        rows = [(row, found.values(row)) for row in part.rows]
        return super().get_context_data(list=found, part=part, rows=rows, **kwargs)


class HandoverPage(OfCount):
    """The two people of a handover; the answer is the paper."""

    template_name = "catalog_pages/stocktaking/handover.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"form": HandoverForm()} | kwargs))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = HandoverForm(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        try:
            return paper_response(
                f"handover-{self.count.pk}", minutes.handover(self.count, form.cleaned_data)
            )
        except PdfError as error:
            form.add_error(None, str(error))
            return self.again(status=500, form=form)


@require_safe
def minutes_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a count as PDF."""
    if not any(request.user.has_perm(right) for right in ANY):
        raise PermissionDenied
    count = get_object_or_404(Stocktaking.objects.select_related("branch", "approved_by"), pk=pk)
    try:
        return paper_response(f"minutes-{count.pk}", minutes.minutes(count))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("stocktaking:count", count.pk)


STEPS: dict[str, tuple[str, Callable[[Stocktaking, User], None], Promise]] = {
    "close": (
        CHANGE,
        lambda count, _user: closing.close(count),
        gettext_lazy("The count is closed. The lists are being made."),
    ),
    "reopen": (CHANGE, lambda count, _user: closing.reopen(count), gettext_lazy("The count goes on.")),
    "again": (
        CHANGE,
        lambda count, _user: closing.try_again(count),
        gettext_lazy("The worker does this at its next turn."),
    ),
    "cancel": (
        CHANGE,
        lambda count, _user: closing.cancel(count),
        gettext_lazy("The count is given up. The register is unchanged."),
    ),
    "approve": (
        APPROVE,
        lambda count, user: closing.approve(count, user=user),
        gettext_lazy("Approved. The register is being brought up to date."),
    ),
}


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Close, reopen, try again, cancel or approve a count."""
    if name not in STEPS:
        raise Http404
    right, do, said = STEPS[name]
    count = get_object_or_404(Stocktaking.objects.select_related("branch"), pk=pk)
    user = demand(request, right, count.branch)
    try:
        do(count, user)
        messages.success(request, str(said))
    except CountRefused as error:
        messages.error(request, str(error))
    return redirect("stocktaking:count", count.pk)


@require_POST
def found(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A copy of the list of missing ones has been found."""
    missing = get_object_or_404(
        MissingItem.objects.select_related("stocktaking__branch"), pk=row, stocktaking=pk
    )
    user = demand(request, CHANGE, missing.stocktaking.branch)
    closing.found_again(missing, user=user)
    messages.success(request, _("Noted: this copy is there."))
    return redirect("stocktaking:rows", pk, "missing")


@require_POST
def note(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What staff say of something that is not in the register."""
    scan = get_object_or_404(Scan.objects.select_related("stocktaking__branch"), pk=row, stocktaking=pk)
    demand(request, CHANGE, scan.stocktaking.branch)
    services.note_scan(scan, request.POST.get("note", "").strip())
    messages.success(request, _("The note is kept."))
    return redirect("stocktaking:rows", pk, "surplus")
