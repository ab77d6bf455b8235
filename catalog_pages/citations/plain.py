"""A record as one line of a reference list, for descriptions."""

from catalog_pages.models import Record


def plain(record: Record) -> str:
    """The record as one line of a reference list: author, title, place, publisher, year."""
    imprint = ": ".join(part for part in (record.place, record.publisher) if part)
    if year := record.year_text or (str(record.year) if record.year is not None else ""):
        imprint = f"{imprint}, {year}" if imprint else year
    title = f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    parts = [record.author, title, imprint, record.extent]
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)
