"""Writing MARC21 records field by field."""

from __future__ import annotations

from catalog_pages.marc.iso2709 import build

# Type of record and bibliographic level of each kind of material.
LEADER_TYPES = {
    "book": "am", "periodical": "as", "article": "aa", "map": "em", "score": "cm", "audio": "im", "video": "gm",
    "picture": "km", "electronic": "mm", "manuscript": "tm", "object": "rm",
}  # fmt: skip


class MarcBuilder:
    """A MARC21 record in the making; fields stand in the order in which they are added."""

    def __init__(self, control_number: str, material: str = "book") -> None:
        self.leader = f"00000n{LEADER_TYPES[material]} a22000005i 4500"
        self.fields: list[tuple[str, bytes]] = [("001", control_number.encode())]

    def fixed(self, *, year: str = "", language: str = "", audience: str = "") -> None:
        """Add 008: date, language, and the code of the readers it is meant for (``j``: children)."""
        date = f"s{int(year):04d}    " if year else "nuuuuuuuu"
        self.fields.append(
            ("008", f"000000{date}xx     {audience or ' ':1.1}      000 0 {language or 'und':3.3} d".encode())
        )

    def add(self, tag: str, indicators: str = "  ", **subfields: str) -> None:
        """Add a field with the subfields that hold something; none, no field."""
        parts = [f"\x1f{code}{value}" for code, value in subfields.items() if value]
        if parts:
            self.fields.append((tag, (indicators + "".join(parts)).encode()))

    def item(
        self, *, branch: str, barcode: str, call_number: str, on_loan: bool = False, reference: bool = False
    ) -> None:
        """Add an item as Koha writes it (952)."""
        self.add(
            "952",
            **{"7": "1" if reference else ""},
            a=branch,
            b=branch,
            o=call_number,
            p=barcode,
            q="9999-12-31" if on_loan else "",
        )

    def iso2709(self) -> bytes:
        """The record in ISO 2709, UTF-8."""
        return build(self.leader, self.fields)
