"""The demo catalogue: real works of a profile's table, as MARC21, spread over the branches."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher
from pathlib import Path

from anyascii import anyascii

from catalog_pages.call_numbers import call_number
from catalog_pages.headings import count_changes
from catalog_pages.importing import Summary, import_records
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.reading import RawRecord
from library.demo import DemoProfile
from library.models import Branch

SOURCE = "demo"
BARCODE = "DEMO"
_SEPARATOR = " ; "
_ON_LOAN = 0.12
_CENTRAL_SHARE = 0.92
_CLASS_TAGS = {"ddc": "082", "udc": "080", "bbk": "084"}
# From how many works to how many a branch of each kind holds, beside the central one.
_HOLDS = {
    Branch.Kind.TOWN: (140, 240),
    Branch.Kind.CHILDRENS: (80, 140),
    Branch.Kind.MODEL_VILLAGE: (60, 90),
    Branch.Kind.VILLAGE: (25, 60),
    Branch.Kind.MOBILE: (40, 60),
}
_AUDIENCES = {"0-6": "a", "7-10": "b", "11-14": "c", "15-18": "d"}
_AT_CENTRE_ONLY = ("periodical", "score", "manuscript")

Work = dict[str, str]


def load_catalogue(profile: DemoProfile) -> Summary | None:
    """Import the works of a profile with their items. Loading twice changes nothing."""
    works = profile.rows("works")
    branches = list(Branch.objects.order_by("position", "code"))
    if not works or not branches:
        return None
    held = _spread(works, branches)
    table = profile.directory / "works.tsv"
    summary = import_records(_deliver(works, held, table), source=SOURCE)
    count_changes()
    return summary


def _deliver(
    works: Sequence[Work], held: dict[str, list[str]], table: Path
) -> Iterator[tuple[Path, RawRecord]]:
    variants = Counter(variant for work in works for variant in _list(work["variants"]))
    names = {variant for variant, count in variants.items() if count > 1}
    for number, work in enumerate(works, start=1):
        yield table, RawRecord(number, 0, marc_of(work, held[work["id"]], names))


def marc_of(work: Work, branch_codes: Sequence[str], known_names: Set[str] = frozenset()) -> bytes:
    """One work of the table as MARC21, with an item (952) for each branch code.

    ``known_names`` are variants that must be names of authors, because several works have them.
    """
    builder = MarcBuilder(work["id"], work["material"])
    authors = _list(work["authors"])
    builder.fixed(year=work["year"], language=work["language"], audience=_audience(work))
    builder.add(_CLASS_TAGS[work["scheme"] or "ddc"], "04", a=work["class"], **_scheme_name(work))
    builder.add("100", "1 ", a=authors[0] if authors else "")
    builder.add("245", "10" if authors else "00", a=work["title"], b=work["subtitle"])
    names, titles = _told_apart(work, known_names)
    for title in titles:
        builder.add("246", "3 ", a=title)
    builder.add("264", " 1", a=work["place"], b=work["publisher"], c=work["year"] or work["year_note"])
    builder.add("490", "0 ", a=work["series"])
    for subject in _list(work["subjects"]):
        builder.add("650", " 4", a=subject)
    for author in authors[1:]:
        builder.add("700", "1 ", a=author)
    for name in names:
        builder.add("880", "1 ", **{"6": "100-00"}, a=name)
    shelf_mark = call_number(
        class_number=work["class"],
        author=authors[0] if authors else "",
        title=work["title"],
        year=int(work["year"]) if work["year"] else None,
        language=work["language"],
    )
    for copy, code in enumerate(branch_codes, start=1):
        on_loan = _chance(work["id"], code, str(copy), "loan") < _ON_LOAN
        reference = work["material"] == "periodical"
        builder.item(
            branch=code,
            barcode=f"{BARCODE}-{work['id']}-{copy:03d}".upper(),
            call_number=shelf_mark,
            on_loan=on_loan and not reference,
            reference=reference,
        )
    return builder.iso2709()


def _audience(work: Work) -> str:
    """For whom 008 says the work is meant: the age group, or children of any age."""
    return _AUDIENCES.get(work["age"], "j" if work["audience"] == "children" else "")


def _scheme_name(work: Work) -> dict[str, str]:
    return {"2": "rubbk"} if work["scheme"] == "bbk" else {}


def _spread(works: Sequence[Work], branches: Sequence[Branch]) -> dict[str, list[str]]:
    """Branch codes that hold each work, once per copy; the same for the same works and branches."""
    held: dict[str, list[str]] = {work["id"]: [] for work in works}
    home_language = max({work["language"] for work in works}, key=[work["language"] for work in works].count)
    centre = next((branch for branch in branches if branch.kind == Branch.Kind.CENTRAL), branches[0])
    towns = [branch.code for branch in branches if branch.kind == Branch.Kind.TOWN] or [centre.code]
    for work in works:
        at_centre = work["material"] in _AT_CENTRE_ONLY or _chance(work["id"], "centre") < _CENTRAL_SHARE
        copies = 1 + (_chance(work["id"], "copies") < 0.3) + (_chance(work["id"], "copies") < 0.08)
        only_town = towns[int(_chance(work["id"], "town") * len(towns))]
        held[work["id"]] = [centre.code] * copies if at_centre else [only_town]
    for branch in branches:
        if branch.kind in _HOLDS and branch != centre:
            for work in _chosen(works, branch, home_language):
                held[work["id"]].append(branch.code)
    return held


def _chosen(works: Sequence[Work], branch: Branch, home_language: str) -> list[Work]:
    """The works of a smaller branch: mostly in the region's own language, and for children."""
    fewest, most = _HOLDS[Branch.Kind(branch.kind)]
    number = fewest + int(_chance(branch.code, "number") * (most - fewest + 1))
    childrens = branch.kind == Branch.Kind.CHILDRENS

    def order(work: Work) -> float:
        weight = 3.0 if work["language"] == home_language else 1.0
        if work["audience"] == "children":
            weight *= 20.0 if childrens else 2.0
        return _chance(branch.code, work["id"]) / weight

    return sorted((work for work in works if work["material"] not in _AT_CENTRE_ONLY), key=order)[:number]


def _told_apart(work: Work, known_names: Set[str]) -> tuple[list[str], list[str]]:
    """The table's variants of a work, told apart: its author in other scripts, and other titles."""
    authors = [" ".join(reversed(author.split(", "))) for author in _list(work["authors"])]
    names, titles = [], []
    for variant in _list(work["variants"]):
        likeness = max((_likeness(variant, author) for author in authors), default=0.0)
        is_name = (
            variant in known_names
            or ", " in variant
            or likeness > max(0.5, _likeness(variant, work["title"]))
        )
        (names if authors and is_name else titles).append(variant)
    return names, titles


def _likeness(one: str, other: str) -> float:
    plain = [" ".join(sorted(anyascii(text).lower().replace(",", "").split())) for text in (one, other)]
    return SequenceMatcher(None, *plain).ratio()


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(_SEPARATOR) if part.strip()]


def _chance(*parts: str) -> float:
    """A number from 0 to 1 that is always the same for the same words."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64
