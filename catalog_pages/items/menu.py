"""Where staff find the pages of copies: entries of the catalogue's menu, its addresses, its panel."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from catalog_pages.items import register_views
from catalog_pages.items.staff import ANY_ITEM


class RightMenuItem(MenuItem):
    """Shown to those who hold one of the rights."""

    def __init__(self, *args: object, rights: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rights = rights

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(right) for right in self.rights)


def addresses() -> list[URLPattern | URLResolver]:
    return [path("catalogue/", include("catalog_pages.items.urls"))]


def items() -> MenuItem:
    return RightMenuItem(
        _("Items"), reverse_lazy("catalogue_items:list"), name="items", icon_name="tag", order=200,
        rights=ANY_ITEM,
    )  # fmt: skip


def register() -> MenuItem:
    return RightMenuItem(
        _("Accession register"), reverse_lazy("catalogue_items:register"), name="accessions",
        icon_name="list-ol", order=210, rights=register_views.ANY,
    )  # fmt: skip
