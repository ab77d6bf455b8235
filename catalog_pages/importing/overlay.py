"""What becomes of a record that is there already: replaced, kept, filled up or merged, as the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog_pages.importing.matching import Ours
from catalog_pages.importing.merging import merged
from catalog_pages.importing.options import EditedRule, OnMatch, Options
from catalog_pages.importing.preparing import Delivered, item_fields_of
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.formats import record_fields
from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import MarcSource

_ROWS_PER_QUERY = 400


def overlaid(
    batch: Sequence[Delivered], matched: Sequence[Ours | None], options: Options
) -> Iterator[tuple[Delivered, Ours | None, Delivered | None]]:
    """Each record delivered, the one of ours it matches, and what is to be written; None where ours stays."""
    mixed = [
        ours.pk
        for delivered, ours in zip(batch, matched, strict=True)
        if ours and _is_changed(delivered, ours) and _rule(ours, options) in (OnMatch.FILL, OnMatch.MERGE)
    ]
    sources = _sources(mixed)
    written: set[int] = set()
    for delivered, ours in zip(batch, matched, strict=True):
        if ours is None:
            yield delivered, None, delivered
            continue
        rule = _rule(ours, options)
        if ours.pk in written or rule == OnMatch.KEEP:
            yield delivered, ours, None
        elif rule == OnMatch.REPLACE or not _is_changed(delivered, ours):
            yield delivered, ours, delivered
            written.add(ours.pk)
        else:
            yield delivered, ours, _mix(delivered, sources.get(ours.pk), rule, options)
            written.add(ours.pk)


def _is_changed(delivered: Delivered, ours: Ours) -> bool:
    return ours.checksum != delivered.checksum


def _rule(ours: Ours, options: Options) -> str:
    if ours.merged or (ours.edited and options.edited == EditedRule.KEEP):
        return OnMatch.KEEP
    return options.on_match


def _sources(pks: Sequence[int]) -> dict[int, MarcSource]:
    found: dict[int, MarcSource] = {}
    for at in range(0, len(pks), _ROWS_PER_QUERY):
        rows = MarcSource.objects.filter(pk__in=pks[at : at + _ROWS_PER_QUERY])
        found.update({source.pk: source for source in rows})
    return found


def _mix(delivered: Delivered, source: MarcSource | None, rule: str, options: Options) -> Delivered | None:
    """Ours with what the delivered record adds; None where that is nothing, or ours follows other rules."""
    if source is None or source.format != delivered.marc.format:
        return None
    try:
        ours = parse(source.iso2709, encoding="utf-8")
        ours.format, ours.encoding = source.format, source.encoding
        together = merged(
            ours,
            delivered.marc,
            add=options.add_fields if rule == OnMatch.MERGE else (),
            without={field.tag for field in item_fields_of(delivered.marc, options)},
        )
        if together is None:
            return None
        fields = record_fields(together)
    except Rejected:
        return None
    # The checksum is that of what was delivered: come again, it changes nothing.
    return Delivered(
        together,
        delivered.checksum,
        delivered.control_number,
        together.control("003"),
        fields,
        delivered.holdings,
    )
