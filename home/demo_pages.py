"""Building a site's pages from a table of plain data, in each language the library writes in."""

from collections.abc import Sequence


def load_pages(document: dict, *, languages: Sequence[str]) -> None:
    pass
