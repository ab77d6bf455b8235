"""From a typed text to a tree.

Lucene syntax is understood: "phrases", AND OR NOT, + and -, field:word, year:[1950 TO 1999], word*. What is not
understood is searched as plain words, and the notice says so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from luqum import exceptions as luqum_errors
from luqum import tree as lucene
from luqum.thread import parse as parse_lucene

from search.analysis import fold, words
from search.languages import language_codes
from search.query.identifiers import (
    SHORTEST_IDENTIFIER,
    class_beginnings,
    class_key,
    identifier_keys,
    is_call_number,
)
from search.query.names import material_of, operator_of
from search.query.preparing import prepared, printable, without_syntax
from search.query.tree import (
    And,
    Everything,
    Field,
    Identifier,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    Value,
    Word,
    alternative,
    conjunction,
    size,
)

LONGEST_QUERY = 500
MOST_CLAUSES = 32
DEEPEST_NESTING = 20
SHORTEST_PREFIX = 2

UNPARSED, TOO_LONG, IGNORED_FIELD = "unparsed", "too_long", "ignored_field"

_OPERATORS = re.compile(r'["()\[\]{}:*+\\^~<>=]|(?:^|\s)-|\b(?:AND|OR|NOT)\b|\b(?i:IS[BS]N)\b')
_ANYTHING = re.compile(r"\*(?::\*)?")
_YEARS = re.compile(r"(\d{1,4})?\s*(?:[‐-―-]|\.\.|…|\bTO\b)\s*(\d{1,4})?")
_COMPARISON = re.compile(r"([<>≤≥]=?)\s*(\d{1,4})")
_DANGLING = re.compile(r"(?:\s*(?:\b(?:AND|OR|NOT|TO)|[-+(:]))+$")


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood, and the code of what the reader should be told about it."""

    tree: Node
    notice: str | None = None
    title: str = ""  # what was typed, where it may be a whole title: words and phrases that must all be there


def parse(text: str) -> Query:
    """What a typed text asks for. Never raises; an empty text and a lone * ask for everything."""
    text = printable(text)
    if not text or _ANYTHING.fullmatch(text):
        return Query(Everything())
    text, notice = _shortened(text)
    if is_call_number(text):
        query = Query(
            alternative([plain_words(without_syntax(text)), *map(Identifier, identifier_keys(text))])
        )
    elif _OPERATORS.search(text) or any(map(operator_of, text.split())):
        query = _parsed(text)
    else:
        query = Query(plain_words(text))
    if isinstance(query.tree, Nothing):
        query = replace(query, notice=query.notice or UNPARSED)
    query = replace(query, notice=notice or query.notice)
    if size(query.tree) > MOST_CLAUSES:
        query = Query(conjunction([Word(word) for word in islice(words(text), MOST_CLAUSES)]), TOO_LONG)
    return replace(query, title=text) if _may_be_title(query.tree) else query


def plain_words(text: str) -> Node:
    """Every word of the text, wherever it stands."""
    return conjunction(_typed_word(part) for part in text.split())


def year_range(text: str) -> Range | None:
    """The years that a facet value such as "1987", "1950-1999" or "-1900" means; None when it means none."""
    node = _typed_years(text.strip())
    return node if isinstance(node, Range) else None


def _may_be_title(tree: Node) -> bool:
    match tree:
        case And(children):
            return all(map(_may_be_title, children))
        case Or(children):  # a number that may be a word or a mark
            return any(isinstance(child, Identifier) for child in children)
        case Word() | Phrase():
            return True
    return False


def _shortened(text: str) -> tuple[str, str | None]:
    """The text cut to what is searched, at a space, so that the cut leaves no open end."""
    short = text
    if len(short) > LONGEST_QUERY:
        short = short[:LONGEST_QUERY].rpartition(" ")[0] or short[:LONGEST_QUERY]
    if short.count(" ") >= MOST_CLAUSES:
        short = " ".join(short.split(" ", MOST_CLAUSES)[:MOST_CLAUSES])
    if short == text:
        return text, None
    if short.count('"') % 2:
        short += '"'
    short = _DANGLING.sub("", short)
    opened = short.count("(") - short.count(")")
    return short + ")" * max(0, opened), TOO_LONG


