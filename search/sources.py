"""Where documents come from: rooms register their sources by a Wagtail hook of this name.

@hooks.register("register_search_source")
def record_source():
    return RecordSource()
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise
from wagtail import hooks

from search.documents import EVERYONE, Document

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


@runtime_checkable
class ShownSource(SearchSource, Protocol):
    """A source whose things have a group and a tab of their own on the page of the search over everything.

    The kind of its documents is its name.
    """

    label: Promise  # heading of the group
    template: str  # shows `objects` of one page of hits; `found` can mark words in their texts
    position: int  # the lower, the earlier on the page
    listing: str  # name of the address that lists all of them and takes ?q=; "" where there is none

    def objects(self, ids: Sequence[int], audience: Sequence[str] = (EVERYONE,)) -> Sequence[Any]:
        """The things with these primary keys, in that order, read in a fixed number of queries.

        What none of `audience` may see is left out: the index may lag behind what has just been restricted.
        """


def shown_sources() -> list[ShownSource]:
    """The sources that readers see, in the order of the page."""
    shown = [source for source in registered_sources().values() if isinstance(source, ShownSource)]
    return sorted(shown, key=lambda source: source.position)


def registered_sources() -> dict[str, SearchSource]:
    """Every registered source by its name."""
    sources = [register() for register in hooks.get_hooks(HOOK)]
    return {source.name: source for source in sources}


def document_id(source: str, object_id: int) -> str:
    """The identity of a document in the index."""
    return f"{source}:{object_id}"
