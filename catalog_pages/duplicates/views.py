"""The list of records that look alike, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from catalog_pages.duplicates.services import GROUPS, MergeError, groups, merge, set_apart
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import Item, MarcSource, Record, RecordKey
from library.models import User

RIGHTS = ("catalog_pages.change_record", "catalog_pages.delete_record")
_COLUMNS = (
    "title", "subtitle", "statement", "edition", "place", "publisher", "year_text", "extent", "series", "isbns",
    "issns", "class_number", "subjects", "source", "control_number", "created_at",
)  # fmt: skip


class DuplicatesPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _demand(request)
        return super().dispatch(request, *args, **kwargs)


class ListView(DuplicatesPage):
    """Groups of records with the same ISBN and title, or the same control number of the same agency."""

    template_name = "catalog_pages/duplicates/list.html"
    page_title = gettext_lazy("Duplicates")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = kind_of(self.request.GET.get("kind", ""))
        found = groups(kind, after=_number(self.request.GET.get("after", ""), -1))
        return super().get_context_data(
            kind=kind,
            kinds=RecordKey.Kind.choices,
            groups=found[:GROUPS],
            after=found[GROUPS - 1].key if len(found) > GROUPS else None,
            **kwargs,
        )


class CompareView(DuplicatesPage):
    """Two records side by side; staff say which of them stays, or that they are not the same."""

    template_name = "catalog_pages/duplicates/compare.html"
    page_title = gettext_lazy("Merge two records")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _demand(request)
        if kwargs["first"] == kwargs["second"]:
            raise Http404
        self.both = [get_object_or_404(Record, pk=kwargs[name]) for name in ("first", "second")]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("duplicates:list"), "label": _("Duplicates")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            both=self.both,
            kind=kind_of(self.request.GET.get("kind", "")),
            rows=list(_rows(self.both)),
            items=[Item.objects.filter(record=record).count() for record in self.both],
            marcs=[_lines(record) for record in self.both],
            **kwargs,
        )

    def post(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        pair = {str(record.pk): record for record in self.both}
        if "apart" in request.POST:
            set_apart(kind_of(request.GET.get("kind", "")), *self.both)
            messages.success(request, _("They are no longer in the list of duplicates."))
            return redirect("duplicates:list")
        kept = pair.pop(request.POST.get("keep", ""), None)
        if kept is None:
            messages.error(request, _("Say which of the two stays."))
            return redirect(request.get_full_path())
        (gone,) = pair.values()
        try:
            merge(keep=kept.pk, duplicate=gone.pk, user=cast(User, request.user), fill="fill" in request.POST)
        except MergeError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())
        except ProtectedError:
            messages.error(request, _("Something else needs this record: it cannot be merged."))
            return redirect(request.get_full_path())
        messages.success(request, _("“%(gone)s” was merged into “%(kept)s”.") % {"gone": gone, "kept": kept})
        return redirect("duplicates:list")


def _demand(request: HttpRequest) -> None:
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied


def kind_of(text: str) -> int:
    """The kind of key that an address asks for; ISBN and title where it does not say."""
    kinds = [kind.value for kind in RecordKey.Kind]
    number = _number(text, 0)
    return number if number in kinds else int(RecordKey.Kind.TITLE)


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else default


def _rows(both: list[Record]) -> Iterator[tuple[str, list[str], bool]]:
    """Label, both values, and whether they differ."""
    for name in _COLUMNS:
        values = [getattr(record, name) for record in both]
        shown = ["; ".join(value) if isinstance(value, list) else value for value in values]
        if any(shown):
            yield str(label_for_field(name, Record)), shown, shown[0] != shown[1]


def _lines(record: Record) -> list[str]:
    """The MARC of a record, a line for each field."""
    source = MarcSource.objects.filter(pk=record.pk).first()
    if source is None:
        return []
    try:
        marc = parse(source.iso2709, encoding="utf-8")
    except Rejected:
        return []
    return [
        f"{tag} {field.decode(errors='replace').replace(chr(31), ' $')}"
        for tag, fields in sorted(marc.fields.items())
        for field in fields
    ]
