"""From a query tree to a plan: what is found, and the ladder on which it stands.

A document stands on the first rung that it meets with all its words; on one rung the newer one comes first. Rungs
instead of scores: two engines cannot disagree on them, and one can say why something stands where it does.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise, product

from search import letters, query
from search.analysis import dictionary_titles, query_forms, title_key, tokens, typed_forms, words
from search.documents import ALL_FACETS, EVERYONE
from search.layout import LONGEST_VALUE, WORD_FIELDS, whole_token
from search.plan import (
    All,
    Beginning,
    Between,
    Clause,
    InOrder,
    Never,
    Plan,
    Rung,
    Scope,
    Terms,
    Without,
    all_of,
    any_of,
)

# (field, form), best first. A better form never stands below a worse one in the same field, nor a better field below
# a worse one in the same form; between those two rules, what readers mean more often stands higher.
STEPS = (
    ("title", "exact"),
    ("title", "folded"),
    ("author", "exact"),
    ("author", "folded"),
    ("title", "stem"),
    ("title", "key"),
    ("subject", "exact"),
    ("subject", "folded"),
    ("author", "stem"),
    ("author", "key"),
    ("notes", "exact"),
    ("notes", "folded"),
    ("subject", "stem"),
    ("subject", "key"),
    ("notes", "stem"),
    ("notes", "key"),
)
AS_TYPED = ("exact", "folded")
LITERAL_STEPS = tuple((field, form) for field, form in STEPS if form in AS_TYPED)
FUZZY_STEPS = tuple((field, "fuzzy") for field in WORD_FIELDS)
FORMS = ("exact", "folded", "stem", "key", "fuzzy")
# Long queries climb in fewer, wider strides, so that the number of clauses stays bounded: (up to words, stride).
STRIDES = ((3, 1), (8, 2), (16, 4), (query.MOST_CLAUSES, 8))
MOST_STEMMED_TITLES = 36
MOST_WORDS_IN_ORDER = 8  # longer queries are told apart well enough by their words

Step = tuple[str, str]
NearWords = Mapping[str, tuple[str, ...]]


def make_plan(
    parsed: query.Query,
    filters: Mapping[str, Sequence[str]],
    kinds: Sequence[str],
    *,
    literal: bool = False,
    audience: Sequence[str] = (EVERYONE,),
    near: NearWords | None = None,
) -> Plan:
    """The plan of a parsed query, with several values of one facet as alternatives.

    `literal` keeps to the words as typed. `near` has for typed words the folded words of the index that are meant
    too. Unknown facets are left out; unknown values find nothing.
    """
    ladder = Ladder(parsed, literal, near or {})
    return Plan(
        match=ladder.match,
        rungs=ladder.rungs,
        leaves=ladder.leaves,
        step=ladder.step,
        scope=Scope(tuple(kinds), tuple(sorted(set(audience)))),
        filters={facet: _filter(facet, filters[facet]) for facet in ALL_FACETS if filters.get(facet)},
    )


def _filter(facet: str, values: Sequence[str]) -> Clause:
    if facet != "year":
        return Terms(f"facet_{facet}", tuple(value[:LONGEST_VALUE] for value in values))
    years = (query.year_range(value) for value in values)
    return any_of(_between(years) for years in years if years is not None)


def _between(years: query.Range) -> Clause:
    return Between("facet_year", years.low, years.high)


class Ladder:
    """What a query finds (`match`), and its rungs from the best down."""

    def __init__(self, parsed: query.Query, literal: bool, near: NearWords) -> None:
        self.parsed = parsed
        self.literal = literal
        self.near = near
        self.match = self.matching(parsed.tree)

    def matching(self, node: query.Node, field: str = "") -> Clause:
        """All that a node finds, in whatever form and field."""
        match node:
            case query.Word(text) if not self.literal:
                return self._any_form(text, field)
            case query.Field(name, child):
                return self.matching(child, _sought(name))
            case query.Not(child):
                return Without(self.matching(child, field))
            case query.And(children):
                return all_of(self.matching(child, field) for child in children)
            case query.Or(children):
                return any_of(self.matching(child, field) for child in children)
        return self._leaf(node, self._steps(), field)

    def rungs(self) -> Iterator[Rung]:
        """From the whole title down to words that only look alike."""
        steps = self._steps()
        typed = list(words(self.parsed.title))
        yield from self._whole_titles(typed)
        previous = 0
        for number, height in enumerate(self._heights()):
            for field, form in steps[previous:height]:
                yield from self._side_by_side(typed, field, form)
            form = max((form for _, form in steps[previous:height]), key=FORMS.index)
            yield Rung(partial(self._standing, self.parsed.tree, steps[:height]), form, number)
            previous = height
        yield Rung(lambda: self.match, steps[-1][1], len(self._heights()))

    def leaves(self) -> list[list[Clause]] | None:
        """For each part of the query, in the order of `query.leaves`, what meets it on each step.

        None for a tree that its parts alone do not tell.
        """
        if _has_alternative_exclusion(self.parsed.tree):
            return None
        return [
            [self._standing(leaf, [step], field) for step in self._steps()]
            for leaf, field in _leaves(self.parsed.tree)
        ]

    def step(self, places: Sequence[int | None]) -> int:
        """The number of the step on which a document stands whose parts are met in these places."""
        worst = len(self._steps()) + 1
        remaining = iter(worst if place is None else place + 1 for place in places)
        return bisect_left(self._heights(), _least(self.parsed.tree, remaining))

    def _steps(self) -> Sequence[Step]:
        if self.literal:
            return LITERAL_STEPS
        return STEPS + FUZZY_STEPS if self.near else STEPS

    def _heights(self) -> list[int]:
        """After how many steps there is a rung; what is just as typed always has one of its own."""
        leaves = query.leaves(self.parsed.tree)
        size = sum(len(leaf.words) if isinstance(leaf, query.Phrase) else 1 for leaf in leaves)
        stride = next((stride for most, stride in STRIDES if size <= most), STRIDES[-1][1])
        steps = len(self._steps())
        return sorted({1, *range(stride, steps, stride), steps})

    # --- Rungs that stand for themselves --------------------------------------------------------------

    def _whole_titles(self, typed: Sequence[str]) -> Iterator[Rung]:
        """A title typed whole; then one typed up to its colon."""
        if not typed:
            return
        for form in AS_TYPED:
            yield self._own(form, _whole(form, _readings(typed, form)))
        if not self.literal:
            # The words as dictionaries list them come before other forms of the same words.
            listed = list(map(dictionary_titles, typed))
            yield self._own("stem", _whole("folded", _some_titles([folded for folded, _ in listed])))
            yield self._own("stem", _whole("stem", product(*_some_stems(typed))))
            yield self._own("key", _whole("key", [[title_key(tokens(self.parsed.title))]]))
            skeletons = _some_titles([keys for _, keys in listed])
            yield self._own("key", _whole("key", [[" ".join(title)] for title in skeletons]))
        if self.near:
            yield self._own("fuzzy", _whole("folded", self._replaced(typed)))
        for form in AS_TYPED:
            yield self._own(form, _whole(form, _readings(typed, form), proper=True))

    def _replaced(self, typed: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The words with one of them replaced by what is near to it."""
        folded = [_folded(word) for word in typed]
        for place, word in enumerate(typed):
            for near in self.near.get(word, ()):
                yield (*folded[:place], near, *folded[place + 1 :])

    def _side_by_side(self, typed: Sequence[str], field: str, form: str) -> Iterator[Rung]:
        """The words in their order, then (in titles) at least some of them, before those that only are there."""
        is_told_apart = form == "exact" or (form == "folded" and field == "title")
        if not is_told_apart or not 1 < len(typed) <= MOST_WORDS_IN_ORDER:
            return
        folded = tuple(_folded(word) for word in typed)
        spelt = [self._spelt(word, field, form) for word in typed]
        name = f"{field}_folded"
        # Words so spelt are found anyway, so what the query asks for need not be said again.
        yield Rung(partial(all_of, [InOrder(name, folded), *spelt]), form)
        if field == "title" and not isinstance(self.parsed.tree, query.Phrase):
            pairs = pairwise(folded) if len(folded) > 2 else [folded[::-1]]
            beside = [all_of([InOrder(name, pair), *spelt]) for pair in pairs]
            yield Rung(partial(any_of, beside), form)

    def _own(self, form: str, *clauses: Clause) -> Rung:
        return Rung(partial(all_of, [*clauses, self.match]), form)

    # --- Clauses --------------------------------------------------------------------------------------

    def _any_form(self, word: str, field: str) -> Clause:
        folded = tuple(dict.fromkeys([*_values(word, "folded"), *self.near.get(word, ())]))
        if field:
            spelt = [_spelt(word, field, form) for form in ("stem", "key")]
            return any_of([Terms(f"{field}_folded", folded), *spelt])
        return any_of([Terms("word", folded), _widely(word)])

    def _standing(self, node: query.Node, steps: Sequence[Step], field: str = "") -> Clause:
        """What a node finds by these fields and forms alone."""
        match node:
            case query.Field(name, child):
                return self._standing(child, steps, _sought(name))
            case query.Not(child):
                return Without(self.matching(child, field))
            case query.And(children):
                return all_of(self._standing(child, steps, field) for child in children)
            case query.Or(children):
                return any_of(self._standing(child, steps, field) for child in children)
        return self._leaf(node, steps, field)

    def _leaf(self, node: query.Node, steps: Sequence[Step], field: str) -> Clause:
        match node:
            case query.Everything():
                return All()
            case query.Word(text):
                found = [step for step in steps if step[0] == field or not field]
                return any_of(self._spelt(text, place, form) for place, form in found)
            case query.Phrase(words_in_order):
                folded = tuple(_folded(word) for word in words_in_order)
                return any_of(_in_order(place, folded) for place in _folded_fields(steps, field))
            case query.Prefix(text):
                token = _folded(text)
                return any_of(Beginning(f"{place}_folded", token) for place in _folded_fields(steps, field))
            case query.Identifier(key):
                return Terms("identifier", (key,))
            case query.Value(text):
                return _valued(field, text)
            case query.Range():
                return _between(node)
        return Never()

    def _spelt(self, word: str, field: str, form: str) -> Clause:
        if form == "fuzzy":
            near = self.near.get(word, ())
            return Terms(f"{field}_folded", near) if near else Never()
        return _spelt(word, field, form)


