"""Staff pages of copies: the list, one copy, several new ones, its history, and changes by scanner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog_pages.items.finding import NUMBERS, part_of, scanned
from catalog_pages.items.forms import CopiesForm, ItemFilterForm, ItemForm, ScanForm, StatusForm
from catalog_pages.items.history import history_of
from catalog_pages.items.services import (
    ItemRefused,
    add_copies,
    change_item,
    change_status,
    put_on_shelf,
    remove_item,
)
from catalog_pages.items.staff import ADD, ANY_ITEM, CHANGE, DELETE, StaffPage, number_of
from catalog_pages.models import Accession, Item, Record
from library.audiences import search_audience
from library.permissions import works_for
from search.errors import SearchUnavailable, TooDeep
from search.service import search

LIST = ("catalogue_items:list", gettext_lazy("Items"))
HITS = 20


class ItemsPage(StaffPage):
    """Copies: by the beginning of a number, of a library, in a state, of a store; walked by place."""

    rights = ANY_ITEM
    template_name = "catalog_pages/items/list.html"
    page_title = gettext_lazy("Items")
    header_icon = "tag"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ItemFilterForm(self.request.GET)
        question = form.question()
        part = part_of(
            question, after=self.request.GET.get("after", ""), before=self.request.GET.get("before", "")
        )
        address = self.request.GET.copy()
        for name in ("after", "before"):
            address.pop(name, None)
        return super().get_context_data(
            form=form,
            part=part,
            record=Record.objects.filter(pk=question.record).first() if question.record else None,
            looked_in=NUMBERS.get(question.column, ""),
            query=address.urlencode(),
            **kwargs,
        )


class ItemPage(StaffPage):
    """The form of one copy; who may not change it looks at its history."""

    rights = ANY_ITEM
    template_name = "catalog_pages/items/item.html"
    parents = (LIST,)
    header_icon = "tag"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.item = get_object_or_404(
            Item.objects.select_related("record", "branch", "accession"), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.item)

    @property
    def may_change(self) -> bool:
        user = self.request.user
        return bool(user.has_perm(CHANGE)) and works_for(user, self.item.branch)

    def get_context_data(self, form: ItemForm | None = None, **kwargs: Any) -> dict[str, Any]:
        if form is None and self.may_change:
            form = ItemForm(instance=self.item, for_user=self.request.user)
        return super().get_context_data(item=self.item, form=form, events=history_of(self.item), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE, self.item.branch)
        form = ItemForm(request.POST, instance=self.item, for_user=request.user)
        if not form.is_valid():
            return self.again(form=form)
        try:
            change_item(self.item, form.changes(), user=request.user)
        except ItemRefused as error:
            form.add_error(None, str(error))
            return self.again(form=form)
        messages.success(request, _("The item is saved."))
        return redirect("catalogue_items:item", self.item.pk)


class DeleteItemPage(StaffPage):
    """A copy that was added by mistake; asked once more before it is gone."""

    rights = (DELETE,)
    template_name = "catalog_pages/items/delete.html"
    page_title = gettext_lazy("Delete a copy")
    header_icon = "bin"
    parents = (LIST,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.item = get_object_or_404(Item.objects.select_related("record", "branch"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.demand(DELETE, self.item.branch)
        return super().get_context_data(item=self.item, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(DELETE, self.item.branch)
        record = self.item.record_id
        try:
            remove_item(self.item)
        except ItemRefused as error:
            messages.error(request, str(error))
            return redirect("catalogue_items:item", self.item.pk)
        messages.success(request, _("The copy is deleted."))
        return redirect(f"{reverse('catalogue_items:list')}?record={record}")


class FindRecordPage(StaffPage):
    """The record that a new copy belongs to, found as readers find it."""

    rights = (ADD,)
    template_name = "catalog_pages/items/find_record.html"
    page_title = gettext_lazy("Add copies")
    header_icon = "plus"
    parents: tuple = (LIST,)
    filters: dict[str, list[str]] = {}
    target = "catalogue_items:add"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        records, unavailable = self._find(text) if text else ([], False)
        accession = number_of(self.request.GET.get("accession", ""))
        return super().get_context_data(
            text=text,
            records=records,
            unavailable=unavailable,
            target=self.target,
            accession=accession,
            **kwargs,
        )

    def _find(self, text: str) -> tuple[list[Record], bool]:
        try:
            found = search(
                text, filters=self.filters, per_page=HITS, audience=search_audience(self.request.user)
            )
        except (SearchUnavailable, TooDeep):
            return [], True
        return Record.objects.for_results([int(hit.partition(":")[2]) for hit in found.ids]), False


class AddCopiesPage(StaffPage):
    """Several copies of one record at once."""

    rights = (ADD,)
    template_name = "catalog_pages/items/add.html"
    page_title = gettext_lazy("Add copies")
    header_icon = "plus"
    parents = (LIST,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.record = get_object_or_404(Record, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.record.title

    def get_context_data(self, form: CopiesForm | None = None, **kwargs: Any) -> dict[str, Any]:
        form = form or CopiesForm(user=self.request.user, record=self.record, initial=self._initial())
        return super().get_context_data(record=self.record, form=form, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = CopiesForm(request.POST, user=request.user, record=self.record, initial=self._initial())
        if not form.is_valid():
            return self.again(form=form)
        data = dict(form.cleaned_data)
        self.demand(ADD, data["branch"])
        data.pop("accession_number")
        try:
            items = add_copies(self.record, user=request.user, **data)
        except ItemRefused as error:
            form.add_error("barcodes", str(error))
            return self.again(form=form)
        said = ngettext("%(count)s copy is added.", "%(count)s copies are added.", len(items))
        messages.success(request, said % {"count": len(items)})
        return redirect(f"{reverse('catalogue_items:list')}?record={self.record.pk}")

    def _initial(self) -> dict[str, Any]:
        pk = number_of(self.request.GET.get("accession", ""))
        entry = Accession.objects.select_related("branch").filter(pk=pk).first() if pk else None
        return {"accession": entry.pk, "branch": entry.branch} if entry else {}


class ScanPage(StaffPage):
    """Something is done to the copies whose barcodes are scanned; those refused stay in the field, with reasons."""

    rights = (CHANGE,)
    template_name = "catalog_pages/items/scan.html"
    parents: tuple = (LIST,)
    form_class: type[ScanForm] = ScanForm
    button: Any = gettext_lazy("Save")
    intro: Any = ""

    def act(self, items: list[Item], data: dict[str, Any]) -> tuple[int, list[tuple[Item, str]]]:
        """Do it; return for how many copies it was done, and the others with the reason."""
        raise NotImplementedError

    def get_context_data(self, form: ScanForm | None = None, **kwargs: Any) -> dict[str, Any]:
        form = form or self.form_class(user=self.request.user)
        return super().get_context_data(form=form, button=self.button, intro=self.intro, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.form_class(request.POST, user=request.user)
        if not form.is_valid():
            return self.again(form=form)
        found = scanned(form.cleaned_data["barcodes"])
        done, refused = self.act(found.items, form.cleaned_data)
        if done:
            said = ngettext("Done for %(count)s copy.", "Done for %(count)s copies.", done)
            messages.success(request, said % {"count": done})
        if not refused and not found.unknown:
            return redirect(request.path)
        left = [*found.unknown, *(item.barcode or "" for item, _reason in refused)]
        form.data = form.data.copy()
        form.data["barcodes"] = "\n".join(left)
        return self.again(form=form, refused=refused, unknown=found.unknown)

    def own(self, items: list[Item]) -> tuple[list[Item], list[tuple[Item, str]]]:
        """The copies of the person's own libraries, and the others with the reason."""
        mine = [item for item in items if works_for(self.request.user, item.branch)]
        others = [item for item in items if item not in mine]
        return mine, [(item, _("belongs to %(library)s") % {"library": item.branch}) for item in others]


