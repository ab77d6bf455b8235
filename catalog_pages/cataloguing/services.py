"""Saving what was catalogued: the MARC is kept, the columns come from it by the rules of the import."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.layout import Rules
from catalog_pages.cataloguing.rules import FORM_RULES
from catalog_pages.export.outgoing import outgoing
from catalog_pages.items.services import add_copies
from catalog_pages.marc.building import LEADER_TYPES
from catalog_pages.marc.formats import record_fields
from catalog_pages.marc.iso2709 import Marc, parse
from catalog_pages.marc.mapping import nonfiling_title
from catalog_pages.models import MarcSource, Record
from catalog_pages.services import WholeMarc, save_record
from library.models import User

SOURCE = "local"


class Changed(Exception):
    """Somebody else has saved the record since it was opened."""


def new_control_number() -> str:
    """A number no record of ours has: the day, and six signs by chance."""
    return f"p{timezone.localdate():%y%m%d}{secrets.token_hex(3)}"


def new_marc(material: str) -> EditableMarc:
    """A MARC21 record with nothing in it yet. Its leader says that no ISBD punctuation is written."""
    level = {"periodical": "s", "article": "b"}.get(material, "m")
    marc = EditableMarc(f"00000n{LEADER_TYPES[material][0]}{level} a22000007c 4500", [])
    marc.set_fixed(0, f"{timezone.localdate():%y%m%d}")
    if material == "electronic":
        marc.set_fixed(23, "o")
    return marc


def marc_of(record: Record) -> tuple[EditableMarc, str]:
    """A record's MARC and the rules of its fields; made from the columns where none was kept. Raises Rejected."""
    source = MarcSource.objects.filter(pk=record.pk).first()
    if source:
        return EditableMarc.read(source.iso2709), source.format
    return EditableMarc.read(outgoing_marc(record)), "marc21"


def template_of(record: Record, *, same_issue: bool = False) -> tuple[EditableMarc, Rules] | None:
    """What a new record takes over from this one: all but what belongs to one edition, or the issue of an article.

    None where there is no form for the rules of its fields. Raises Rejected.
    """
    marc, name = marc_of(record)
    rules = FORM_RULES.get(name)
    if rules is None:
        return None
    if same_issue:
        marc.keep_only(rules.one_issue)
    else:
        marc.drop(rules.one_edition)
    marc.set_leader(5, "n")
    return marc, rules


def version_of(record: Record) -> str:
    """Changes with what an editor saves: the MARC and the host, not what later steps make of them."""
    kept = MarcSource.objects.filter(pk=record.pk).values_list("data", flat=True).first()
    whole = bytes(kept) if kept else outgoing_marc(record)
    return hashlib.sha256(whole + f"|{record.host_id}".encode()).hexdigest()[:16]


def outgoing_marc(record: Record) -> bytes:
    """The MARC of a record, made from its columns where none was kept."""
    (made,) = outgoing([record])
    return made.marc


def read_marc(marc: EditableMarc, rules: str) -> tuple[Marc, dict[str, Any]]:
    """The record as it would be saved: its MARC taken apart, and its columns. Raises Rejected."""
    parsed = parse(marc.iso2709(), encoding="utf-8")
    parsed.format = rules
    return parsed, record_fields(parsed)


@transaction.atomic
def save_marc(
    marc: EditableMarc,
    *,
    user: User,
    record: Record | None = None,
    rules: str = "marc21",
    columns: Mapping[str, Any] | None = None,
    items: Iterable[Mapping[str, Any]] = (),
    seen_version: str = "",
) -> Record:
    """Create a record from its MARC, or change it; ``columns`` are what the MARC does not say (the host).

    ``items`` are first copies, as ``add_copies`` takes them; those without a call number get that of their library's
    rule. Raises Rejected where the MARC is no record, ItemRefused where a barcode is taken, ValidationError where a
    column does not take its value, and Changed where somebody has saved since ``seen_version``.
    """
    is_new = record is None
    if record is None:
        number = new_control_number()
        record = Record(source=SOURCE, control_number=number)
        marc.set_control("001", number)
    else:
        record = Record.objects.select_for_update().get(pk=record.pk)
        if seen_version and version_of(record) != seen_version:
            raise Changed
    if is_new or marc.first("005"):
        marc.set_control("005", f"{timezone.now():%Y%m%d%H%M%S.0}")
    parsed, fields = read_marc(marc, rules)
    kept = MarcSource.objects.filter(pk=record.pk).values_list("checksum", "encoding").first()
    # The checksum is that of what was delivered: the same delivery, come again, changes nothing.
    checksum, encoding = kept or (hashlib.sha256(parsed.data).hexdigest(), "utf-8")
    saved = save_record(
        fields={**fields, **(columns or {})},
        record=record,
        marc=WholeMarc(parsed.data, checksum, encoding, rules),
        filing_title=nonfiling_title(parsed, fields["title"]) if rules == "marc21" else "",
    )
    for item in items:
        add_copies(saved, how_many=1, user=user, **item)
    log(saved, "wagtail.create" if is_new else "wagtail.edit", user=user)
    return saved


@transaction.atomic
def delete_record(record: Record, *, user: User) -> None:
    """Delete a record without copies. Raises ProtectedError where something needs it."""
    log(record, "wagtail.delete", user=user, deleted=True)
    record.delete()
