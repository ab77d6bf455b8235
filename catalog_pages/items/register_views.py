"""Staff pages of the accession register: the list of a period, one entry, receipts due to accounting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log

from catalog_pages.items import register
from catalog_pages.items.forms import AccessionForm, PeriodForm
from catalog_pages.items.services import ItemRefused
from catalog_pages.items.staff import StaffPage, number_of, own_branch
from catalog_pages.models import Accession, Item
from catalog_pages.models.accessions import DAYS_TO_ACCOUNTING
from library.money import prices
from library.pdf import PdfError, render
from library.permissions import EVERY_BRANCH, works_for

VIEW, ADD, CHANGE = (f"catalog_pages.{action}_accession" for action in ("view", "add", "change"))
ANY = (VIEW, ADD, CHANGE, "catalog_pages.delete_accession")
REGISTER = ("catalogue_items:register", gettext_lazy("Accession register"))
ROWS = 50


class RegisterPage(StaffPage):
    """The entries of a period, newest first, with totals; as PDF or CSV."""

    rights = ANY
    template_name = "catalog_pages/items/register.html"
    page_title = gettext_lazy("Accession register")
    header_icon = "list-ol"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = PeriodForm(request.GET if "first" in request.GET else self._this_year())
        if not form.is_valid():
            return self.again(form=form)
        period = register.Period(**form.cleaned_data)
        form_of = request.GET.get("form", "")
        if form_of == "csv":
            rows = (register.cells(entry, register.bare_price) for entry in register.entries(period.rows()))
            return as_csv(f"accessions-{period.first}-{period.last}", register.headings(bare=True), rows)
        if form_of == "pdf":
            return self._pdf(period)
        return self.render_to_response(self.get_context_data(form=form, period=period))

    def get_context_data(self, period: register.Period | None = None, **kwargs: Any) -> dict[str, Any]:
        found: list[Any] = []
        if period:
            rows = register.with_sums(period.rows()).order_by("-date", "-pk")
            day, pk = _place(self.request.GET.get("after", ""))
            if day:
                rows = rows.filter(date__lte=day).exclude(date=day, pk__gte=pk)
            found = list(rows[: ROWS + 1])
        query = self.request.GET.copy()
        for name in ("after", "form"):
            query.pop(name, None)
        if period:
            query["first"], query["last"] = period.first.isoformat(), period.last.isoformat()
        return super().get_context_data(
            entries=found[:ROWS],
            next=f"{found[ROWS - 1].date}.{found[ROWS - 1].pk}" if len(found) > ROWS else "",
            totals=register.totals(period.rows()) if period else None,
            query=query.urlencode(),
            may_add=self.request.user.has_perm(ADD),
            **kwargs,
        )

    def _this_year(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "first": today.replace(month=1, day=1),
            "last": today,
            "branch": own_branch(self.request.user),
        }

    def _pdf(self, period: register.Period) -> HttpResponseBase:
        rows = register.with_sums(period.rows()).order_by("date", "pk")[: register.MOST_PRINTED + 1]
        price = prices()
        lines = [register.cells(entry, price) for entry in rows]
        if len(lines) > register.MOST_PRINTED:
            messages.error(
                self.request,
                _("At most %(most)s entries are printed at once. Choose a shorter period, or take the CSV.")
                % {"most": register.MOST_PRINTED},
            )
            return redirect(self.request.path)
        place = str(period.branch or _("All libraries"))
        store = f", {Item.Store(period.store).label}" if period.store else ""
        data = register.paper(
            _("Accession register"), f"{place}{store}", period, lines, register.totals(period.rows())
        )
        return as_pdf(self.request, "accessions", "register", data)


class AccessionPage(StaffPage):
    """One entry with its copies; without a key a new one."""

    rights = ANY
    template_name = "catalog_pages/items/accession.html"
    header_icon = "list-ol"
    parents = (REGISTER,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Accession.objects.select_related("branch")
        self.entry = get_object_or_404(rows, pk=kwargs["pk"]) if "pk" in kwargs else None
        if self.entry is None:
            self.rights = (ADD,)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form_of = request.GET.get("form", "")
        if self.entry and form_of in ("csv", "pdf"):
            return self._paper(self.entry, form_of)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return f"{_('Accession')} {self.entry}" if self.entry else _("New entry")

    @property
    def may_change(self) -> bool:
        user = self.request.user
        return self.entry is None or (user.has_perm(CHANGE) and works_for(user, self.entry.branch))

    def get_context_data(self, form: AccessionForm | None = None, **kwargs: Any) -> dict[str, Any]:
        if form is None and self.may_change:
            form = AccessionForm(instance=self.entry, for_user=self.request.user)
        items: list[Item] = []
        sums = None
        if self.entry:
            after = number_of(self.request.GET.get("after", "")) or 0
            rows = Item.objects.filter(accession=self.entry, pk__gt=after).select_related("record", "branch")
            items = list(rows.order_by("pk")[: ROWS + 1])
            sums = register.totals(Accession.objects.filter(pk=self.entry.pk))
        return super().get_context_data(
            form=form,
            entry=self.entry,
            items=items[:ROWS],
            next=items[ROWS - 1].pk if len(items) > ROWS else None,
            sums=sums,
            parts=range(1, register.parts_of(sums.copies) + 1) if sums else [],
            unpriced=self.entry.items.filter(price=None).count() if self.entry else 0,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.entry:
            self.demand(CHANGE, self.entry.branch)
        form = AccessionForm(request.POST, instance=self.entry, for_user=request.user)
        if not form.is_valid():
            return self.again(form=form)
        if self.entry:
            form.save()
            entry = self.entry
        else:
            data = {name: form.cleaned_data[name] for name in form._meta.fields}
            self.demand(ADD, data["branch"])
            try:
                entry = register.enter(user=request.user, **data)
            except ItemRefused as error:
                form.add_error("number", str(error))
                return self.again(form=form)
        log(instance=entry, action="wagtail.edit" if self.entry else "wagtail.create")
        messages.success(request, _("The entry is saved."))
        return redirect("catalogue_items:accession", entry.pk)

    def _paper(self, entry: Accession, form_of: str) -> HttpResponseBase:
        if form_of == "csv":
            rows = Item.objects.filter(accession=entry).select_related("record").order_by("pk")
            cells = (register.item_cells(item, register.bare_price) for item in rows.iterator(chunk_size=500))
            return as_csv(f"accession-{entry.pk}", register.item_headings(bare=True), cells)
        parts = register.parts_of(entry.items.count())
        part = min(number_of(self.request.GET.get("part", "")) or 1, parts)
        name = f"accession-{part}" if parts > 1 else "accession"
        return as_pdf(self.request, name, "register", register.entry_paper(entry, prices(), part))


class DuePage(StaffPage):
    """Receipts of purchases that accounting has not got yet: within ten days (A22)."""

    rights = ANY
    template_name = "catalog_pages/items/due.html"
    page_title = gettext_lazy("Receipts due to accounting")
    header_icon = "mail"
    parents = (REGISTER,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = register.with_sums(register.due())
        found = list(rows[: ROWS * 4])
        return super().get_context_data(
            entries=found, may_change=self.request.user.has_perm(CHANGE), **kwargs
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE)
        keys = [key for text in request.POST.getlist("entry")[: ROWS * 4] if (key := number_of(text))]
        count = register.mark_sent(keys, day=timezone.localdate(), user=request.user)
        if count:
            said = ngettext(
                "%(count)s receipt is marked as sent.", "%(count)s receipts are marked as sent.", count
            )
            messages.success(request, said % {"count": count})
        else:
            messages.error(request, _("Choose at least one entry of your own library."))
        return redirect("catalogue_items:due")


class DuePanel(Component):
    """Receipts of one's own libraries that are late."""

    name = "receipts_due"
    template_name = "catalog_pages/items/due_panel.html"
    order = 225

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": self.count}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who keep the register, where a receipt is late (hook ``construct_homepage_panels``)."""
    user = request.user
    if not user.has_perm(CHANGE):
        return
    rows = register.due().filter(date__lt=timezone.localdate() - timedelta(days=DAYS_TO_ACCOUNTING))
    if not user.has_perm(EVERY_BRANCH):
        rows = rows.filter(branch__in=user.branch_ids)
    if count := rows.count():
        panels.append(DuePanel(count))


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponseBase:
    response = StreamingHttpResponse(
        register.csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return response


def as_pdf(request: HttpRequest, name: str, template: str, data: dict[str, Any]) -> HttpResponseBase:
    """The paper; where it cannot be made, back to where one came from, with the reason."""
    try:
        paper = render(template, data)
    except PdfError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return response


def _place(mark: str) -> tuple[date | None, int]:
    day, _dot, pk = mark.partition(".")
    try:
        return date.fromisoformat(day), number_of(pk) or 0
    except ValueError:
        return None, 0
