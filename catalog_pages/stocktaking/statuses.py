"""The one place through which counts and weeding change what stands in the register."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from catalog_pages.models import Item
from catalog_pages.services import tell_changed
from library.models import User

AT_ONCE = 100  # copies in one transaction


@transaction.atomic
def change_status(item_ids: Sequence[int], status: str, *, user: User | None, reason: str) -> None:
    """Give up to AT_ONCE copies a status and tell the search. ``reason`` is for their history."""
    items = Item.objects.filter(pk__in=item_ids)
    items.update(status=status, available=status in Item.ON_SHELF)
    records = items.order_by("record_id").values_list("record_id", flat=True).distinct()
    tell_changed(list(records))
