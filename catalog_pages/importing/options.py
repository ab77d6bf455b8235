"""What an import is told, and what it says in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog_pages.marc.errors import Reason
from catalog_pages.marc.holdings import ItemField

PROBLEMS_SHOWN = 10


class Reporter(Protocol):
    """What shows progress: library.progress.Progress is one."""

    def advance(self, steps: int = 1) -> None: ...


class MatchRule(models.TextChoices):
    """By what a record that is there already is known."""

    NUMBER = "number", _("Control number, within the source")
    AGENCY = "agency", _("Control number and who gave it (001 and 003), in any source")
    ISBN = "isbn", _("ISBN or ISSN and title, in any source")
    NONE = "none", _("Nothing: every record is new")


class OnMatch(models.TextChoices):
    """What becomes of a record that is there already. Its items stay, and new ones are added, in any case."""

    REPLACE = "replace", _("Replace it")
    KEEP = "keep", _("Keep ours, only add items")
    FILL = "fill", _("Keep ours, add the fields it does not have")
    MERGE = "merge", _("Keep ours, add missing fields and the repeated fields named below")


class EditedRule(models.TextChoices):
    """What becomes of a record that was made or changed by hand."""

    KEEP = "keep", _("Leave it, only add items")
    OVERLAY = "overlay", _("Treat it like any other")


@dataclass(frozen=True, slots=True)
class Options:
    """What the librarian says about the files where they do not tell themselves.

    ``form`` is the form of the files (see ``catalog_pages.marc.files``), ``format`` the rules of the fields
    (MARC21, UNIMARC, IRBIS), ``items`` the fields that hold copies. A dry run writes nothing. ``match``,
    ``on_match`` and ``edited`` say what becomes of records that are there; ``add_fields`` are tags ("650", "6XX")
    of which ``merge`` adds what ours does not have.
    """

    form: str = ""
    format: str = ""
    encoding: str = ""
    items: Sequence[ItemField] | None = None
    dry_run: bool = False
    match: str = MatchRule.NUMBER.value
    on_match: str = OnMatch.REPLACE.value
    edited: str = EditedRule.KEEP.value
    add_fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """What an import did, or in a dry run would have done.

    ``capitals`` are records written whose title stands wholly in capitals (A24).
    ``kept`` are records of ours that only got items, ``kept_edited`` those among them that were changed by hand.
    ``rejected`` counts by reason, ``branches`` and ``unknown_branches`` items by branch code, ``encodings`` records
    by the file they stand in, the encoding they declare and the one they are in. ``problems`` are the first rejected
    records: file, number, reason.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    capitals: int = 0
    kept: int = 0
    kept_edited: int = 0
    rejected: Counter[Reason] = field(default_factory=Counter)
    items_created: int = 0
    items_known: int = 0
    branches: Counter[str] = field(default_factory=Counter)
    unknown_branches: Counter[str] = field(default_factory=Counter)
    encodings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    problems: list[tuple[str, int, Reason]] = field(default_factory=list)
    seconds: float = 0.0
    longest_transaction: float = 0.0

    @property
    def rejected_count(self) -> int:
        return self.rejected.total()

    @property
    def rate(self) -> float:
        """Records per second."""
        return self.read / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """To be kept in the database; ``from_json`` reads it again."""
        plain = (
            "read",
            "created",
            "updated",
            "unchanged",
            "capitals",
            "kept",
            "kept_edited",
            "items_created",
            "items_known",
        )
        return {
            **{name: getattr(self, name) for name in plain},
            "rejected": {reason.value: count for reason, count in self.rejected.items()},
            "branches": dict(self.branches),
            "unknown_branches": dict(self.unknown_branches.most_common(_CODES_KEPT)),
            "encodings": [[*key, count] for key, count in self.encodings.items()],
            "problems": [[file, number, reason.value] for file, number, reason in self.problems],
            "seconds": round(self.seconds, 3),
            "longest_transaction": round(self.longest_transaction, 4),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Summary:
        """A summary as it was kept; what is missing counts nothing."""
        values = dict(kept)
        values["rejected"] = Counter(
            {Reason(name): count for name, count in values.get("rejected", {}).items()}
        )
        for name in ("branches", "unknown_branches"):
            values[name] = Counter(values.get(name, {}))
        values["encodings"] = Counter(
            {(file, declared, found): count for file, declared, found, count in values.get("encodings", [])}
        )
        values["problems"] = [(file, at, Reason(reason)) for file, at, reason in values.get("problems", [])]
        return cls(**values)


_CODES_KEPT = 200
