"""Marking in a text the words that a query means."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.analysis import fold, query_forms, text_forms, word_spans
from search.query import Node, Phrase, Prefix, Word, leaves


def marked(text: str, tree: Node, near: Mapping[str, Sequence[str]] | None = None) -> SafeString:
    """The text as HTML, with every word inside <mark> that any form of a queried word matches.

    `near` has for queried words the folded words that were sought too.
    """
    wanted: set[str] = set()
    prefixes: list[str] = []
    for leaf in leaves(tree):
        match leaf:
            case Word(word):
                wanted |= _all_forms(word).union((near or {}).get(word, ()))
            case Phrase(words):
                wanted |= {fold(word) for word in words}
            case Prefix(word):
                prefixes.append(fold(word))
    return format_html_join("", "{}", _parts(text, wanted, tuple(prefixes)))


def _parts(text: str, wanted: set[str], prefixes: tuple[str, ...]) -> Iterator[tuple[str]]:
    end = 0
    for start, stop in word_spans(text):
        word = text[start:stop]
        folded = fold(word)
        if folded in wanted or folded.startswith(prefixes) or not wanted.isdisjoint(text_forms(word)):
            yield (text[end:start],)
            yield (format_html("<mark>{}</mark>", word),)
            end = stop
    yield (text[end:],)


def _all_forms(word: str) -> frozenset[str]:
    exact, folded, stems, keys = query_forms(word)
    return exact | folded | stems | keys
