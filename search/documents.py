"""What a room hands to the search: one document per findable thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Facets in the order in which results pages list them. Values are strings: "available" is ("yes",) or (),
# "year" is "1987", "branch" is the branch's code.
FACETS = ("branch", "available", "material", "language", "author", "subject", "year")
# Kept beside them, but counted only for who asks for it by name: the children's entrance.
OTHER_FACETS = ("children",)
ALL_FACETS = (*FACETS, *OTHER_FACETS)

EVERYONE = "everyone"  # the audience of what anybody may find


@dataclass(frozen=True, slots=True)
class Document:
    """One findable thing; everything but `id`, `kind` and `title` may be left out."""

    id: str  # "record:123": the source's name and the primary key
    kind: str  # "record", "page", "branch", …
    title: str
    language: str = ""  # ISO 639-2/B; "" when unknown
    authors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # ISBN, ISSN, control number, barcode, call number
    classes: tuple[str, ...] = ()  # class numbers (DDC, UDC, BBK), found by their beginnings
    audience: tuple[str, ...] = (EVERYONE,)  # who may find it: also "signed-in", "staff", "group:7"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None
    title_sort: str = ""  # from search.sorting.sort_key
    author_sort: str = ""
    added: int = 0  # seconds since 1970
