"""Two descriptions of one book made into one: ours, with what only the delivered one has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from catalog_pages.marc.iso2709 import Marc, build, parse

# Numbers and dates of the record itself, and how its fields are written: these are never mixed.
_OWN = frozenset(("001", "003", "005", "006", "007", "008", "035", "040"))


def merged(
    ours: Marc, theirs: Marc, *, add: Sequence[str] = (), without: Collection[str] = ()
) -> Marc | None:
    """Ours with the fields it does not have, and of the tags in ``add`` with every field that differs.

    ``add`` may have X for any sign ("6XX"); tags in ``without`` (items) are passed over. None where nothing is to be
    added. Both follow the same rules of fields.
    """
    new: dict[str, list[bytes]] = {}
    for tag, fields in theirs.fields.items():
        if tag in _OWN or tag in without or (theirs.format != "marc21" and tag == "100"):
            continue
        if tag not in ours.fields:
            new[tag] = fields
        elif any(fits(tag, pattern) for pattern in add):
            known = {_compared(field) for field in ours.fields[tag]}
            if missing := [field for field in fields if _compared(field) not in known]:
                new[tag] = missing
    new = {tag: fields for tag, fields in new.items() if not _second_title(tag, ours)}
    if not new:
        return None
    together = parse(build(ours.leader, _in_order(ours, new)), encoding="utf-8")
    together.format = ours.format
    together.encoding = ours.encoding
    return together


def fits(tag: str, pattern: str) -> bool:
    """Whether a tag is meant: "650" by "650" as by "6XX"."""
    return len(tag) == len(pattern) and all(
        wanted in ("X", "x", sign) for sign, wanted in zip(tag, pattern, strict=True)
    )


def _second_title(tag: str, ours: Marc) -> bool:
    """A record has one main heading: that of theirs is no addition where ours has another kind of it."""
    main = ("100", "110", "111", "130") if ours.format == "marc21" else ("700", "710", "720")
    return tag in main and any(other in ours.fields for other in main)


def _compared(field: bytes) -> bytes:
    """A field as two of them are compared: case, blanks and points at its end do not count."""
    return b" ".join(field.decode(errors="replace").casefold().encode().split()).rstrip(b" .,;:/")


def _in_order(ours: Marc, new: dict[str, list[bytes]]) -> Iterable[tuple[str, bytes]]:
    """Ours in their order, each new field before those of larger tags."""
    left = sorted(new)
    for tag, fields in ours.fields.items():
        while left and left[0] < tag:
            added = left.pop(0)
            yield from ((added, field) for field in new[added])
        yield from ((tag, field) for field in [*fields, *new.get(tag, ())])
        if tag in left:
            left.remove(tag)
    for tag in left:
        yield from ((tag, field) for field in new[tag])
