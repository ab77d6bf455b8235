"""Records in the administration: choosing a kind, the form, deleting, history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import HistoryView, WagtailAdminTemplateMixin

from catalog_pages.call_numbers import proposed_call_number
from catalog_pages.cataloguing import services
from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.first_items import first_items
from catalog_pages.cataloguing.forms import RecordForm, with_more_lines
from catalog_pages.cataloguing.layout import PARTS_OF_HOSTS, Rules
from catalog_pages.cataloguing.marc21_fields import MARC21
from catalog_pages.cataloguing.rules import FORM_RULES, GROUP_NAMES
from catalog_pages.cataloguing.values import Values, apply_values, read_values
from catalog_pages.classes import name_of_number
from catalog_pages.items.services import ItemRefused
from catalog_pages.marc.errors import Rejected
from catalog_pages.models import Item, Material, Record
from library.deletion import Obstacle, obstacles, refuse

VIEW, ADD = "catalog_pages.view_record", "catalog_pages.add_record"
CHANGE, DELETE = "catalog_pages.change_record", "catalog_pages.delete_record"
BIGGEST_ID = 2**63 - 1


class StaffPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the catalogue for those who hold one of ``rights``; others get 403."""

    rights: tuple[str, ...] = ()
    header_icon = "list-ul"
    page_title = gettext_lazy("Records")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cataloguing:list"), "label": _("Records")},
            {"url": "", "label": self.get_page_subtitle() or str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {
            "may_add": user.has_perm(ADD),
            "may_change": user.has_perm(CHANGE),
            "may_delete": user.has_perm(DELETE),
        }
        return super().get_context_data(**rights, **kwargs)


class KindView(StaffPage):
    """Which kind of material is to be catalogued."""

    rights = (ADD,)
    template_name = "catalog_pages/cataloguing/kind.html"
    page_title = gettext_lazy("Add a record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=Material.choices, **kwargs)


class FormView(StaffPage):
    """The form of a new record or of one there is; with a POST it is saved, gets empty lines, or comes back."""

    template_name = "catalog_pages/cataloguing/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        more = request.POST.get("more", "")
        if more in (*GROUP_NAMES, "items", "label"):
            data = with_more_lines(request.POST, more)
            return self._page(self._form(data), items_data=data)
        form = self._form(request.POST)
        items = self._items(request.POST)
        if form.is_valid() and (items is None or items.is_valid()):
            saved = self._save(form, items.values() if items else [])
            if saved:
                return self._leave(saved)
        return self._page(form, items_data=request.POST, status=422)

    def _page(self, form: RecordForm, items_data: Any = None, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form, items=self._items(items_data), host=self.host, record=self.record, **self._label(form)
        )
        return self.render_to_response(context, status=status)

    def _form(self, data: Any = None) -> RecordForm:
        version = services.version_of(self.record) if self.record else ""
        return RecordForm(
            data,
            values=self.values,
            rules=self.marc[1],
            record=self.record,
            has_host=self.host is not None,
            version=version,
        )

    def _items(self, data: Any = None) -> Any:
        is_part = self.values.coded.material in PARTS_OF_HOSTS
        return None if self.record or is_part else first_items(self.request.user, data)

    def _label(self, form: RecordForm) -> dict[str, Any]:
        """What the spine label of the record shows, from what the form holds now."""
        shown = form.as_record()
        name = name_of_number(shown.class_scheme, shown.class_number)
        return {"shown": shown, "class_label": name, "call_number": proposed_call_number(shown)}

    @cached_property
    def values(self) -> Values:
        return read_values(*self.marc)

    def _save(self, form: RecordForm, items: list[dict[str, Any]]) -> Record | None:
        marc, rules = self.marc
        host_now = self.record.host_id if self.record else None
        host_changed = (self.host.pk if self.host else None) != host_now
        try:
            apply_values(marc, form.wanted(), host=self.host, host_changed=host_changed, rules=rules)
            return services.save_marc(
                marc,
                user=self.request.user,
                record=self.record,
                rules=rules.name,
                columns={"host": self.host},
                items=items,
                seen_version=form.cleaned_data["seen_version"] if self.record else "",
            )
        except Rejected as rejection:
            form.add_error(None, rejection.reason.label)
        except ValidationError as error:
            form.add_error(None, [text for texts in error.message_dict.values() for text in texts])
        except ItemRefused as refusal:
            form.add_error(None, str(refusal))
        except IntegrityError:
            form.add_error(
                None, _("Something in it has just been given to another record or copy: look again.")
            )
        except services.Changed:
            self._warn_of_other_editor(form)
        return None

    def _warn_of_other_editor(self, form: RecordForm) -> None:
        assert self.record
        self.record.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen_version"] = services.version_of(self.record)
        form.add_error(None, _(
            "Somebody else has changed this entry since you opened it. Your own changes are still here. "
            "Open the entry in another window to compare; if you save again, yours replace the others."
        ))  # fmt: skip

    def _leave(self, saved: Record) -> HttpResponseRedirect:
        messages.success(
            self.request, _("“%(title)s” is saved.") % {"title": Truncator(saved.title).chars(80)}
        )
        if "next_article" in self.request.POST and saved.host_id:
            address = reverse("cataloguing:add", args=["article"])
            return redirect(f"{address}?host={saved.host_id}&issue={saved.pk}")
        return redirect("cataloguing:edit", saved.pk)

    # What the two kinds of page differ in.
    record: Record | None = None

    @cached_property
    def marc(self) -> tuple[EditableMarc, Rules]:
        """The record before the form, and the rules of its fields."""
        raise NotImplementedError

    @cached_property
    def host(self) -> Record | None:
        """What the record stands in."""
        raise NotImplementedError


class AddView(FormView):
    """A new record: ``host`` is what it stands in, ``copy`` a record to begin from, ``issue`` the article before."""

    rights = (ADD,)
    page_title = gettext_lazy("Add a record")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.material = kwargs["material"]
        if self.material not in Material.values:
            raise Http404
        if self.material in PARTS_OF_HOSTS and not {"host", "copy", "without"} & request.GET.keys():
            return redirect("cataloguing:choose_host")
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(Material(self.material).label)

    @cached_property
    def marc(self) -> tuple[EditableMarc, Rules]:
        return self._template() or (services.new_marc(self.material), MARC21)

    def _template(self) -> tuple[EditableMarc, Rules] | None:
        same_issue = "issue" in self.request.GET
        other = _asked_record(self.request, "issue" if same_issue else "copy")
        try:
            return services.template_of(other, same_issue=same_issue) if other else None
        except Rejected:
            return None

    @cached_property
    def host(self) -> Record | None:
        copied = _asked_record(self.request, "copy")
        return _asked_record(self.request, "host") or (copied.host if copied else None)


class EditView(FormView):
    """The form of a record there is; where there is none for the rules of its fields, the MARC tab."""

    rights = (VIEW, CHANGE)
    page_title = gettext_lazy("Record")
    record: Record

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        if request.method == "POST" and not request.user.has_perm(CHANGE):
            raise PermissionDenied
        self.record = found_record(kwargs["pk"])
        try:
            marc, name = services.marc_of(self.record)
        except Rejected:
            return redirect("cataloguing:marc", self.record.pk)
        if name not in FORM_RULES:
            return redirect("cataloguing:marc", self.record.pk)
        self.marc = marc, FORM_RULES[name]
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return Truncator(self.record.title).chars(60)

    @cached_property
    def host(self) -> Record | None:
        """That of the record, unless another one was just chosen (``host``, or ``host=0`` for none)."""
        if "host" in self.request.GET:
            return _asked_record(self.request, "host")
        return self.record.host


class DeleteView(StaffPage):
    """Asks, then deletes; a record with copies or with articles in it stays."""

    rights = (DELETE,)
    template_name = "catalog_pages/cataloguing/delete.html"
    page_title = gettext_lazy("Delete the record")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.record = found_record(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return Truncator(self.record.title).chars(60)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = list(_obstacles(self.record))
        return refuse(request, [self.record], found) if found else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = list(_obstacles(self.record))
        if found:
            return refuse(request, [self.record], found)
        title = str(self.record)
        services.delete_record(self.record, user=request.user)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": Truncator(title).chars(80)})
        return redirect("cataloguing:list")


def _obstacles(record: Record) -> Iterator[Obstacle]:
    """Copies and articles, which would be lost with it, and whatever protects it elsewhere."""
    for model, rows in ((Item, record.items.all()), (Record, record.parts.all())):
        if count := rows.count():
            name = str(model._meta.verbose_name_plural).capitalize()
            yield Obstacle(name, count, [str(one) for one in rows[:5]])
    yield from obstacles(record)


class RecordHistoryView(HistoryView):
    """Who has created and changed the record."""

    model = Record
    permission_required = "change"
    any_permission_required = None
    index_url_name = "cataloguing:list"
    edit_url_name = "cataloguing:edit"
    history_url_name = "cataloguing:history"
    history_results_url_name = "cataloguing:history_results"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def found_record(pk: int) -> Record:
    """The record with this number, or 404."""
    if pk > BIGGEST_ID:
        raise Http404
    return get_object_or_404(Record.objects.select_related("host"), pk=pk)


def _asked_record(request: HttpRequest, name: str) -> Record | None:
    asked = request.GET.get(name, "")
    if not asked.isdecimal() or not asked.isascii() or len(asked) > 18:
        return None
    return Record.objects.select_related("host").filter(pk=int(asked)).first()
