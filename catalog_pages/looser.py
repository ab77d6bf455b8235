"""Where to go on from a search that found nothing. Only ways that lead to something are offered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog_pages.queries import FACET_LABELS, Wish
from search.documents import EVERYONE
from search.errors import SearchUnavailable
from search.service import search, search_groups
from search.sources import ShownSource, shown_sources

MOST_TRIED = 10
MOST_OFFERED = 5
MOST_WORDS = 6
OR = " OR "
SHORTEST_CUT = 5  # letters of a word of which only the beginning may be searched


@dataclass(frozen=True, slots=True)
class Way:
    """Another search that finds something: what it is called, where it is, how many hits it has."""

    label: str
    address: str
    total: int


def looser_ways(wish: Wish, *, audience: Sequence[str] = (EVERYONE,)) -> list[Way]:
    """Wider searches of the catalogue that have hits, the nearest to what was asked first."""
    tries = islice(chain(_without_filters(wish), _with_fewer_words(wish)), MOST_TRIED)
    ways = list(islice(_that_find(tries, audience), MOST_OFFERED))
    if not ways and wish.filter_count:
        tries = islice(_with_fewer_words(wish.without_filters()), MOST_TRIED)
        ways = list(islice(_that_find(tries, audience), MOST_OFFERED))
    return ways


def _that_find(tries: Iterable[tuple[str, Wish]], audience: Sequence[str]) -> Iterator[Way]:
    most = 0
    for label, wish in tries:
        try:
            total = search(
                wish.text, filters=wish.filters, literal=wish.literal, per_page=1, audience=audience
            ).total
        except SearchUnavailable:
            return
        # Any of the words is worth offering only where it finds more than one of them alone.
        if total > (most if OR in wish.text else 0):
            yield Way(label, wish.query_string(), total)
        most = max(most, total)


def _without_filters(wish: Wish) -> Iterator[tuple[str, Wish]]:
    if wish.literal:
        yield _("Also other endings, scripts and spellings"), wish.as_typed(False)
    facets = [*wish.chosen, *(["year"] if wish.has_years else [])]
    if not (wish.text or len(facets) > 1):
        return
    for facet in facets:
        name = _("Without the filter “%(name)s”") % {"name": FACET_LABELS[facet]}
        yield _("In all libraries") if facet == "branch" else name, wish.without_facet(facet)
    if len(facets) > 1 and wish.text:
        yield _("Without filters"), wish.without_filters()


def _with_fewer_words(wish: Wish) -> Iterator[tuple[str, Wish]]:
    for text in _fewer_words(wish.text):
        yield _("Any of these words") if OR in text else text, wish.with_text(text)


def _fewer_words(text: str) -> Iterator[str]:
    """The same not as a phrase, without each of its words, with any of them, with the beginning of its one word."""
    words = [
        word
        for part in text.split()
        if (word := part.strip('"*+-()[]{}')) and part not in ("AND", "OR", "NOT")
    ]
    if any(":" in word for word in words) or len(words) > MOST_WORDS:
        return
    if '"' in text:
        yield " ".join(words)
    if len(words) > 1:
        yield from (" ".join(words[:place] + words[place + 1 :]) for place in reversed(range(len(words))))
        yield OR.join(words)
    elif words and len(words[0]) >= SHORTEST_CUT and words[0].isalpha():
        yield f"{words[0][: len(words[0]) * 2 // 3]}*"


def elsewhere(
    text: str, *, but: str, literal: bool = False, audience: Sequence[str] = (EVERYONE,)
) -> list[Way]:
    """The same words among the other kinds of things on the site, where they find something."""
    others = [source for source in shown_sources() if source.name != but]
    if not (text and others):
        return []
    try:
        found = search_groups(
            text,
            {source.name: [source.name] for source in others},
            limit=0,
            literal=literal,
            audience=audience,
        )
    except SearchUnavailable:
        return []
    return [_way_to(source, text, found[source.name].total) for source in others if found[source.name].total]


def _way_to(source: ShownSource, text: str, total: int) -> Way:
    address = f"{reverse('home:search')}?{urlencode({'q': text, 'kind': source.name})}"
    return Way(str(source.label), address, total)
