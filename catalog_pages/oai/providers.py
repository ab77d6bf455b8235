"""What is given away by OAI-PMH. A room registers its provider by the Wagtail hook ``register_oai_provider``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wagtail import hooks

from catalog_pages.export.elements import Element

Place = tuple[str, int]
"""Behind which row an answer goes on: its datestamp with all its digits, and its number."""


@dataclass(frozen=True, slots=True)
class MetadataFormat:
    """A form of the metadata: its prefix in requests, its schema and namespace."""

    prefix: str
    schema: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Row:
    """The header of a record; ``number`` is its number within its provider."""

    number: int
    changed: datetime
    sets: Sequence[str] = ()
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records: changed from ``since`` on and before ``before``, within a set, in a form."""

    prefix: str
    since: datetime | None
    before: datetime
    set_spec: str


class Provider(Protocol):
    """A kind of records. Its rows are listed in parts: every part from the datestamp and number behind the last."""

    name: str
    formats: Sequence[MetadataFormat]
    stages: int  # how many lists there are one behind another: those that exist, those deleted

    def sets(self) -> Sequence[tuple[str, str]]:
        """The sets with their names."""

    def rows(self, selection: Selection, stage: int, after: Place | None, limit: int) -> Sequence[Row]:
        """The next rows of a list by datestamp and number, ``limit`` at most."""

    def row(self, number: int) -> Row | None:
        """The header of one record, also of a deleted one."""

    def metadata(self, numbers: Sequence[int], prefix: str) -> Mapping[int, Element]:
        """The metadata of records in a form; those that have gone meanwhile are left out."""

    def earliest(self) -> datetime | None:
        """The lowest datestamp there is."""


def providers() -> list[Provider]:
    """Every registered provider, in the order of registration."""
    return [register() for register in hooks.get_hooks("register_oai_provider")]
