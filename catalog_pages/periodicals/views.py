"""Staff pages of periodicals: subscriptions, the issues of today, those that are late, binding."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from catalog_pages.call_numbers import proposed_call_number
from catalog_pages.items.staff import StaffPage, number_of, own_branch
from catalog_pages.items.views import FindRecordPage
from catalog_pages.models import Material, PeriodicalIssue, Record, Subscription
from catalog_pages.periodicals import services
from catalog_pages.periodicals.forms import (
    RHYTHM,
    BindForm,
    BranchChoiceForm,
    CheckInForm,
    IssueForm,
    SubscriptionForm,
    unbound,
)
from catalog_pages.periodicals.services import PeriodicalRefused
from library.models import Branch
from library.permissions import EVERY_BRANCH, editable_branches, works_for

VIEW, ADD, CHANGE = (f"catalog_pages.{action}_subscription" for action in ("view", "add", "change"))
ANY = (VIEW, ADD, CHANGE, "catalog_pages.delete_subscription")
LIST = ("periodicals:list", gettext_lazy("Periodicals"))
ROWS = 50
SOON = timedelta(days=10)  # of the issues to come, those of the next days are shown
MOST_EXPECTED = 200


class SubscriptionsPage(StaffPage):
    """Subscriptions of a library, those that go on before those that have ended."""

    rights = ANY
    template_name = "catalog_pages/periodicals/list.html"
    page_title = gettext_lazy("Periodicals")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = BranchChoiceForm(self.request.GET)
        branch = form.cleaned_data["branch"] if form.is_valid() else None
        ended = self.request.GET.get("ended") == "1"
        today = timezone.localdate()
        rows = Subscription.objects.select_related("record", "branch").order_by("-pk")
        rows = rows.filter(last_day__lt=today) if ended else rows.filter(last_day__gte=today)
        rows = rows.filter(branch=branch) if branch else rows
        if after := number_of(self.request.GET.get("after", "")):
            rows = rows.filter(pk__lt=after)
        found = list(rows[: ROWS + 1])
        query = self.request.GET.copy()
        query.pop("after", None)
        return super().get_context_data(
            form=form,
            subscriptions=found[:ROWS],
            next=found[ROWS - 1].pk if len(found) > ROWS else None,
            query=query.urlencode(),
            ended=ended,
            **kwargs,
        )


class FindPeriodicalPage(FindRecordPage):
    """The record of the periodical that is subscribed to."""

    rights = (ADD,)
    page_title = gettext_lazy("New subscription")
    parents = (LIST,)
    filters = {"material": [Material.PERIODICAL]}
    target = "periodicals:subscribe"


class SubscriptionPage(StaffPage):
    """A subscription with its issues, letters and volumes; by the key of a record: a new one."""

    rights = ANY
    template_name = "catalog_pages/periodicals/subscription.html"
    header_icon = "doc-full"
    parents = (LIST,)
    is_new = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_new:
            self.rights = (ADD,)
            self.subscription = Subscription(record=get_object_or_404(Record, pk=kwargs["pk"]))
        else:
            rows = Subscription.objects.select_related("record", "branch")
            self.subscription = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.subscription.record.title

    def get_context_data(self, form: SubscriptionForm | None = None, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        may_change = self.is_new or (user.has_perm(CHANGE) and works_for(user, self.subscription.branch))
        if form is None and may_change:
            form = SubscriptionForm(instance=self.subscription, for_user=user)
        return super().get_context_data(
            form=form, subscription=self.subscription, record=self.subscription.record, may_change=may_change,
            is_new=self.is_new, **({} if self.is_new else self._issues()), **kwargs,
        )  # fmt: skip

    def _issues(self) -> dict[str, Any]:
        rows = PeriodicalIssue.objects.filter(subscription=self.subscription).select_related("volume")
        rows = rows.prefetch_related("claims").order_by("-day", "-pk")
        soon = timezone.localdate() + SOON
        day = _day(self.request.GET.get("before", "")) or soon
        found = list(rows.filter(day__lt=day)[: ROWS + 1])
        for issue in found:
            issue.subscription = self.subscription
        return {
            "issues": found[:ROWS],
            "next": found[ROWS - 1].day.isoformat() if len(found) > ROWS else "",
            "volumes": self.subscription.volumes.select_related("item"),
            "unbound": unbound(self.subscription).exists(),
            "has_later": day == soon and rows.filter(day__gte=soon).exists(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.is_new:
            self.demand(CHANGE, self.subscription.branch)
        form = SubscriptionForm(request.POST, instance=self.subscription, for_user=request.user)
        if not form.is_valid():
            return self.again(form=form)
        self.demand(ADD if self.is_new else CHANGE, form.cleaned_data["branch"])
        with transaction.atomic():
            subscription = form.save()
            if set(RHYTHM) & set(form.changed_data):
                services.expect_anew(subscription)
            log(instance=subscription, action="wagtail.create" if self.is_new else "wagtail.edit")
        messages.success(request, _("The subscription is saved."))
        return redirect("periodicals:subscription", subscription.pk)


class IssuePage(StaffPage):
    """An issue out of turn, or the day and number of one; with ``subscription`` in the address a new one."""

    rights = (CHANGE,)
    template_name = "catalog_pages/periodicals/issue.html"
    header_icon = "doc-full"
    parents = (LIST,)
    is_new = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = PeriodicalIssue.objects.select_related("subscription__record", "subscription__branch")
        if self.is_new:
            subscriptions = Subscription.objects.select_related("record", "branch")
            subscription = get_object_or_404(subscriptions, pk=kwargs["pk"])
            self.issue = PeriodicalIssue(subscription=subscription)
        else:
            self.issue = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("New issue") if self.is_new else f"{_('Issue')} {self.issue}"

    def get_context_data(self, form: IssueForm | None = None, **kwargs: Any) -> dict[str, Any]:
        self.demand(CHANGE, self.issue.subscription.branch)
        form = form or IssueForm(instance=self.issue)
        states = [] if self.is_new else PeriodicalIssue.State.choices
        return super().get_context_data(
            form=form, issue=self.issue, subscription=self.issue.subscription, states=states, **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE, self.issue.subscription.branch)
        if "state" in request.POST:
            return self._set_state(request.POST["state"])
        form = IssueForm(request.POST, instance=self.issue)
        if not form.is_valid():
            return self.again(form=form)
        form.save()
        messages.success(request, _("The issue is saved."))
        return redirect("periodicals:subscription", self.issue.subscription_id)

    def _set_state(self, state: str) -> HttpResponseBase:
        if state in PeriodicalIssue.State.values and not self.is_new:
            _try(self.request, lambda: services.set_state(self.issue, state, user=self.request.user))
        return redirect("periodicals:subscription", self.issue.subscription_id)


class TodayPage(StaffPage):
    """What should have come by today and is not late yet; one click checks an issue in."""

    rights = ANY
    template_name = "catalog_pages/periodicals/today.html"
    page_title = gettext_lazy("Issues expected today")
    header_icon = "calendar-check"
    parents = (LIST,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        branch = self._branch()
        rows = PeriodicalIssue.objects.filter(state=PeriodicalIssue.State.EXPECTED, day__lte=today)
        rows = rows.filter(
            subscription__branch__in=[branch] if branch else editable_branches(self.request.user)
        )
        rows = rows.select_related("subscription__record", "subscription__branch").order_by("-day", "-pk")
        waiting = [issue for issue in rows[:MOST_EXPECTED] if not issue.is_late]
        return super().get_context_data(
            branches=editable_branches(self.request.user),
            branch=branch,
            today=[issue for issue in waiting if issue.day == today],
            earlier=[issue for issue in waiting if issue.day < today],
            late_count=_late_of(self.request, branch).count(),
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = CheckInForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
            return redirect(request.get_full_path())
        data = form.cleaned_data
        issue = data["issue"]
        self.demand(CHANGE, issue.subscription.branch)
        done = _try(
            request,
            lambda: services.check_in(
                issue, user=request.user, copies=data["copies"], barcodes=data["barcodes"],
                is_complete=request.POST.get("complete") != "no",
            ),
        )  # fmt: skip
        if done:
            said = _("Received: %(title)s %(issue)s")
            messages.success(request, said % {"title": issue.subscription.record.title, "issue": issue})
        return redirect(request.get_full_path())

    def _branch(self) -> Branch | None:
        pk = number_of(self.request.GET.get("branch", ""))
        chosen = editable_branches(self.request.user).filter(pk=pk).first() if pk else None
        return chosen or own_branch(self.request.user)


class LatePage(StaffPage):
    """Issues that did not come in time; chosen ones are claimed by letter, or given up."""

    rights = ANY
    template_name = "catalog_pages/periodicals/late.html"
    page_title = gettext_lazy("Late issues")
    header_icon = "warning"
    parents = (LIST,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = _late_of(self.request, None)
        rows = rows.select_related("subscription__record", "subscription__branch").prefetch_related("claims")
        found = list(rows.order_by("day", "pk")[: MOST_EXPECTED + 1])
        return super().get_context_data(
            issues=found[:MOST_EXPECTED],
            has_more=len(found) > MOST_EXPECTED,
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE)
        keys = [key for text in request.POST.getlist("issue")[:MOST_EXPECTED] if (key := number_of(text))]
        issues = list(_late_of(request, None).filter(pk__in=keys).select_related("subscription"))
        if not issues:
            messages.error(request, _("Choose at least one issue."))
        elif request.POST.get("action") == "missing":
            with transaction.atomic():
                for issue in issues:
                    services.set_state(issue, PeriodicalIssue.State.MISSING, user=request.user)
            messages.success(request, _("These issues are not waited for any longer."))
        else:
            letters = _try(request, lambda: services.claim(issues, user=request.user))
            if letters:
                said = ngettext(
                    "%(count)s letter is on its way.", "%(count)s letters are on their way.", letters
                )
                messages.success(request, said % {"count": letters})
        return redirect("periodicals:late")


class BindPage(StaffPage):
    """Issues of one year become a volume, by a binding decision (A26)."""

    rights = (CHANGE,)
    template_name = "catalog_pages/periodicals/bind.html"
    page_title = gettext_lazy("Bind issues")
    header_icon = "folder"
    parents = (LIST,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Subscription.objects.select_related("record", "branch")
        self.subscription = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.subscription.record.title

    def get_context_data(self, form: BindForm | None = None, **kwargs: Any) -> dict[str, Any]:
        self.demand(CHANGE, self.subscription.branch)
        years = [day.year for day in unbound(self.subscription).dates("day", "year")]
        year = self._year(years)
        form = form or BindForm(subscription=self.subscription, year=year, initial=self._initial(year))
        return super().get_context_data(
            subscription=self.subscription, form=form, years=years, year=year, **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE, self.subscription.branch)
        year = self._year([])
        form = BindForm(request.POST, subscription=self.subscription, year=year)
        if not form.is_valid():
            return self.again(form=form)
        try:
            volume = services.bind(self.subscription, user=request.user, **form.cleaned_data)
        except PeriodicalRefused as error:
            form.add_error(None, str(error))
            return self.again(form=form)
        messages.success(request, _("The volume is an item now, at the binder until it is put on the shelf."))
        return redirect("catalogue_items:item", volume.item_id)

    def _year(self, years: list[int]) -> int:
        wished = number_of(self.request.GET.get("year", "")) or 0
        usual = years[0] if years else timezone.localdate().year
        return wished if 1400 < wished < 2200 else usual

    def _initial(self, year: int) -> dict[str, Any]:
        rows = list(unbound(self.subscription).filter(day__year=year))
        numbers = f", {rows[0].number}–{rows[-1].number}" if rows else ""
        title = proposed_call_number(self.subscription.record, self.subscription.branch_id)
        label = f"{year}{numbers}"
        return {"issues": rows, "label": label, "call_number": f"{title} {label}"}


def _late_of(request: HttpRequest, branch: Branch | None) -> QuerySet[PeriodicalIssue]:
    rows = services.late()
    if branch:
        return rows.filter(subscription__branch=branch)
    user = request.user
    return rows if user.has_perm(EVERY_BRANCH) else rows.filter(subscription__branch__in=user.branch_ids)


def _try(request: HttpRequest, act: Any) -> Any:
    """Do it; where it is refused, say why and return nothing."""
    try:
        return act()
    except PeriodicalRefused as error:
        messages.error(request, str(error))
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
