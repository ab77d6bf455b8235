"""A synthetic library of any size, for measuring: the same for the same sizes, seed and branches.

Other rooms add what is theirs (readers) through the hook ``register_synthetic_content``: a function that
returns a callable taking a SyntheticLibrary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from wagtail import hooks

from catalog_pages.call_numbers import call_number
from catalog_pages.importing import Reporter, Summary, import_records
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.reading import RawRecord
from catalog_pages.synthetic_words import TONGUES, Words, zipf
from library.models import Branch

SOURCE = "synthetic"
HOOK = "register_synthetic_content"
BRANCHES = 63
_NOTE = "Synthetic record, generated for measurements"
_PUBLISHER = "Synthetic Press"
_MATERIALS = ["book"] * 88 + ["periodical"] * 4 + ["score", "map", "audio", "video"] + ["electronic"] * 4
_ON_LOAN = 0.1


@dataclass(frozen=True, slots=True)
class SyntheticLibrary:
    """What to generate."""

    records: int
    items: int
    readers: int
    seed: int = 1


def generate_library(
    library: SyntheticLibrary, *, marc_path: Path | None = None, progress: Reporter | None = None
) -> Summary | None:
    """Generate a library into the database, or only its records and items into a MARC file.

    Branches are added until there are 63, so that the items find theirs. The records go through the
    import like any others; generating the same again changes nothing.
    """
    codes = _branch_codes()
    if marc_path:
        with open(marc_path, "wb") as file:
            for data in records(library, codes):
                file.write(data)
                if progress:
                    progress.advance()
        return None
    summary = import_records(
        (
            (Path(SOURCE), RawRecord(number, 0, data))
            for number, data in enumerate(records(library, codes), 1)
        ),
        source=SOURCE,
        synthetic=True,
        progress=progress,
    )
    for register in hooks.get_hooks(HOOK):
        register()(library)
    return summary


def records(library: SyntheticLibrary, branch_codes: list[str]) -> Iterator[bytes]:
    """The records as MARC21, one after the other, with their items (952)."""
    random = Random(f"{library.seed}-records")  # noqa: S311
    tongues = [Words(tongue, library.seed, library.records) for tongue in TONGUES]
    shares = [tongue.share for tongue in TONGUES]
    items_before = 0
    for number in range(library.records):
        words = random.choices(tongues, shares)[0]
        # Early records have more copies than late ones; all together they have just as many as asked.
        items_so_far = round(library.items * ((number + 1) / library.records) ** 0.8)
        copies = range(items_before, items_so_far)
        items_before = items_so_far
        yield _record(random, words, f"{library.seed}-{number + 1:08d}", copies, branch_codes)


def _record(
    random: Random, words: Words, control_number: str, copies: range, branch_codes: list[str]
) -> bytes:
    material = random.choice(_MATERIALS)
    year = 2025 - int(random.expovariate(1 / 25)) % 175
    title, author = words.title(random), words.name(random)
    class_number = _class_number(random)
    builder = MarcBuilder(control_number, material)
    builder.fixed(year=str(year), language=words.language)
    builder.add("082", "04", a=class_number)
    builder.add("100", "1 ", a=author)
    builder.add("245", "10", a=title, b=words.title(random) if random.random() < 0.3 else "")
    builder.add("264", " 1", b=_PUBLISHER, c=str(year))
    builder.add("300", "  ", a=f"{40 + random.randrange(600)} p. ;", c=f"{18 + random.randrange(12)} cm")
    builder.add("336", "  ", a="text", b="txt", **{"2": "rdacontent"})
    builder.add("337", "  ", a="unmediated", b="n", **{"2": "rdamedia"})
    builder.add("338", "  ", a="volume", b="nc", **{"2": "rdacarrier"})
    if random.random() < 0.3:
        builder.add("490", "0 ", a=words.subject(random), v=str(1 + random.randrange(99)))
    builder.add("500", "  ", a=_NOTE)
    if random.random() < 0.5:
        builder.add("520", "  ", a=f"{words.title(random)}. {words.title(random)}.")
    for _ in range(1 + random.randrange(3)):
        builder.add("650", " 4", a=words.subject(random))
    if random.random() < 0.2:
        builder.add("700", "1 ", a=words.name(random))
    mark = call_number(
        class_number=class_number, author=author, title=title, year=year, language=words.language
    )
    for copy in copies:
        branch = branch_codes[zipf(random, len(branch_codes))]
        on_loan = random.random() < _ON_LOAN
        builder.item(
            branch=branch, barcode=f"SYN{control_number[:-9]}-{copy:08d}", call_number=mark, on_loan=on_loan
        )
    return builder.iso2709()


def _class_number(random: Random) -> str:
    """A number of the Dewey classes, literature before all, with up to three decimals."""
    main = random.choice("0123456788889")
    decimals = str(random.randrange(1, 1000)).rstrip("0") if random.random() < 0.6 else ""
    return f"{main}{random.randrange(100):02d}" + (f".{decimals}" if decimals else "")


def _branch_codes() -> list[str]:
    """The codes of the branches, the central one first; synthetic branches make up what is missing."""
    missing = BRANCHES - Branch.objects.count()
    for number in range(1, max(missing, 0) + 1):
        Branch.objects.get_or_create(
            code=f"synthetic-{number:02d}",
            defaults={"name": {"en": f"Synthetic library {number}"}, "position": 1000 + number},
        )
    return list(Branch.objects.order_by("position", "code").values_list("code", flat=True))
