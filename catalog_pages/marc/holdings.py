"""Items told by the fields of a record: which field holds them, and what its subfields mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalog_pages.marc.iso2709 import Marc

_NO = ("", "0")
# One field of IRBIS can stand for a pile of textbooks.
_MOST_COPIES = 500
_STATUSES = ("available", "on_loan", "in_transit", "lost", "withdrawn", "reference")


@dataclass(frozen=True, slots=True)
class Holding:
    """One item as a record tells it; ``branch`` is the code as written, in small letters."""

    branch: str
    barcode: str = ""
    call_number: str = ""
    shelf: str = ""
    status: str = "available"
    accession_number: str = ""
    price: Decimal | None = None

    def __reduce__(self) -> tuple[type[Holding], tuple[object, ...]]:
        """As for ``reading.RawRecord``."""
        return Holding, (
            self.branch, self.barcode, self.call_number, self.shelf, self.status, self.accession_number, self.price,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemField:
    """A field that holds items, and the subfields of each of their parts, the better one first.

    The call number is put together of all its subfields. ``status`` gives, by subfield and value, what an
    item is; "*" stands for any value but nothing and 0. ``copies`` counts the items of one field, and
    ``branches`` gives the code a library has here for the one it has in the file.
    """

    tag: str
    branch: str
    barcode: str = ""
    call_number: str = ""
    shelf: str = ""
    accession_number: str = ""
    price: str = ""
    copies: str = ""
    branches: Mapping[str, str] = field(default_factory=dict)
    status: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


PRESETS: dict[str, tuple[ItemField, ...]] = {
    # Koha: $b is where the item stands, $a where it belongs.
    "952": (
        ItemField("952", branch="ba", barcode="p", call_number="o", shelf="c", accession_number="i", price="g",
                  status={"0": {"*": "withdrawn"}, "1": {"*": "lost"},
                          "q": {"*": "on_loan"}, "7": {"*": "reference"}}),
    ),
    # MARC21 as it is written down.
    "852": (ItemField("852", branch="b", barcode="p", call_number="khi", shelf="c"),),
    "evergreen": (ItemField("852", branch="b", barcode="p", call_number="j", shelf="c", price="y"),),
    "876": (ItemField("876", branch="lb", barcode="p", accession_number="a", price="c"),),
    "949": (ItemField("949", branch="l", barcode="i", call_number="a", shelf="s", price="p"),),
    # SirsiDynix Symphony.
    "999": (
        ItemField("999", branch="m", barcode="i", call_number="a", shelf="l", price="p",
                  status={"k": {"CHECKEDOUT": "on_loan", "LOST": "lost", "MISSING": "lost", "DISCARD": "withdrawn"}}),
    ),
    # Koha with UNIMARC.
    "995": (
        ItemField("995", branch="cb", barcode="f", call_number="k", shelf="e", accession_number="j",
                  status={"o": {"*": "reference"}}),
    ),
    # RUSMARC.
    "899": (ItemField("899", branch="ba", barcode="p", call_number="khj", shelf="c"),),
    "852-unimarc": (ItemField("852", branch="b", barcode="p", call_number="khj", shelf="c"),),
    # IRBIS: U is a pile of textbooks, counted in $1.
    "910": (
        ItemField("910", branch="dD", barcode="hH", accession_number="bB", price="eE", copies="1",
                  status={code: {"1": "on_loan", "3": "in_transit", "4": "lost", "5": "reference", "6": "withdrawn",
                                 "9": "on_loan"} for code in "aA"}),
    ),
}  # fmt: skip

BY_FORMAT = {
    "marc21": PRESETS["952"] + PRESETS["852"],
    "unimarc": PRESETS["995"] + PRESETS["899"] + PRESETS["852-unimarc"],
    "irbis": PRESETS["910"],
}


def holdings(marc: Marc, item_fields: Sequence[ItemField] = BY_FORMAT["marc21"]) -> Iterator[Holding]:
    """The items of a record; fields that name no branch are not items of ours and are passed over."""
    for item_field in item_fields:
        if item_field.tag not in marc.fields:
            continue
        for _indicators, parts in marc.subfields(item_field.tag):
            values = {code: value.strip() for code, value in reversed(parts)}
            holding = _holding(item_field, values)
            if holding.branch:
                yield from [holding] * _copies(item_field, values)


def item_fields(said: str) -> tuple[ItemField, ...]:
    """The item fields named by presets ("952,852") or by a JSON file of tags with their subfields.

    Raises ValueError with a translated sentence where the names or the file cannot be used, OSError where
    the file cannot be read.
    """
    if not said.endswith(".json"):
        names = [name.strip() for name in said.split(",")]
        unknown = [name for name in names if name not in PRESETS]
        if unknown:
            known = ", ".join(PRESETS)
            raise ValueError(
                _("No item field is called %(name)s; known are %(known)s, or a .json file.")
                % {"name": unknown[0], "known": known}
            )
        return tuple(item_field for name in names for item_field in PRESETS[name])
    try:
        described = json.loads(Path(said).read_text(encoding="utf-8-sig"))
        return tuple(_described(tag, parts) for tag, parts in described.items())
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            _("%(file)s does not describe item fields (%(error)s)") % {"file": said, "error": error}
        ) from error


def _described(tag: str, parts: dict[str, Any]) -> ItemField:
    known = {part.name for part in fields(ItemField)}
    for name, codes in parts.items():
        if name not in known:
            raise ValueError(name)
        if name == "status":
            wrong = [
                status for states in codes.values() for status in states.values() if status not in _STATUSES
            ]
            if wrong:
                raise ValueError(wrong[0])
        elif name == "branches":
            parts = parts | {name: {code.casefold(): ours.casefold() for code, ours in codes.items()}}
        elif not isinstance(codes, str):
            raise ValueError(codes)
    return ItemField(tag, **parts)


def _holding(item_field: ItemField, values: dict[str, str]) -> Holding:
    branch = _first(item_field.branch, values).casefold()
    return Holding(
        branch=item_field.branches.get(branch, branch),
        barcode=_first(item_field.barcode, values)[:60],
        call_number=" ".join(values[code] for code in item_field.call_number if values.get(code))[:255],
        shelf=_first(item_field.shelf, values)[:100],
        status=_status(item_field, values),
        accession_number=_first(item_field.accession_number, values)[:60],
        price=_price(_first(item_field.price, values)),
    )


def _first(codes: str, values: dict[str, str]) -> str:
    for code in codes:
        if value := values.get(code):
            return value
    return ""


def _status(item_field: ItemField, values: dict[str, str]) -> str:
    for code, states in item_field.status.items():
        value = values.get(code, "")
        if value in states:
            return states[value]
        if value not in _NO and "*" in states:
            return states["*"]
    return "available"


def _copies(item_field: ItemField, values: dict[str, str]) -> int:
    count = _first(item_field.copies, values)
    return min(max(int(count), 1), _MOST_COPIES) if count.isascii() and count.isdigit() else 1


def _price(text: str) -> Decimal | None:
    try:
        price = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return price.quantize(Decimal("0.01")) if price.is_finite() and 0 <= price < 10**8 else None
