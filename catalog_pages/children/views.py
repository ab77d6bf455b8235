"""The children's entrance (A38): few words, pictures, books by age and by topic, a search among them alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from catalog_pages.children.topics import ANY_AGE, TOPICS, TOPICS_BY_CODE, Topic, search_value
from catalog_pages.models import AgeGroup, Record
from catalog_pages.pages import PageNumbers
from catalog_pages.queries import read_page, read_words
from search.errors import SearchUnavailable, TooDeep
from search.results import SearchPage
from search.service import DEEPEST_HIT, search

FACET = "children"
PER_PAGE = 24
SHOWN_FIRST = 12
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What a child asks for."""

    text: str = ""
    age: str = ""
    topic: str = ""
    page: int = 1

    @classmethod
    def read(cls, parameters: QueryDict) -> Wish:
        """From an address; what is no such thing is passed over."""
        age, topic = parameters.get("age", ""), parameters.get("topic", "")
        return cls(
            text=read_words(parameters.get("q", "")),
            age=age if age in AgeGroup.values else "",
            topic=topic if topic in TOPICS_BY_CODE else "",
            page=read_page(parameters.get("page", "")),
        )

    def query_string(self) -> str:
        values = {"q": self.text, "age": self.age, "topic": self.topic}
        given = {name: value for name, value in values.items() if value}
        if self.page > 1:
            given["page"] = str(self.page)
        return f"?{urlencode(given)}" if given else "?"

    @property
    def page_start(self) -> str:
        """What stands before the number of a page in an address."""
        query = self.at_page(1).query_string()
        return query if query == "?" else f"{query}&"

    def at_page(self, page: int) -> Wish:
        return replace(self, page=page)

    def of_age(self, age: str) -> Wish:
        return replace(self, age=age, page=1)

    def on(self, topic: str) -> Wish:
        return replace(self, topic=topic, page=1)

    @property
    def age_name(self) -> str | Promise:
        return AgeGroup(self.age).label if self.age else ""

    @property
    def topic_name(self) -> str | Promise:
        return TOPICS_BY_CODE[self.topic].name if self.topic else ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A large button: an age group or a topic with how many books it leads to."""

    code: str
    name: str | Promise
    count: int
    address: str
    colour: int | None = None
    chosen: bool = False


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """The door: ages, topics, and the newest books."""
    found = _found(Wish(), SHOWN_FIRST)
    if found is None:
        return _unavailable(request, Wish())
    counts = _counts(found)
    context = {
        "wish": Wish(),
        "ages": _ages(Wish(), counts),
        "topics": _topics(Wish(), counts),
        "records": _records(found),
        "total": found.total,
    }
    return render(request, "catalog_pages/children/entrance.html", context)


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Books for children: ``q``, ``age``, ``topic``, ``page``."""
    wish = Wish.read(request.GET)
    if wish.page * PER_PAGE > DEEPEST_HIT:
        wish = wish.at_page(1)
    found = _found(wish, PER_PAGE)
    if found is None:
        return _unavailable(request, wish)
    counts = _counts(found)
    context = {
        "wish": wish,
        "found": found,
        "records": _records(found),
        "ages": _ages(wish, counts),
        "topics": _topics(wish, counts),
        "numbers": PageNumbers(found.page, found.pages),
    }
    response = render(request, "catalog_pages/children/books.html", context)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _found(wish: Wish, per_page: int) -> SearchPage | None:
    """What is found among the books for children; None while the search is away."""
    try:
        return search(
            wish.text,
            filters={FACET: [search_value(wish.age, wish.topic)]},
            facets=[FACET],
            facet_limit=MOST_VALUES,
            sort="relevance" if wish.text else "added",
            page=wish.page,
            per_page=per_page,
        )
    except (SearchUnavailable, TooDeep):
        return None


def _records(found: SearchPage) -> list[Record]:
    return Record.objects.for_results([int(name.partition(":")[2]) for name in found.ids])


def _counts(found: SearchPage) -> dict[str, int]:
    """How many books each age and topic has for the words searched; the chosen ones do not count."""
    return {value.value: value.count for value in found.facets[FACET]}


def _ages(wish: Wish, counts: dict[str, int]) -> list[Tile]:
    tiles = []
    for age in AgeGroup:
        count = counts.get(search_value(age, wish.topic), 0)
        if count or age == wish.age:
            chosen = age == wish.age
            address = wish.of_age("" if chosen else age).query_string()
            tiles.append(Tile(age, age.label, count, address, chosen=chosen))
    return tiles


def _topics(wish: Wish, counts: dict[str, int]) -> list[Tile]:
    def tile(topic: Topic) -> Tile:
        chosen = topic.code == wish.topic
        address = wish.on("" if chosen else topic.code).query_string()
        count = counts.get(search_value(wish.age or ANY_AGE, topic.code), 0)
        return Tile(topic.code, topic.name, count, address, topic.colour, chosen)

    return [made for topic in TOPICS if (made := tile(topic)).count or made.chosen]


def _unavailable(request: HttpRequest, wish: Wish) -> HttpResponse:
    context = {"wish": wish, "unavailable": True}
    response = render(
        request, "catalog_pages/children/entrance.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    response.headers["Retry-After"] = "60"
    return response
