"""Items told by a MARC record: 952 as Koha writes it, 852 as MARC21 has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from catalog_pages.marc.iso2709 import Marc

_NO = ("", "0")


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


def holdings(marc: Marc) -> Iterator[Holding]:
    """The items of a record; fields that name no branch are not items of ours and are passed over."""
    for tag in ("952", "852"):
        if tag not in marc.fields:
            continue
        for _, parts in marc.subfields(tag):
            values = {code: value.strip() for code, value in reversed(parts)}
            holding = _koha(values) if tag == "952" else _marc21(values)
            if holding.branch:
                yield holding


def _koha(values: dict[str, str]) -> Holding:
    return Holding(
        # $b is where the item stands, $a where it belongs.
        branch=(values.get("b") or values.get("a", "")).casefold(),
        barcode=values.get("p", "")[:60],
        call_number=values.get("o", "")[:255],
        shelf=values.get("c", "")[:100],
        status=_koha_status(values),
        accession_number=values.get("i", "")[:60],
        price=_price(values.get("g", "")),
    )


def _koha_status(values: dict[str, str]) -> str:
    if values.get("0", "") not in _NO:
        return "withdrawn"
    if values.get("1", "") not in _NO:
        return "lost"
    if values.get("q"):
        return "on_loan"
    return "reference" if values.get("7", "") not in _NO else "available"


def _marc21(values: dict[str, str]) -> Holding:
    return Holding(
        branch=values.get("b", "").casefold(),
        barcode=values.get("p", "")[:60],
        call_number=" ".join(values[code] for code in "khi" if values.get(code))[:255],
        shelf=values.get("c", "")[:100],
    )


def _price(text: str) -> Decimal | None:
    try:
        price = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return price.quantize(Decimal("0.01")) if price.is_finite() and 0 <= price < 10**8 else None
