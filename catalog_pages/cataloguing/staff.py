"""What the cataloguing by hand gives the administration: its addresses and its place in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from catalog_pages.cataloguing.listing import menu_shown


class RecordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return menu_shown(request)


def menu_item() -> MenuItem:
    return RecordsMenuItem(
        _("Records"),
        reverse_lazy("cataloguing:list"),
        name="catalogue-records",
        icon_name="doc-full",
        order=100,
    )


def addresses() -> list[URLPattern | URLResolver]:
    return [path("catalogue/records/", include("catalog_pages.cataloguing.urls"))]
