"""What appears year after year: newsletters and yearly reports, with a PDF that everybody may read or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from library.files.public import public_only
from library.models import PortalDocument


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an archive, and whether it is the one shown."""

    number: int
    here: bool = False


def years_of(days: Iterable[date]) -> list[Year]:
    """The years of these days, in their order."""
    return [Year(number) for number in dict.fromkeys(day.year for day in days)]


def open_documents(pages: Iterable[Any]) -> None:
    """Give each page `file`: its document where everybody may read it, else None. One query for all of them.

    A document of a collection that is shut would answer its readers with a form for a password.
    """
    pages = list(pages)
    shown = {document.pk for document in public_only(page.document for page in pages if page.document)}
    for page in pages:
        page.file = page.document if page.document_id in shown else None


def open_document(page: Any) -> PortalDocument | None:
    """The document of one page where everybody may read it."""
    open_documents([page])
    return page.file
