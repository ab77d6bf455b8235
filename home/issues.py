"""What appears year after year: newsletters and yearly reports, with a PDF that everybody may read or not."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest

from library.files.public import public_only
from library.models import PortalDocument


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


def issue_data(
    page: Any, kind: str, own: Mapping[str, str], day: str, request: HttpRequest
) -> dict[str, object]:
    """A newsletter or a report in the words of schema.org; what is empty is left out."""
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": page.title,
        "url": page.get_full_url(request),
        "datePublished": day,
        "inLanguage": page.content_language,
        "description": page.intro,
        **own,
    }
    return {name: value for name, value in data.items() if value}