@lru_cache(4096)
def _spelt(word: str, field: str, form: str) -> Terms:
    return Terms(f"{field}_{form}", _values(word, form))


@lru_cache(4096)
def _widely(word: str) -> Terms:
    """The word in any field, as its stem or in another script."""
    return Terms("any", tuple(sorted({*_values(word, "stem"), *_values(word, "key")})))


def _leaves(node: query.Node, field: str = "") -> Iterator[tuple[query.Node, str]]:
    """The parts of a tree with the field in which each is sought, in the order of `query.leaves`."""
    match node:
        case query.And(children) | query.Or(children):
            for child in children:
                yield from _leaves(child, field)
        case query.Field(name, child):
            yield from _leaves(child, _sought(name))
        case query.Not():
            return
        case _:
            yield node, field


def _sought(field: str) -> str:
    """The field to look in; a year and an identifier are the same in any."""
    return "" if field in ("year", "identifier") else field


def _has_alternative_exclusion(node: query.Node, is_alternative: bool = False) -> bool:
    match node:
        case query.And(children) | query.Or(children):
            within = is_alternative or isinstance(node, query.Or)
            return any(_has_alternative_exclusion(child, within) for child in children)
        case query.Field(_, child):
            return _has_alternative_exclusion(child, is_alternative)
    return is_alternative and isinstance(node, query.Not)


