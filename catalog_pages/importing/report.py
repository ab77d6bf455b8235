"""What an import did, in lines a librarian can read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from catalog_pages.importing.options import Summary

_NAMES = {
    "ascii": "ASCII", "utf-8": "UTF-8", "marc-8": "MARC-8", "windows-1251": "Windows-1251", "cp866": "CP866",
    "koi8-r": "KOI8-R", "iso-5426": "ISO 5426", "iso-5427": "ISO 5427", "iso-5427-ext": "ISO 5427",
    "iso-10586": "ISO 10586",
}  # fmt: skip


def report(out: OutputWrapper, summary: Summary, rejects: Path) -> None:
    """Say what an import did, in lines a librarian can read."""
    counts = rows(summary)
    width = max(len(label) for label, _count in counts)
    for label, count in counts:
        out.write(f"{label:<{width}}  {count:>9,}")
    for reason, count in summary.rejected.most_common():
        out.write(f"  {count:,} × {reason.label}")
    for file, number, reason in summary.problems:
        out.write(
            _("  %(file)s, record %(number)s: %(reason)s")
            % {"file": file, "number": number, "reason": reason.label}
        )
    for line in verdicts(summary):
        out.write(line)
    if summary.unknown_branches:
        codes = ", ".join(code for code, _count in summary.unknown_branches.most_common(20))
        out.write(_("No library has these codes: %(codes)s") % {"codes": codes})
    if summary.rejected_count:
        out.write(_("Rejected records are in %(file)s") % {"file": rejects})
    out.write(
        _("%(rate)s records a second, %(seconds)s s; longest write %(longest)s ms")
        % {
            "rate": f"{summary.rate:,.0f}",
            "seconds": f"{summary.seconds:.1f}",
            "longest": f"{summary.longest_transaction * 1000:.0f}",
        }
    )


def rows(summary: Summary) -> list[tuple[str, int]]:
    """What an import counted, with the words for it."""
    return [
        (_("Records read"), summary.read),
        (_("created"), summary.created),
        (_("updated"), summary.updated),
        (_("of these with a title wholly in capitals"), summary.capitals),
        (_("unchanged"), summary.unchanged),
        (_("kept as they are"), summary.kept),
        (_("of these changed by hand"), summary.kept_edited),
        (_("rejected"), summary.rejected_count),
        (_("Items created"), summary.items_created),
        (_("Items already there"), summary.items_known),
        (_("Items of unknown libraries"), summary.unknown_branches.total()),
    ]


def verdicts(summary: Summary) -> Iterator[str]:
    """For each file, what its records say of their encoding and which of them are in another one."""
    files: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (file, declared, found), count in summary.encodings.items():
        files[file][declared][found] += count
    for file, said in files.items():
        for declared, counts in said.items():
            words = [_("%(count)s records declared %(encoding)s") % _numbers(counts.total(), declared)]
            words += [
                _("%(count)s of them are %(encoding)s") % _numbers(count, found)
                for found, count in counts.most_common()
                if found not in (declared, "ascii")
            ]
            yield f"{file}: {', '.join(words)}"


def encoding_name(encoding: str) -> str:
    """What an encoding is called."""
    return _NAMES.get(encoding, encoding)


def _numbers(count: int, encoding: str) -> dict[str, str]:
    return {"count": f"{count:,}", "encoding": encoding_name(encoding)}
