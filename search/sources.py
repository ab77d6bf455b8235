"""Where documents come from: rooms register their sources by a Wagtail hook of this name.

@hooks.register("register_search_source")
def record_source():
    return RecordSource()
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from wagtail import hooks

from search.documents import Document

HOOK = "register_search_source"


class SearchSource(Protocol):
    """One kind of findable things. The id of a document is "<name>:<primary key>"."""

    name: str

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        """The documents of these primary keys; those that no longer exist are left out."""

    def ids_after(self, after: int, limit: int) -> list[int]:
        """The next primary keys above `after`, in ascending order, `limit` at most."""

    def count(self) -> int:
        """How many there are, for progress reports."""


def registered_sources() -> dict[str, SearchSource]:
    """Every registered source by its name."""
    sources = [register() for register in hooks.get_hooks(HOOK)]
    return {source.name: source for source in sources}


def document_id(source: str, object_id: int) -> str:
    """The identity of a document in the index."""
    return f"{source}:{object_id}"
