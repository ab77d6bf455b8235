"""Where staff find stocktaking and weeding: entries of the catalogue's menu, addresses, rights to be given."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from catalog_pages.stocktaking.staff import RightMenuItem, rights_to


def addresses() -> list[URLPattern | URLResolver]:
    return [
        path("catalogue/stocktaking/", include("catalog_pages.stocktaking.urls")),
        path("catalogue/weeding/", include("catalog_pages.weeding.urls")),
    ]


def stocktaking() -> MenuItem:
    return RightMenuItem(
        _("Stocktaking"), reverse_lazy("stocktaking:list"), name="stocktaking", icon_name="list-ol", order=300,
        rights=rights_to("stocktaking"),
    )  # fmt: skip


def weeding() -> MenuItem:
    return RightMenuItem(
        _("Weeding"), reverse_lazy("weeding:list"), name="weeding", icon_name="bin", order=310,
        rights=rights_to("weedinglist"),
    )  # fmt: skip


def rights() -> QuerySet[Permission]:
    """The rights that can be given to a group (hook `register_permissions`)."""
    actions = [
        f"{action}_{model}"
        for action in ("view", "add", "change")
        for model in ("stocktaking", "weedinglist")
    ]
    return Permission.objects.filter(
        content_type__app_label="catalog_pages",
        codename__in=[*actions, "approve_stocktaking", "approve_weeding"],
    )
