"""Marking in a text the words that a query means."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.analysis import fold, query_forms, text_forms, word_spans
from search.query import Node, Phrase, Prefix, Word, leaves

KEPT_QUERIES = 64


def marked(
    text: str, tree: Node, near: Mapping[str, Sequence[str]] | None = None, language: str | None = None
) -> SafeString:
    """The text as HTML, with every word inside <mark> that any form of a queried word matches.

    `near` has for queried words the folded words that were sought too. `language` (ISO 639-2/B, empty if unknown) is
    that in which the text was indexed; without it, words are read in every language, which takes seven times as long.
    """
    wanted, prefixes = _sought(tree, tuple((word, tuple(found)) for word, found in (near or {}).items()))
    return format_html_join("", "{}", _parts(text, wanted, prefixes, language))


@lru_cache(KEPT_QUERIES)
def _sought(
    tree: Node, near: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Forms of the words that are to be marked, and beginnings of others. A page asks for each of its texts."""
    wanted: set[str] = set()
    prefixes: list[str] = []
    for leaf in leaves(tree):
        match leaf:
            case Word(word):
                wanted |= _all_forms(word).union(dict(near).get(word, ()))
            case Phrase(words):
                wanted |= {fold(word) for word in words}
            case Prefix(word):
                prefixes.append(fold(word))
    return frozenset(wanted), tuple(prefixes)


def _parts(
    text: str, wanted: frozenset[str], prefixes: tuple[str, ...], language: str | None
) -> Iterator[tuple[str]]:
    end = 0
    for start, stop in word_spans(text):
        word = text[start:stop]
        folded = fold(word)
        if (
            folded in wanted
            or folded.startswith(prefixes)
            or not wanted.isdisjoint(text_forms(word, language))
        ):
            yield (text[end:start],)
            yield (format_html("<mark>{}</mark>", word),)
            end = stop
    yield (text[end:],)


def _all_forms(word: str) -> frozenset[str]:
    exact, folded, stems, keys = query_forms(word)
    return exact | folded | stems | keys
