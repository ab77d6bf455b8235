"""Pictures of covers: given to records by staff, shown to readers in three sizes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Collection

from catalog_pages.models import Record
from library.files.forms import PictureField
from library.models import PortalImage

COLLECTION = "Covers"
# Twice the width at which they are shown, for fine screens.
FILTERS = {
    "s": "max-184x276|format-webp",
    "m": "max-288x432|format-webp",
    "l": "max-600x900|format-webp",
}
BIGGEST_ID = 2**63 - 1
A_DAY = 24 * 60 * 60


@require_safe
def cover_picture(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """Lead to a picture in one of the sizes; 404 where it is no record's cover or its file is gone."""
    if size not in FILTERS or pk > BIGGEST_ID or not Record.objects.filter(cover_id=pk).exists():
        raise Http404
    try:
        rendition = get_object_or_404(PortalImage, pk=pk).get_rendition(FILTERS[size])
    except (SourceImageIOError, InvalidFilterSpecError, OSError) as error:
        raise Http404 from error
    response = redirect(rendition.url)
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


class CoverForm(forms.Form):
    """A picture with what is on it in words, or nothing to take the cover away."""

    picture = PictureField(label=_("Picture of the cover"), required=False)
    alt = forms.CharField(
        label=_("What is on the picture"),
        required=False,
        max_length=250,
        help_text=_("One sentence for readers who cannot see it."),
    )
    remove = forms.BooleanField(label=_("Take the cover away"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("picture") and cleaned.get("remove"):
            self.add_error("picture", _("Give a picture or take the cover away, not both."))
        if cleaned.get("picture") and not cleaned.get("alt", "").strip():
            self.add_error("alt", _("Say in one sentence what is on the picture."))
        return cleaned


@require_http_methods(["GET", "POST"])
def edit_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff give a record a cover, describe it or take it away; asks for the right to change records."""
    if not request.user.has_perm("catalog_pages.change_record"):
        raise PermissionDenied
    record = get_object_or_404(Record.objects.select_related("cover"), pk=min(pk, BIGGEST_ID))
    described = {"alt": record.cover.description if record.cover else ""}
    form = CoverForm(request.POST or None, request.FILES or None, initial=described)
    if request.method == "POST" and form.is_valid():
        set_cover(record=record, user=request.user, **form.cleaned_data)
        messages.success(request, _("The cover was saved."))
        return redirect("catalogue_covers:edit", record.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "record": record,
        "edit_url": AdminURLFinder(request.user).get_edit_url(record),
        "page_title": _("Cover"),
        "header_icon": "image",
    }
    return render(request, "catalog_pages/cover_form.html", context, status=status)


@transaction.atomic
def set_cover(*, record: Record, user: Any, picture: Any = None, alt: str = "", remove: bool = False) -> None:
    """Give a record a new picture, describe the one it has, or take it away.

    Nothing that is searched or exported changes, so the search is told nothing.
    """
    old = record.cover
    if picture:
        cover = PortalImage(
            title=record.title[:200],
            description=alt.strip(),
            file=picture,
            collection=_collection(),
            uploaded_by_user=user,
        )
        cover.save()
        record.cover = cover
    elif remove:
        record.cover = None
    elif old:
        old.description = alt.strip()
        old.save(update_fields=["description"])
        return
    Record.objects.filter(pk=record.pk).update(cover=record.cover)
    if old and old.collection.name == COLLECTION and not Record.objects.filter(cover=old).exists():
        old.delete()


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


app_name = "catalogue_covers"
urlpatterns = [path("catalogue/covers/<int:pk>/", edit_cover, name="edit")]
