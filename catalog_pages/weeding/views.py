"""Staff pages of weeding lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog_pages.items.staff import StaffPage
from catalog_pages.models import Item, WeedingList
from catalog_pages.stocktaking.forms import commission
from catalog_pages.stocktaking.lists import STEP
from catalog_pages.stocktaking.staff import (
    demand,
    keys_of,
    latest_before,
    paper_response,
    part_of,
    rights_to,
    table_response,
)
from catalog_pages.weeding import papers, services
from catalog_pages.weeding.finding import items_by_codes
from catalog_pages.weeding.forms import DecisionForm, ListForm, ReasonForm, RuleForm, ScanForm
from catalog_pages.weeding.selection import MOST_SHOWN, found_by
from catalog_pages.weeding.services import WeedingRefused
from library.pdf import PdfError
from library.permissions import works_for

ANY = rights_to("weedinglist")
ADD, CHANGE = "catalog_pages.add_weedinglist", "catalog_pages.change_weedinglist"
APPROVE = "catalog_pages.approve_weeding"
PARENT = ("weeding:list", gettext_lazy("Weeding"))


class ListsPage(StaffPage):
    """All lists, the latest first."""

    rights = ANY
    template_name = "catalog_pages/weeding/lists.html"
    page_title = gettext_lazy("Weeding")
    header_icon = "bin"
    size = 30

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = WeedingList.objects.select_related("branch", "proposed_by")
        lists, before = latest_before(rows, self.request.GET.get("before", ""), self.size)
        return super().get_context_data(lists=lists, before=before, **kwargs)


class NewListPage(StaffPage):
    """The form that begins a list."""

    rights = (ADD,)
    template_name = "catalog_pages/weeding/new.html"
    page_title = gettext_lazy("New weeding list")
    header_icon = "bin"
    parents = (PARENT,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            last = WeedingList.objects.filter(branch__in=self.user.branch_ids).first()
            kwargs["form"] = ListForm(user=self.user)
            kwargs["members"] = commission(members=last.commission if last else None)
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form, members = ListForm(request.POST, user=self.user), commission(request.POST)
        if not (form.is_valid() & members.is_valid()):
            return self.again(form=form, members=members)
        demand(request, ADD, form.cleaned_data["branch"])
        made = services.create_list(user=self.user, commission=members.members(), **form.cleaned_data)
        return redirect("weeding:page", made.pk)


class OfList(StaffPage):
    """A page of one list."""

    rights = ANY
    header_icon = "bin"
    parents = (PARENT,)
    weeding_list: WeedingList

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        people = ("branch", "created_by", "proposed_by", "decided_by")
        self.weeding_list = get_object_or_404(WeedingList.objects.select_related(*people), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.weeding_list)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.user
        own = works_for(user, self.weeding_list.branch)
        may_approve = own and user.has_perm(APPROVE)
        return super().get_context_data(
            list=self.weeding_list,
            may_change=own and user.has_perm(CHANGE),
            may_approve=may_approve,
            may_decide=may_approve
            and self.weeding_list.state == WeedingList.State.PROPOSED
            and self.weeding_list.proposed_by_id != user.pk,
            **kwargs,
        )


class ListPage(OfList):
    """The copies of a list, its state, and adding by scanner while it is a draft."""

    template_name = "catalog_pages/weeding/list.html"

    def get(  # type: ignore[override]
        self, request: HttpRequest, **kwargs: Any
    ) -> HttpResponseBase:
        if "table" in request.GET:
            return _table(self.weeding_list)
        return super().get(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = papers.totals(self.weeding_list)
        return super().get_context_data(
            **({"form": ScanForm(), "decision": DecisionForm()} | kwargs),
            part=part_of(self.weeding_list.entries.all(), self.request.GET.get("after", "")),
            totals=totals,
            copies=sum(n for _label, n, _value in totals),
            value=sum(value for *_rest, value in totals),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        demand(request, CHANGE, self.weeding_list.branch)
        form = ScanForm(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        reason = form.cleaned_data
        items, unknown = items_by_codes(reason.pop("codes"), self.weeding_list.branch)
        try:
            if unknown:
                raise WeedingRefused(_("Unknown: %(codes)s") % {"codes": ", ".join(unknown[:10])})
            _say_added(request, services.add_items(self.weeding_list, items, **reason))
        except WeedingRefused as error:
            form.add_error("codes", str(error))
            return self.again(form=form)
        return redirect("weeding:page", self.weeding_list.pk)


class RulePage(OfList):
    """Copies that a rule brings up, to be chosen from."""

    rights = (CHANGE,)
    template_name = "catalog_pages/weeding/rule.html"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        super().prepare(request, **kwargs)
        demand(request, CHANGE, self.weeding_list.branch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        form = RuleForm(asked if asked else None)
        part = None
        if asked and form.is_valid():
            rows = found_by(form.rule(), self.weeding_list.branch, form.cleaned_data["store"])
            part = part_of(rows, asked.get("after", ""), MOST_SHOWN)
        query = asked.copy()
        query.pop("after", None)
        return super().get_context_data(
            **({"reasons": ReasonForm()} | kwargs), form=form, part=part, query=query.urlencode()
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = ReasonForm(request.POST)
        keys = keys_of(request.POST.getlist("item"))
        if not form.is_valid():
            return self.again(reasons=form)
        try:
            if not keys or len(keys) > MOST_SHOWN:
                raise WeedingRefused(_("Choose the copies."))
            items = list(Item.objects.filter(pk__in=keys).select_related("record"))
            _say_added(request, services.add_items(self.weeding_list, items, **form.cleaned_data))
        except WeedingRefused as error:
            form.add_error(None, str(error))
            return self.again(reasons=form)
        return redirect(request.get_full_path())


def _say_added(request: HttpRequest, count: int) -> None:
    said = ngettext("%(count)s copy is on the list now.", "%(count)s copies are on the list now.", count)
    messages.success(request, said % {"count": count})


def _table(weeding_list: WeedingList) -> HttpResponseBase:
    headings = [
        _("Barcode"), _("Accession number"), _("Call number"), _("Author"), _("Title"), _("Year"), _("Value"),
        _("Reason"), _("Note"), _("Written off"), _("Why not written off"),
    ]  # fmt: skip
    rows = (
        [
            row.barcode, row.accession_number, row.call_number, row.author, row.title, row.year, row.price,
            str(row.get_reason_display()), row.note,
            row.written_off_at.date().isoformat() if row.written_off_at else "", row.obstacle,
        ]
        for row in weeding_list.entries.order_by("pk").iterator(STEP)
    )  # fmt: skip
    return table_response(f"weeding-{weeding_list.pk}", headings, rows)


@require_safe
def proposal_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal as PDF."""
    if not any(request.user.has_perm(right) for right in ANY):
        raise PermissionDenied
    people = ("branch", "proposed_by", "decided_by")
    weeding_list = get_object_or_404(WeedingList.objects.select_related(*people), pk=pk)
    try:
        return paper_response(f"weeding-{pk}", papers.proposal(weeding_list))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("weeding:page", pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the chosen copies off a draft."""
    weeding_list = get_object_or_404(WeedingList.objects.select_related("branch"), pk=pk)
    demand(request, CHANGE, weeding_list.branch)
    keys = keys_of(request.POST.getlist("entry"))
    return _done(request, weeding_list, lambda: services.remove_entries(weeding_list, keys[:1000]))


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Propose, take back, or write off."""
    weeding_list = get_object_or_404(WeedingList.objects.select_related("branch"), pk=pk)
    steps = {
        "propose": (CHANGE, lambda user: services.propose(weeding_list, user=user)),
        "take-back": (CHANGE, lambda _user: services.take_back(weeding_list)),
        "write-off": (APPROVE, lambda _user: services.write_off(weeding_list)),
    }
    if name not in steps:
        raise Http404
    right, do = steps[name]
    user = demand(request, right, weeding_list.branch)
    return _done(request, weeding_list, lambda: do(user))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse what somebody else proposed."""
    weeding_list = get_object_or_404(WeedingList.objects.select_related("branch"), pk=pk)
    user = demand(request, APPROVE, weeding_list.branch)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose: approve or refuse."))
        return redirect("weeding:page", pk)
    decision = services.approve if form.cleaned_data["decision"] == "approve" else services.refuse
    note = form.cleaned_data["note"]
    return _done(request, weeding_list, lambda: decision(weeding_list, user=user, note=note))


def _done(request: HttpRequest, weeding_list: WeedingList, do: Any) -> HttpResponse:
    try:
        do()
        messages.success(request, _("Done."))
    except WeedingRefused as error:
        messages.error(request, str(error))
    return redirect("weeding:page", weeding_list.pk)
