"""The search behind the boxes of the staff pages: Wagtail's own, given nothing but words.

On SQLite, Wagtail's search puts what was typed into a query of SQLite's full-text search; one quotation mark, and the
page is lost. Every box of the administration asks through the backend below (`WAGTAILSEARCH_BACKENDS`).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from modelsearch.backends.base import EmptySearchResults
from modelsearch.backends.database import SearchBackend as database_backend
from modelsearch.query import PlainText

LONGEST_QUERY = 500  # characters
MOST_WORDS = 20

_WORD = re.compile(r"[^\W_]+")


def only_words(text: str) -> str:
    """What a full-text search of any database takes: the first words of the text, without any other sign."""
    return " ".join(_WORD.findall(text[:LONGEST_QUERY])[:MOST_WORDS])


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - the name by which Wagtail looks for it
    """Wagtail's backend for the database in use, guarded."""
    backend: Any = type(database_backend(params))
    return _guarded(backend)(params)


@cache
def _guarded(backend: Any) -> type:
    class GuardedBackend(backend):
        def _search(self, compiler: type, query: Any, model_or_queryset: Any, **options: Any) -> Any:
            if isinstance(query, PlainText):
                query = query.query_string
            if isinstance(query, str):
                query = only_words(query)
                if not query:
                    return EmptySearchResults()
            return super()._search(compiler, query, model_or_queryset, **options)

    return GuardedBackend