class PutOnShelfPage(ScanPage):
    """Copies that were prepared now stand on the shelf (A23)."""

    page_title = gettext_lazy("Put on the shelf")
    header_icon = "check"
    button = gettext_lazy("They stand on the shelf")
    intro = gettext_lazy("Scan the copies that are ready. Readers see them at once.")

    def act(self, items: list[Item], data: dict[str, Any]) -> tuple[int, list[tuple[Item, str]]]:
        mine, refused = self.own(items)
        return len(put_on_shelf(mine, user=self.request.user)), refused


class ChangeStatusPage(ScanPage):
    """Many copies get one status."""

    page_title = gettext_lazy("Change the status")
    header_icon = "edit"
    form_class = StatusForm
    button = gettext_lazy("Change the status")

    def act(self, items: list[Item], data: dict[str, Any]) -> tuple[int, list[tuple[Item, str]]]:
        mine, refused = self.own(items)
        free = []
        for item in mine:
            if item.status in (Item.Status.ON_LOAN, Item.Status.IN_TRANSIT):
                refused.append((item, item.get_status_display()))
            elif item.is_legal_deposit and data["status"] == Item.Status.WITHDRAWN:
                refused.append((item, _("legal deposit: never weeded (A27)")))
            else:
                free.append(item)
        try:
            changed = change_status(free, data["status"], user=self.request.user, reason=data["reason"])
        except ItemRefused as error:
            return 0, [(error.item or free[0], str(error))]
        return len(changed), refused