def _parsed(text: str) -> Query:
    ready = prepared(text)
    if ready is None or ready[0].count("(") > DEEPEST_NESTING:
        return _as_words(text)
    formula, has_unknown_field = ready
    try:
        parsed = parse_lucene(formula) if formula.strip() else None
    except (luqum_errors.ParseError, ValueError):
        return _as_words(text)
    tree = _converted(parsed) if parsed is not None else Nothing()
    return Query(tree, IGNORED_FIELD if has_unknown_field else None)


def _as_words(text: str) -> Query:
    return Query(plain_words(without_syntax(text)), UNPARSED)


# --- From luqum's tree to ours ------------------------------------------------------------------------


def _converted(item: lucene.Item, field: str = "") -> Node:
    match item:
        case lucene.SearchField():
            child = _converted(item.expr, item.name)
            return child if isinstance(child, Nothing | Everything) else Field(item.name, child)
        case (
            lucene.AndOperation() | lucene.UnknownOperation() | lucene.OrOperation() | lucene.BoolOperation()
        ):
            joined = alternative if isinstance(item, lucene.OrOperation) else conjunction
            return joined([_converted(child, field) for child in item.children])
        case lucene.Not() | lucene.Prohibit():
            child = _converted(item.a, field)
            return child if isinstance(child, Nothing) else Not(child)
        case lucene.Phrase():
            return _leaf(item.value[1:-1], field, _typed_phrase)
        case lucene.Word():
            return _leaf(item.value, field, _typed_word)
    return conjunction([_converted(child, field) for child in item.children])


def _leaf(text: str, field: str, otherwise: Callable[[str], Node]) -> Node:
    text = text.strip()
    if field and text == "*":
        return Everything()
    match field:
        case "year":
            return _typed_years(text)
        case "identifier":
            return alternative(map(Identifier, identifier_keys(text)))
        case "class":
            return _typed_classes(text)
        case "material":
            return Value(material_of(text) or text) if text else Nothing()
        case "language":
            return alternative(map(Value, language_codes(text) or ([text] if text else [])))
        case "branch":
            # Codes of libraries are small letters with hyphens.
            spellings = dict.fromkeys((text, "-".join(fold(word) for word in words(text))))
            return alternative(Value(spelling) for spelling in spellings if spelling)
    return otherwise(text)


def _typed_word(text: str) -> Node:
    found = list(words(text))
    if text.endswith("*") and found and len(fold(found[-1])) >= SHORTEST_PREFIX:
        return conjunction([*map(Word, found[:-1]), Prefix(found[-1])])
    return _or_mark(conjunction([Word(word) for word in found]), text)


def _typed_phrase(text: str) -> Node:
    found = tuple(islice(words(text), MOST_CLAUSES))
    if not found:
        return Nothing()
    short = len(identifier_keys(text)[0]) < 14 or is_call_number(text)
    return _or_mark(Phrase(found), text) if short else Phrase(found)


def _or_mark(node: Node, text: str) -> Node:
    """The words, or what they stand for as an ISBN, a barcode, a call number."""
    if not any(c.isdigit() for c in text):
        return node
    keys = [key for key in identifier_keys(text) if len(key) >= SHORTEST_IDENTIFIER]
    return alternative([node, *map(Identifier, keys)])


def _typed_years(text: str) -> Node:
    if text.isdecimal() and len(text) <= 4:
        return Range(int(text), int(text))
    if match := _COMPARISON.fullmatch(text):
        year, includes = int(match[2]), match[1] not in "<>"
        if match[1][0] in ">≥":
            return Range(year if includes else year + 1, None)
        return Range(None, year if includes else year - 1)
    bounds = _YEARS.fullmatch(text.replace("*", ""))
    if bounds is None:
        return _typed_word(text.replace(" TO ", " "))
    if bounds[1] is None and bounds[2] is None:
        return Everything() if "*" in text else Nothing()
    return Range(*(None if bound is None else int(bound) for bound in bounds.groups()))


def _typed_classes(text: str) -> Node:
    low, to, high = text.partition(" TO ")
    if to and (beginnings := class_beginnings(low, high)):
        return alternative(map(Value, beginnings))
    if text.strip("* ") == "":
        return Everything() if "*" in text else Nothing()
    return alternative(Value(key) for key in dict.fromkeys((class_key(low), class_key(high))) if key)
