"""Bibliographic records, their whole MARC, the items that stand on the shelves, and what is counted about them."""

from catalog_pages.models.deletions import DeletedRecord
from catalog_pages.models.headings import ALPHABETS, ChangedRecords, CountedRecord, Heading
from catalog_pages.models.imports import (
    Import,
    ImportFile,
    ImportStep,
    MergedRecord,
    NotDuplicate,
    PreviousRecord,
    RecordKey,
)
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
    "Import",
    "ImportFile",
    "ImportStep",
    "Item",
    "MarcSource",
    "Material",
    "MergedRecord",
    "NotDuplicate",
    "PreviousRecord",
    "Record",
    "RecordKey",
]
