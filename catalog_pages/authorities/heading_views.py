"""The staff page of a heading of the lists from A to Z: what it is merged into, or its new form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from catalog_pages.authorities.listed_headings import entries_of, kinds_of, merge_heading, rename_heading
from catalog_pages.models import Heading
from library.authorities import AuthorityError, UnknownAuthority
from library.models import Authority

RIGHT = "library.change_authority"
CANDIDATES = 20
_LISTS = {Heading.Kind.AUTHOR: "authors", Heading.Kind.SUBJECT: "subjects"}


class HeadingView(WagtailAdminTemplateMixin, TemplateView):
    """One heading as readers see it; ``q`` looks for the entry that it is to be merged into."""

    template_name = "catalog_pages/authorities/heading.html"
    page_title = gettext_lazy("Merge or rename a heading")
    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        heading = Heading.objects.filter(pk=kwargs["pk"]).first() if kwargs["pk"] < 2**63 else None
        if heading is None:
            messages.info(request, _("This heading is no longer in the list."))
            return redirect("catalog_pages:browse")
        self.heading = heading
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.heading.text

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self._list_address(), "label": _("From A to Z")},
            {"url": "", "label": self.heading.text},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = " ".join(self.request.GET.get("q", "").split())[:200]
        found = Authority.objects.current().filter(kind__in=kinds_of(self.heading)).order_by("sort_key", "pk")
        asked = search or self.heading.text.partition(" — ")[0]
        return super().get_context_data(
            heading=self.heading,
            own=entries_of(self.heading),
            facet=str(self.heading.kind),
            search=search,
            candidates=found.like(asked)[:CANDIDATES],
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = " ".join(request.POST.get("name", "").split())
        try:
            if name and "entry" not in request.POST:
                entry = rename_heading(self.heading, name=name, user=request.user)
            else:
                entry = merge_heading(self.heading, into=self._chosen(), user=request.user)
        except AuthorityError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(name=name), status=422)
        messages.success(
            request,
            _("“%(gone)s” becomes “%(kept)s”. The records follow in the background.")
            % {"gone": self.heading, "kept": entry},
        )
        return redirect(self._list_address())

    def _chosen(self) -> Authority:
        chosen = self.request.POST.get("entry", "")
        is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 19
        entry = Authority.objects.filter(pk=int(chosen)).first() if is_number else None
        if entry is None:
            raise UnknownAuthority
        return entry

    def _list_address(self) -> str:
        address = reverse("catalog_pages:browse_list", args=[_LISTS[Heading.Kind(self.heading.kind)]])
        return f"{address}?{urlencode({'from': self.heading.text[:100]})}"


def addresses() -> list[URLPattern]:
    """The page (hook ``register_admin_urls``)."""
    return [path("catalogue/headings/<int:pk>/", HeadingView.as_view(), name="catalogue_heading")]
