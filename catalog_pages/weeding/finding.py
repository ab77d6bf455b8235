"""Copies by what stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog_pages.models import Item


def items_by_codes(codes: Sequence[str], branch: Any) -> tuple[list[Item], list[str]]:
    """Copies by barcode or, in the library, by an accession number that only one has; and the codes nobody knows."""
    items = Item.objects.select_related("record")
    found = {item.barcode: item for item in items.filter(barcode__in=codes)}
    left = [code for code in codes if code not in found]
    numbered: dict[str, list[Item]] = {}
    for item in items.filter(branch=branch, accession_number__in=left)[: 2 * len(codes)] if left else ():
        numbered.setdefault(item.accession_number, []).append(item)
    found |= {number: same[0] for number, same in numbered.items() if len(same) == 1}
    wanted = {found[code].pk: found[code] for code in codes if code in found}
    return list(wanted.values()), [code for code in codes if code not in found]
