"""What the catalogue holds, on a page: chosen by hand, or found anew each time."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from catalog_pages.choosers import RecordChooserBlock
from catalog_pages.models import EResourcePage, Record
from catalog_pages.queries import Wish
from home.blocks.chosen import ChosenBlock, in_readers_language, is_preview
from home.blocks.groups import CATALOGUE
from search.errors import SearchUnavailable
from search.service import search

CATALOGUE_PATH = "/catalogue/"


class RecordsBlock(ChosenBlock):
    """Books and other records as a row of covers."""

    chosen_in = "records"
    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    records = blocks.ListBlock(
        RecordChooserBlock(label=gettext_lazy("Record")),
        label=gettext_lazy("Records"),
        min_num=1,
        max_num=24,
    )

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Books and other records")
        group = CATALOGUE
        template = "home/blocks/records.html"
        description = gettext_lazy("Records of the catalogue that you choose, as a row of covers.")

    def get_preview_value(self) -> Any:
        records = list(Record.objects.order_by("-pk")[:4])
        return self.normalize({"title": "", "records": records})


class EResourcesBlock(ChosenBlock):
    """Electronic resources with a way to each."""

    chosen_in = "resources"
    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    resources = blocks.ListBlock(
        blocks.PageChooserBlock(
            label=gettext_lazy("Electronic resource"), page_type="catalog_pages.EResourcePage"
        ),
        label=gettext_lazy("Electronic resources"),
        min_num=1,
        max_num=20,
    )

    class Meta:
        icon = "globe"
        label = gettext_lazy("Electronic resources")
        group = CATALOGUE
        template = "home/blocks/e_resources.html"
        description = gettext_lazy("Resources from the list of electronic resources, with a sentence each.")

    def is_shown(self, chosen: Any) -> bool:
        return chosen is not None and chosen.live and not chosen.has_ended

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "shown": in_readers_language(context["shown"])}

    def get_preview_value(self) -> Any:
        return self.normalize({"title": "", "resources": list(EResourcePage.objects.listed()[:2])})


class SavedSearchBlock(blocks.StructBlock):
    """The newest records that a search of the catalogue finds, each time the page is made."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    address = blocks.CharBlock(
        label=gettext_lazy("Address of the search"), max_length=500,
        help_text=gettext_lazy(
            "Search the catalogue as a reader does, with filters, and copy the address from the browser."
        ),
    )  # fmt: skip
    number = blocks.IntegerBlock(label=gettext_lazy("How many"), default=8, min_value=3, max_value=24)

    class Meta:
        icon = "search"
        label = gettext_lazy("Records of a search")
        group = CATALOGUE
        template = "home/blocks/saved_search.html"
        description = gettext_lazy("The newest records that a search finds. New ones join by themselves.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With `records`, newest first, `total`, and `more`, the address of the search. Nothing without an index."""
        context = super().get_context(value, parent_context=parent_context)
        wish = read_search(value.get("address") or "")
        if wish is None:
            return {**context, "records": [], "left_out": int(is_preview(parent_context))}
        try:
            found = search(
                wish.text, filters=wish.filters, sort="added", per_page=value.get("number") or 8,
                literal=wish.literal, widen=False,
            )  # fmt: skip
        except SearchUnavailable:
            return {**context, "records": []}
        ids = [int(name.partition(":")[2]) for name in found.ids]
        by_id = Record.objects.in_bulk(ids)
        records = [by_id[pk] for pk in ids if pk in by_id]
        more = reverse("catalog_pages:results") + wish.query_string()
        return {**context, "records": records, "total": found.total, "more": more}

    def clean(self, value: Any) -> Any:
        """Keep the search without language and page; refuse other addresses."""
        cleaned = super().clean(value)
        if not (cleaned.get("address") or self.is_deferred_validation):
            return cleaned
        wish = read_search(cleaned.get("address") or "")
        if wish is not None:
            cleaned["address"] = CATALOGUE_PATH + wish.query_string()
        elif not self.is_deferred_validation:
            wrong = ValidationError(
                _("This is no address of a search in our catalogue. It looks like /catalogue/?subject=…")
            )
            raise blocks.StructBlockValidationError({"address": wrong})
        return cleaned

    def get_preview_value(self) -> Any:
        return self.normalize({"title": _("New books"), "address": CATALOGUE_PATH, "number": 4})


def read_search(address: str) -> Wish | None:
    """The search that an address of the catalogue holds, whatever its host and language; None for other addresses."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    path = parts.path
    for code, _name in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path
    if path != CATALOGUE_PATH or parts.scheme not in ("", "http", "https"):
        return None
    return Wish.read(QueryDict(parts.query)).at_page(1)
