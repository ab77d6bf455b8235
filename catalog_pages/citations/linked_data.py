"""A record in the words of schema.org, for machines."""

from typing import Any

from catalog_pages.models import Record
from catalog_pages.shelf import Holdings
from library.models import Branch
from library.names import language_tag

_TYPES = {
    "book": "Book",
    "periodical": "Periodical",
    "article": "Article",
    "map": "Map",
    "score": "SheetMusic",
    "audio": "AudioObject",
    "video": "VideoObject",
    "picture": "VisualArtwork",
    "manuscript": "Manuscript",
}
MOST_OFFERS = 20


def linked_data(record: Record, holdings: Holdings, address: str) -> dict[str, Any]:
    """The record as schema.org JSON-LD, with the libraries that hold it."""
    kind = _TYPES.get(record.material, "CreativeWork")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": record.title,
        "alternativeHeadline": record.subtitle,
        "author": [{"@type": "Person", "name": name} for name in record.authors],
        "datePublished": f"{record.year:04d}" if record.year is not None else "",
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else "",
        "inLanguage": language_tag(record.language),
        # Only a book has an ISBN there, only what appears in a series an ISSN.
        "isbn": record.isbns[0] if record.isbns and kind == "Book" else "",
        "issn": record.issns[0] if record.issns and kind == "Periodical" else "",
        "about": [{"@type": "Thing", "name": subject} for subject in record.subjects],
        "offers": [_offer(holding.branch, holding.available) for holding in holdings.branches[:MOST_OFFERS]],
    }
    return {key: value for key, value in data.items() if value}


def _offer(branch: Branch, available: int) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "availability": f"https://schema.org/{'InStock' if available else 'OutOfStock'}",
        "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
        "price": "0",
        "offeredBy": {"@type": "Library", "name": str(branch)},
    }
