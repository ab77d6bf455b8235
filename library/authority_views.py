"""The authority file in the administration: list, forms, chooser, merging."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import ObjectList
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from library.authorities import AuthorityError, merge
from library.authority_forms import AuthorityFilterForm, AuthorityForm
from library.models import Authority

NAMESPACE = "wagtailsnippets_library_authority"
RIGHT = "library.change_authority"
CANDIDATES = 20


class AuthorityIndexView(IndexView):
    """Entries in alphabetical order, without merged ones; searched by any of their names."""

    def get_base_queryset(self) -> QuerySet[Authority]:
        return super().get_base_queryset().current()

    def search_queryset(self, queryset: Any) -> QuerySet[Authority]:
        return queryset.like(self.search_query) if self.is_searching else queryset


class AuthorityEditView(EditView):
    """The form, with the way to merging; a merged entry leads to the one that was kept."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.merged_into_id:
            messages.info(request, _("“%(heading)s” was merged into this entry.") % {"heading": self.object})
            return redirect(f"{NAMESPACE}:edit", self.object.merged_into_id)
        return super().get(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse(f"{NAMESPACE}:merge", args=[self.object.pk])
        button = Button(_("Merge with another entry"), url=address, icon_name="resubmit", priority=15)
        return [*super().header_more_buttons, button]


class MergeView(WagtailAdminTemplateMixin, TemplateView):
    """First the other entry is chosen, then both stand side by side and staff say which of them stays."""

    template_name = "library/authorities/merge.html"
    page_title = gettext_lazy("Merge two entries")
    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        self.authority = get_object_or_404(Authority.objects.current(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.authority)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:list"), "label": str(Authority._meta.verbose_name_plural)},
            {"url": reverse(f"{NAMESPACE}:edit", args=[self.authority.pk]), "label": str(self.authority)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        other = self._other(self.request.GET.get("other", ""))
        text = self.request.GET.get("q", "")
        same_kind = Authority.objects.current().filter(kind=self.authority.kind).exclude(pk=self.authority.pk)
        similar = Authority.objects.perhaps_the_same_as(self.authority)
        return super().get_context_data(
            authority=self.authority,
            other=other,
            both=[self.authority, other] if other else [],
            search=text,
            candidates=(same_kind.like(text) if text.strip() else similar)[:CANDIDATES],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        other, keep = self._other(request.POST.get("other", "")), request.POST.get("keep", "")
        pair = {str(entry.pk): entry for entry in (self.authority, other) if entry}
        if other is None or keep not in pair:
            messages.error(request, _("Choose another entry, and which of the two stays."))
            return redirect(request.get_full_path())
        kept = pair.pop(keep)
        gone = next(iter(pair.values()), kept)
        try:
            merge(keep=kept.pk, duplicate=gone.pk, user=request.user)
        except AuthorityError as error:
            messages.error(request, str(error))
            return redirect(f"{NAMESPACE}:merge", self.authority.pk)
        messages.success(request, _("“%(gone)s” was merged into this entry.") % {"gone": gone})
        return redirect(f"{NAMESPACE}:edit", kept.pk)

    @staticmethod
    def _other(pk: str) -> Authority | None:
        return Authority.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


class AuthorityChooseView(ChooseView):
    filter_form_class = AuthorityFilterForm


class AuthorityChooseResultsView(ChooseResultsView):
    filter_form_class = AuthorityFilterForm


class AuthorityChooserViewSet(SnippetChooserViewSet):
    """Choosing an entry, by words of any of its names and by kind."""

    choose_view_class = AuthorityChooseView
    choose_results_view_class = AuthorityChooseResultsView


class AuthorityViewSet(SnippetViewSet):
    model = Authority
    edit_handler = ObjectList(Authority.panels, base_form_class=AuthorityForm)
    icon = "tag"
    menu_label = gettext_lazy("Authorities")
    list_display = ["heading", "dates", "get_kind_display", "is_verified"]
    list_filter = ["kind", "is_verified"]
    list_per_page = 50
    ordering = ["sort_key", "pk"]
    search_fields = ["heading"]
    search_backend_name = None
    index_view_class = AuthorityIndexView
    edit_view_class = AuthorityEditView
    chooser_viewset_class = AuthorityChooserViewSet
    chooser_per_page = 25

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("merge/<int:pk>/", MergeView.as_view(), name="merge")]
