"""What a reader asked of the search over everything, and what was found of each kind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from catalog_pages.queries import read_page, read_words
from search.results import Group, SearchPage
from search.service import search, search_groups
from search.sources import ShownSource

SHOWN = 4  # hits of each kind on the page of all kinds
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Question:
    """Words, and the one kind of things they are looked for among; "" for all. Unknown parameters are left out."""

    text: str = ""
    kind: str = ""
    page: int = 1
    literal: bool = False

    @classmethod
    def read(cls, parameters: QueryDict, kinds: Collection[str]) -> "Question":
        """The question that an address holds."""
        kind = parameters.get("kind", "")
        return cls(
            text=read_words(parameters.get("q", "")),
            kind=kind if kind in kinds else "",
            page=read_page(parameters.get("page", "")) if kind in kinds else 1,
            literal=parameters.get("literal") == "1",
        )

    def query_string(self) -> str:
        """``?q=…`` with everything that is asked for, in a settled order."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("kind", self.kind)] if self.kind else []
        pairs += [("literal", "1")] if self.literal else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}"

    def at_page(self, page: int) -> "Question":
        return replace(self, page=page)

    def among(self, kind: str) -> "Question":
        """The same words among the things of one kind, or, with "", of all kinds."""
        return replace(self, kind=kind, page=1)

    def as_typed(self, literal: bool = True) -> "Question":
        """The same, only for what is spelt just so; or, with False, for everything that may be meant."""
        return replace(self, literal=literal, page=1)

    @property
    def everywhere(self) -> "Question":
        return self.among("")

    @property
    def as_meant(self) -> "Question":
        return self.as_typed(False)

    def with_text(self, text: str) -> "Question":
        """Other words among the same things."""
        return replace(self, text=text, literal=False, page=1)


@dataclass(frozen=True, slots=True)
class KindFound:
    """The hits of one kind: how many there are, and some of them."""

    source: ShownSource
    question: Question
    total: int
    objects: Sequence[Any]

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def has_more(self) -> bool:
        return self.total > len(self.objects)

    @property
    def tab(self) -> str:
        """The address of all of this kind on this page."""
        return self.question.among(self.name).query_string()

    @property
    def listing(self) -> str:
        """The same search in the list that these things have elsewhere; "" where they have none."""
        if not self.source.listing:
            return ""
        return reverse(self.source.listing) + self.question.among("").query_string()


@dataclass(frozen=True, slots=True)
class Everything:
    """What was found: the kinds that have hits, and how the words were understood."""

    question: Question
    kinds: list[KindFound]
    found: SearchPage  # one page of the chosen kind; without one, of all kinds together

    @property
    def total(self) -> int:
        return sum(kind.total for kind in self.kinds)

    @property
    def chosen(self) -> KindFound | None:
        """The kind whose tab is open, where it has hits."""
        return next((kind for kind in self.kinds if kind.name == self.question.kind), None)


def find_everything(
    question: Question, sources: Sequence[ShownSource], audience: Sequence[str]
) -> Everything:
    """The best of each kind that has hits, or one page of the kind asked for, and the numbers of the others.

    Raises `SearchUnavailable`, and `TooDeep` for a page behind the ten-thousandth hit.
    """
    names = [source.name for source in sources]
    together = search(question.text, kinds=names, per_page=1, literal=question.literal, audience=audience)
    hits = _best_of_each(question, names, together, audience)
    found = together
    if question.kind:
        # Whether words like those typed are searched, too, hangs on all kinds together: numbers must agree.
        page = search(
            question.text,
            kinds=[question.kind],
            page=question.page,
            per_page=PER_PAGE,
            literal=question.literal,
            widen=together.widened,
            audience=audience,
        )
        hits[question.kind] = Group(page.total, page.ids)
        found = replace(page, widened=together.widened, did_you_mean=together.did_you_mean)
    kinds = [
        KindFound(source, question, group.total, _objects(source, group.ids, audience))
        for source in sources
        if (group := hits[source.name]).total
    ]
    return Everything(question, kinds, found)


def _best_of_each(
    question: Question, names: Sequence[str], together: SearchPage, audience: Sequence[str]
) -> dict[str, Group]:
    """How many of each kind there are, and the first of them where all kinds are shown."""
    shown = 0 if question.kind else SHOWN
    if not together.total:  # what is in none of them together is in none of them
        return {name: Group(0, []) for name in names}
    if together.widened:
        pages = {
            name: search(question.text, kinds=[name], per_page=SHOWN, audience=audience) for name in names
        }
        groups = {name: Group(page.total, page.ids) for name, page in pages.items()}
    else:
        kinds = {name: [name] for name in names}
        groups = search_groups(question.text, kinds, limit=shown, literal=question.literal, audience=audience)
    return {name: Group(group.total, group.ids[:shown]) for name, group in groups.items()}


def _objects(source: ShownSource, ids: Sequence[str], audience: Sequence[str]) -> Sequence[Any]:
    return source.objects([int(found_id.partition(":")[2]) for found_id in ids], audience) if ids else []
