"""Bibliographic records, their whole MARC, the items that stand on the shelves, and what is counted about them."""

from catalog_pages.models.accessions import Accession, NumberSeries
from catalog_pages.models.authorities import ChangedAuthority, RecordAuthority
from catalog_pages.models.class_schemes import (
    AuthorMark,
    AuthorMarkTable,
    CallNumberRule,
    Classification,
    ClassRange,
)
from catalog_pages.models.deletions import DeletedRecord
from catalog_pages.models.e_resources import EResourceIndexPage, EResourcePage, EResourceSubject, LinkCheck
from catalog_pages.models.headings import ALPHABETS, ChangedRecords, CountedRecord, Heading
from catalog_pages.models.hosts import HostsLinked
from catalog_pages.models.imports import (
    Import,
    ImportFile,
    ImportStep,
    MergedRecord,
    NotDuplicate,
    PreviousRecord,
    RecordKey,
)
from catalog_pages.models.item_history import ItemEvent, ItemMove
from catalog_pages.models.items import Item
from catalog_pages.models.lists import ListPage
from catalog_pages.models.periodicals import (
    BoundVolume,
    IssueClaim,
    IssueCopy,
    PeriodicalIssue,
    Subscription,
)
from catalog_pages.models.quality import Finding
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
    "Accession",
    "AgeGroup",
    "BoundVolume",
    "ChangedAuthority",
    "AuthorMark",
    "AuthorMarkTable",
    "CallNumberRule",
    "ChangedRecords",
    "ClassRange",
    "ClassScheme",
    "Classification",
    "CountedRecord",
    "DeletedRecord",
    "Finding",
    "EResourceIndexPage",
    "EResourcePage",
    "EResourceSubject",
    "Heading",
    "IssueClaim",
    "IssueCopy",
    "HostsLinked",
    "Import",
    "ImportFile",
    "ImportStep",
    "Item",
    "ItemEvent",
    "ItemMove",
    "ListPage",
    "LinkCheck",
    "MarcSource",
    "Material",
    "NumberSeries",
    "PeriodicalIssue",
    "Record",
    "Subscription",
    "RecordAuthority",
    "MissingItem",
    "MovedItem",
    "Record",
    "Scan",
    "Stocktaking",
    "WeedingEntry",
    "WeedingList",
    "MergedRecord",
    "NotDuplicate",
    "PreviousRecord",
    "Record",
    "RecordKey",
]