def _least(node: query.Node, heights: Iterator[int]) -> int:
    """How many steps it takes until the tree is met, given that of its leaves."""
    match node:
        case query.And(children):
            return max(_least(child, heights) for child in children)
        case query.Or(children):
            return min(_least(child, heights) for child in children)
        case query.Field(_, child):
            return _least(child, heights)
        case query.Not():
            return 0
    return next(heights)


def _folded_fields(steps: Sequence[Step], field: str) -> list[str]:
    return [place for place in WORD_FIELDS if (place, "folded") in steps and (place == field or not field)]


def _in_order(place: str, tokens: tuple[str, ...]) -> Clause:
    return InOrder(f"{place}_folded", tokens) if len(tokens) > 1 else Terms(f"{place}_folded", tokens)


def _valued(field: str, text: str) -> Clause:
    if field == "class":
        key = query.class_key(text)
        return Beginning("class", key) if key else Never()
    spellings = {text, text.lower()}
    if field == "language":
        spellings |= {code for code, short in letters.LANGUAGES.items() if short == text.lower()}
    return Terms(f"facet_{field}", tuple(sorted(spellings)))


def _whole(form: str, titles: Iterable[Sequence[str]], *, proper: bool = False) -> Clause:
    return Terms("whole", tuple({whole_token(form, title, proper=proper): None for title in titles}))


def _readings(typed: Sequence[str], form: str) -> list[tuple[str, ...]]:
    """A title in this form. The readings of a word differ by its language, and all words are of one."""
    readings = [_values(word, form) for word in typed]
    return [
        tuple(reading[min(number, len(reading) - 1)] for reading in readings)
        for number in range(max(map(len, readings)))
    ]


def _some_stems(typed: Sequence[str]) -> list[tuple[str, ...]]:
    """Of each word so many stems, the longest first, that all together make no more than some dozens of titles."""
    most = max(int(MOST_STEMMED_TITLES ** (1 / len(typed))), 1)
    return [tuple(sorted(_values(word, "stem"), key=len, reverse=True)[:most]) for word in typed]


def _some_titles(words_as_listed: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The likeliest of each word with the likeliest of the others, no more than some dozens of titles."""
    most = max(int(MOST_STEMMED_TITLES ** (1 / len(words_as_listed))), 1)
    return product(*(listed[:most] for listed in words_as_listed))


@lru_cache(4096)
def _values(word: str, form: str) -> tuple[str, ...]:
    found = typed_forms(word) if form in AS_TYPED else query_forms(word)
    return tuple(sorted(found[FORMS.index(form)]))


def _folded(word: str) -> str:
    return _values(word, "folded")[0]
