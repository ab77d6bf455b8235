"""From a query tree to a plan: what is found, and the ladder on which it stands.

A document stands on the first step that it meets with all its words; within a step the newer one comes first. Steps
instead of scores: two engines cannot disagree on them, and one can say why something stands where it does.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from search import letters, query
from search.analysis import query_forms, tokens
from search.documents import EVERYONE, FACETS
from search.layout import LONGEST_VALUE, WORD_FIELDS, whole_titles
from search.plan import (
    All,
    Beginning,
    Between,
    Clause,
    InOrder,
    Never,
    Plan,
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
LITERAL_STEPS = tuple((field, form) for field, form in STEPS if form in ("exact", "folded"))
# Long queries climb in fewer, wider strides, so that the number of clauses stays bounded: (up to words, stride).
STRIDES = ((3, 1), (8, 2), (16, 4), (query.MOST_CLAUSES, 8))
FORM_PLACES = {"exact": 0, "folded": 1, "stem": 2, "key": 3}


Step = tuple[str, str]


def make_plan(
    parsed: query.Query,
    filters: Mapping[str, Sequence[str]],
    kinds: Sequence[str],
    *,
    literal: bool = False,
    audience: Sequence[str] = (EVERYONE,),
) -> Plan:
    """The plan of a parsed query, with several values of one facet as alternatives.

    Unknown facets are left out; unknown values find nothing.
    """
    match = _standing(parsed.tree, LITERAL_STEPS) if literal else _matching(parsed.tree)
    wholes = whole_titles(tokens(parsed.title))
    titles = (Terms("whole", tuple(token for token in wholes if token[0] == sign)) for sign in "=~")
    return Plan(
        match=match,
        titles=tuple(all_of([match, clause]) for clause in titles if clause.values),
        steps=partial(_steps, parsed.tree, match, LITERAL_STEPS if literal else STEPS),
        scope=all_of(
            [Terms("kind", tuple(kinds)) if kinds else All(), Terms("audience", tuple(sorted(set(audience))))]
        ),
        filters={facet: _filter(facet, filters[facet]) for facet in FACETS if filters.get(facet)},
    )


def _steps(tree: query.Node, match: Clause, steps: Sequence[Step]) -> Iterator[Clause]:
    size = sum(len(leaf.words) if isinstance(leaf, query.Phrase) else 1 for leaf in query.leaves(tree))
    stride = next((stride for most, stride in STRIDES if size <= most), STRIDES[-1][1])
    previous: Clause = Never()
    for height in range(stride, len(steps), stride):
        step = _standing(tree, steps[:height])
        if step not in (previous, match, Never()):
            yield step
        previous = step
    yield match


def _filter(facet: str, values: Sequence[str]) -> Clause:
    if facet != "year":
        return Terms(f"facet_{facet}", tuple(value[:LONGEST_VALUE] for value in values))
    years = (query.year_range(value) for value in values)
    return any_of(_between(years) for years in years if years is not None)


def _between(years: query.Range) -> Clause:
    return Between("facet_year", years.low, years.high)


def _matching(node: query.Node, field: str = "") -> Clause:
    """All that a node finds, in whatever form and field."""
    if isinstance(node, query.Word):
        prefix = field or "any"
        return any_of(Terms(f"{prefix}_{form}", _values(node.text, form)) for form in ("key", "stem"))
    return _standing(node, STEPS, field)


def _standing(node: query.Node, steps: Sequence[Step], field: str = "") -> Clause:
    """What a node finds by these fields and forms alone."""
    match node:
        case query.Field(name, child):
            return _standing(child, steps, "" if name in ("year", "identifier") else name)
        case query.Not(child):
            return Without(_matching(child, field))
        case query.And(children):
            return all_of(_standing(child, steps, field) for child in children)
        case query.Or(children):
            return any_of(_standing(child, steps, field) for child in children)
    return _leaf(node, steps, field)


def _leaf(node: query.Node, steps: Sequence[Step], field: str) -> Clause:
    match node:
        case query.Everything():
            return All()
        case query.Word(text):
            if steps is STEPS:
                return _matching(node, field)
            found = [(place, form) for place, form in steps if place == field or not field]
            return any_of(Terms(f"{place}_{form}", _values(text, form)) for place, form in found)
        case query.Phrase(words):
            tokens = tuple(_values(word, "folded")[0] for word in words)
            return any_of(_in_order(place, tokens) for place in _folded_fields(steps, field))
        case query.Prefix(text):
            token = _values(text, "folded")[0]
            return any_of(Beginning(f"{place}_folded", token) for place in _folded_fields(steps, field))
        case query.Identifier(key):
            return Terms("identifier", (key,))
        case query.Value(text):
            return _valued(field, text)
        case query.Range():
            return _between(node)
    return Never()


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


def _values(word: str, form: str) -> tuple[str, ...]:
    return tuple(sorted(query_forms(word)[FORM_PLACES[form]]))
