"""RIS, which every reference manager reads."""

from collections.abc import Iterator

from catalog_pages.export.outgoing import Outgoing

_TYPES = {
    "book": "BOOK", "periodical": "JFULL", "article": "JOUR", "map": "MAP", "score": "MUSIC", "audio": "SOUND",
    "video": "VIDEO", "picture": "ART", "electronic": "ELEC", "manuscript": "MANSCPT", "object": "GEN",
}  # fmt: skip


def ris(outgoing: Outgoing) -> bytes:
    """The record as one entry, lines ended as the format asks."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _lines(outgoing) if value.strip()]
    return ("\r\n".join([*lines, "ER  - ", ""]) + "\r\n").encode()


def _lines(outgoing: Outgoing) -> Iterator[tuple[str, str]]:
    record = outgoing.record
    yield "TY", _TYPES.get(record.material, "GEN")
    yield "ID", str(record.pk)
    yield from (("AU", author) for author in record.authors)
    yield "TI", f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    yield "ET", record.edition
    yield "PY", str(record.year) if record.year is not None else record.year_text
    yield "CY", record.place
    yield "PB", record.publisher
    yield "SP", record.extent
    yield "T3", record.series
    yield from (("SN", number) for number in [*record.isbns, *record.issns])
    yield "CN", record.class_number
    yield "LA", record.language
    yield from (("KW", subject) for subject in record.subjects)
    yield from (("N1", note) for note in record.notes)
    yield "UR", outgoing.address
