"""BibTeX, for those who write in LaTeX."""

import re
from collections.abc import Iterator

from catalog_pages.export.outgoing import Outgoing
from search.analysis import fold

_TYPES = {"book": "book", "article": "article", "manuscript": "unpublished", "electronic": "online"}
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ESCAPES = str.maketrans(_SIGNS)
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def bibtex(outgoing: Outgoing) -> bytes:
    """The record as one entry; its key is the author, the year and the number of the record."""
    kind = _TYPES.get(outgoing.record.material, "misc")
    lines = [
        f"  {name} = {{{' '.join(value.split()).translate(_ESCAPES)}}}"
        for name, value in _values(outgoing)
        if value.strip()
    ]
    return (f"@{kind}{{{_key(outgoing)},\n" + ",\n".join(lines) + "\n}\n").encode()


def _values(outgoing: Outgoing) -> Iterator[tuple[str, str]]:
    record = outgoing.record
    yield "author", " and ".join(record.authors)
    yield "title", f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    yield "edition", record.edition
    yield "address", record.place
    yield "publisher", record.publisher
    yield "year", str(record.year) if record.year is not None else record.year_text
    yield "series", record.series
    yield "isbn", " ".join(record.isbns)
    yield "issn", " ".join(record.issns)
    yield "language", record.language
    yield "keywords", ", ".join(record.subjects)
    yield "url", outgoing.address


def _key(outgoing: Outgoing) -> str:
    record = outgoing.record
    surname = _NOT_IN_KEYS.sub("", fold(record.author.partition(",")[0]))[:20]
    return f"{surname or 'record'}{record.year or ''}-{record.pk}"
