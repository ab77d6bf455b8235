"""What a scan means, and what a count takes in. Touches no table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog_pages.models import Item, Scan, Stocktaking
from catalog_pages.models.stocktaking import BARCODE_LENGTH
from catalog_pages.shelf_order import SCHEME_SIGNS, class_key

SMALLEST_COMMISSION = 3  # A27
_BEHIND_ALL = "zzzz"  # keys have [0-9a-z] only
_BOUNDS = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a store that is counted: a shelf, and the bounds of shelf keys; empty where there is no bound."""

    shelf: str = ""
    key_from: str = ""
    key_to: str = ""

    @classmethod
    def of(cls, stocktaking: Stocktaking) -> Scope:
        return cls(stocktaking.shelf, stocktaking.key_from, stocktaking.key_to)

    def holds(self, item: Item) -> bool:
        """Whether a copy of the store belongs to this part of it."""
        if self.shelf and item.shelf != self.shelf:
            return False
        if self.key_from and item.shelf_key < self.key_from:
            return False
        return not self.key_to or item.shelf_key < self.key_to

    def overlaps(self, other: Scope) -> bool:
        """Whether a copy could belong to both."""
        if self.shelf and other.shelf and self.shelf != other.shelf:
            return False
        return _begins_before(self.key_from, other.key_to) and _begins_before(other.key_from, self.key_to)


def _begins_before(key_from: str, key_to: str) -> bool:
    return not key_from or not key_to or key_from < key_to


def bounds(scheme: str, first: str, last: str) -> tuple[str, str]:
    """The bounds of the shelf keys from one class to another with its subdivisions; ("", "") without classes.

    Raises ValueError for what is no class number of the scheme, or for a last class before the first.
    """
    if not first and not last:
        return "", ""
    sign = SCHEME_SIGNS.get(scheme, "")
    key_from = class_key(scheme, first) if first else sign
    end = class_key(scheme, last) if last else sign
    if not sign or not key_from or not end:
        raise ValueError("no class number")
    key_to = end + _BEHIND_ALL
    if key_from >= key_to:
        raise ValueError("the last class stands before the first")
    return key_from, key_to


def clean_barcode(text: str) -> str:
    """What a scanner or a person sent in one line, without control signs and the spaces around it."""
    return _BOUNDS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def is_barcode(text: str) -> bool:
    return 0 < len(text) <= BARCODE_LENGTH


def verdict(stocktaking: Stocktaking, item: Item | None) -> str:
    """What the scan of a copy, or of a barcode nobody knows, means in a count."""
    if item is None:
        return Scan.Verdict.UNKNOWN
    if item.status in (Item.Status.LOST, Item.Status.WITHDRAWN):
        return Scan.Verdict.WRITTEN_OFF
    if item.branch_id != stocktaking.branch_id:
        return Scan.Verdict.OTHER_BRANCH
    if item.store != stocktaking.store:
        return Scan.Verdict.OTHER_STORE
    if not Scope.of(stocktaking).holds(item):
        return Scan.Verdict.OTHER_PLACE
    if item.status == Item.Status.MISSING:
        return Scan.Verdict.FOUND
    if item.status == Item.Status.ON_LOAN:
        return Scan.Verdict.ON_LOAN
    return Scan.Verdict.COUNTED if item.status in Item.ON_SHELF else Scan.Verdict.AWAY


class TooFew(ValueError):
    """A commission of fewer than three people."""


def check_commission(commission: Sequence[Mapping[str, str]]) -> None:
    """Raise TooFew unless at least three different people are named (A27)."""
    names = {" ".join(member.get("name", "").split()).casefold() for member in commission} - {""}
    if len(names) < SMALLEST_COMMISSION:
        raise TooFew
