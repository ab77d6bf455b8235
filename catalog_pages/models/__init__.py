"""Bibliographic records, their whole MARC, the items that stand on the shelves, and what is counted about them."""

from catalog_pages.models.deletions import DeletedRecord
from catalog_pages.models.headings import ALPHABETS, ChangedRecords, CountedRecord, Heading
from catalog_pages.models.items import Item
from catalog_pages.models.records import (
    HEADING_LENGTH,
    SORT_KEY_LENGTH,
    AgeGroup,
    ClassScheme,
    MarcSource,
    Material,
    Record,
)
from catalog_pages.models.stocktaking import MissingItem, MovedItem, Scan, Stocktaking
from catalog_pages.models.weeding import WeedingEntry, WeedingList

__all__ = [
    "ALPHABETS",
    "HEADING_LENGTH",
    "SORT_KEY_LENGTH",
    "AgeGroup",
    "ChangedRecords",
    "ClassScheme",
    "CountedRecord",
    "DeletedRecord",
    "Heading",
    "Item",
    "MarcSource",
    "Material",
    "MissingItem",
    "MovedItem",
    "Record",
    "Scan",
    "Stocktaking",
    "WeedingEntry",
    "WeedingList",
]
