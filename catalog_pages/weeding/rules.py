"""Which copies may be weeded. Touches no table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog_pages.models import Item

OUT_OF_THE_HOUSE = (Item.Status.ON_LOAN, Item.Status.IN_TRANSIT)


def obstacle(item: Item) -> str:
    """Why a copy may not be weeded, in words; empty where it may."""
    if item.is_legal_deposit:
        return _("%(item)s is a legal-deposit copy: it is never weeded (A27).") % {"item": item}
    if item.status in OUT_OF_THE_HOUSE:
        return _("%(item)s is on loan or under way; it can be weeded when it is back.") % {"item": item}
    if item.status == Item.Status.WITHDRAWN:
        return _("%(item)s has been withdrawn already.") % {"item": item}
    return ""


def together(obstacles: Sequence[str], most: int = 5) -> str:
    """Several obstacles in one text, the first of them in full."""
    shown = " ".join(obstacles[:most])
    left = len(obstacles) - most
    if left <= 0:
        return shown
    more = ngettext("And %(count)s copy more.", "And %(count)s copies more.", left) % {"count": left}
    return f"{shown} {more}"
