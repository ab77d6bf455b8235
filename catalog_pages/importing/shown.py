"""What the page of an import shows, in the words of librarians."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from catalog_pages.importing.files import TABLE
from catalog_pages.importing.forms import FORM_NAMES, FORMAT_NAMES
from catalog_pages.importing.options import Summary
from catalog_pages.importing.report import rows, verdicts
from catalog_pages.importing.undo import REASONS
from catalog_pages.marc.errors import Reason
from catalog_pages.models import ImportFile, Record

Pairs = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file: facts, verdict on its encoding, first records, libraries."""

    file: ImportFile
    facts: Pairs
    verdicts: list[str]
    first: list[dict[str, Any]]
    branches: Pairs
    unknown: Pairs
    rejected: Pairs

    @classmethod
    def of(cls, file: ImportFile) -> FileShown:
        found = file.found
        encodings = {
            (file.name, declared, name): count for declared, name, count in found.get("encodings", [])
        }
        summary = Summary()
        summary.encodings.update(encodings)
        return cls(
            file=file,
            facts=list(_facts(file)),
            verdicts=[] if found.get("form") == TABLE else list(verdicts(summary)),
            first=found.get("first", []),
            branches=_by_count(found.get("branches", {})),
            unknown=_by_count(found.get("unknown", {})),
            rejected=[
                (str(Reason(name).label), count) for name, count in _by_count(found.get("rejected", {}))
            ],
        )


def _facts(file: ImportFile) -> Iterable[tuple[str, Any]]:
    found = file.found
    if file.size:
        yield _("Size"), filesizeformat(file.size)
    if form := found.get("form"):
        yield _("Form"), FORM_NAMES.get(form, form)
    if formats := found.get("formats"):
        yield _("What the fields mean"), ", ".join(FORMAT_NAMES.get(name, name) for name in formats)
    if found.get("records") is not None:
        yield _("Records"), found["records"]
    elif found.get("about"):
        yield _("Records, about"), found["about"]
    if found.get("read"):
        yield _("Looked at for this page"), found["read"]


@dataclass(frozen=True, slots=True)
class Account:
    """What an import or a dry run counted."""

    rows: Pairs
    rejected: Pairs
    problems: list[tuple[str, int, str]]
    verdicts: list[str]
    branches: Pairs
    unknown: Pairs

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Account | None:
        if not kept:
            return None
        summary = Summary.from_json(kept)
        return cls(
            rows=rows(summary),
            rejected=[(str(reason.label), count) for reason, count in summary.rejected.most_common()],
            problems=[(file, number, str(reason.label)) for file, number, reason in summary.problems],
            verdicts=list(verdicts(summary)),
            branches=summary.branches.most_common(),
            unknown=summary.unknown_branches.most_common(50),
        )


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back, and what stays and why."""

    rows: Pairs
    stayed: Pairs
    examples: list[tuple[str, Record]]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Undone | None:
        if not kept:
            return None
        said = [reason_and_pk for reason_and_pk in kept.get("examples", []) if reason_and_pk[0][:4] != "item"]
        records = Record.objects.in_bulk([pk for _reason, pk in said])
        return cls(
            rows=[
                (_("Records deleted"), kept.get("records", 0)),
                (_("Records as they were before"), kept.get("restored", 0)),
                (_("Items deleted"), kept.get("items", 0)),
            ],
            stayed=[(str(REASONS[reason]), count) for reason, count in kept.get("stayed", {}).items()],
            examples=[(str(REASONS[reason]), records[pk]) for reason, pk in said if pk in records],
        )


def _by_count(counts: Mapping[str, int]) -> Pairs:
    return sorted(counts.items(), key=lambda pair: -pair[1])
