"""From what a reader types to a tree of what she means. Nothing she types raises or reaches an engine as it is.

Lucene syntax is understood: "phrases", AND OR NOT, + and -, field:word, year:[1950 TO 1999], word*. What is not
understood is searched as plain words, and the notice says so.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from luqum import exceptions as luqum_errors
from luqum import tree as lucene
from luqum.thread import parse as parse_lucene
from stdnum import isbn, issn

from search.analysis import fold, words

LONGEST_QUERY = 500
MOST_CLAUSES = 32
DEEPEST_NESTING = 20
SHORTEST_PREFIX = 2
SHORTEST_IDENTIFIER = 5

UNPARSED, TOO_LONG, IGNORED_FIELD = "unparsed", "too_long", "ignored_field"

# What may stand before a colon, and which field it means.
FIELD_NAMES = {
    "title": "title",
    "author": "author",
    "subject": "subject",
    "isbn": "identifier",
    "issn": "identifier",
    "class": "class",
    "year": "year",
    "branch": "branch",
    "kind": "material",
    "material": "material",
    "language": "language",
}
WORD_FIELDS = ("title", "author", "subject", "notes")


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition at all."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What no document can meet."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side, up to missing letters of the keyboard."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or mark that stands for one thing: ISBN, ISSN, control number, barcode, call number."""

    key: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is, for fields that are no text: branch, material, language, class."""

    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers between two bounds, both included; None is unbounded."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one field."""

    name: str
    child: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple["Node", ...]


Node = Everything | Nothing | Word | Prefix | Phrase | Identifier | Value | Range | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood, and the code of what the reader should be told about it."""

    tree: Node
    notice: str | None = None
    title: str = ""  # what was typed, where it may be a whole title: plain words or one phrase


def parse(text: str) -> Query:
    """What a typed text asks for. Never raises; an empty text asks for everything."""
    text, notice = _shortened(_printable(text))
    if not text:
        return Query(Everything())
    query = _parsed(text, notice) if _OPERATORS.search(text) else Query(plain_words(text), notice)
    if isinstance(query.tree, Nothing):
        query = replace(query, notice=query.notice or UNPARSED)
    if _size(query.tree) > MOST_CLAUSES:
        query = Query(conjunction([Word(word) for word in islice(words(text), MOST_CLAUSES)]), TOO_LONG)
    is_plain = not _OPERATORS.search(text) or isinstance(query.tree, Phrase)
    return replace(query, title=text) if is_plain else query


def plain_words(text: str) -> Node:
    """Every word of the text, wherever it stands."""
    return conjunction(_typed_word(part) for part in text.split())


def conjunction(nodes: Iterable[Node]) -> Node:
    """All of these; parts without a word in them do not count."""
    return _joined(And, nodes)


def leaves(node: Node) -> Iterator[Node]:
    """The words, phrases and values of a tree that a hit shows, from left to right (not the excluded ones)."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Field(_, child):
            yield from leaves(child)
        case Not():
            return
        case _:
            yield node


def has_words(node: Node) -> bool:
    """Whether words or phrases are sought, which have forms; numbers, values and years have none."""
    return any(isinstance(leaf, Word | Prefix | Phrase) for leaf in leaves(node))


def _size(node: Node) -> int:
    match node:
        case And(children) | Or(children):
            return sum(map(_size, children))
        case Field(_, child) | Not(child):
            return _size(child)
        case Phrase(found):
            return len(found)
    return 1


def identifier_keys(value: str) -> list[str]:
    """The forms under which an identifier is indexed and sought: letters and digits only, ISBN as ISBN-13."""
    compact = "".join(c for c in fold(value) if c.isalnum())
    if isbn.is_valid(compact):
        return [isbn.to_isbn13(compact)]
    return [compact] if compact else []


# --- Text before parsing ------------------------------------------------------------------------------

_OPERATORS = re.compile(r'["()\[\]{}:*+\\^~<>=]|(?:^|\s)-|\b(?:AND|OR|NOT)\b')
_FIELD = re.compile(r"(?<!\S)([+(-]*)([^\W\d_]+):(?=[^\s:])")
_LONELY_SIGN = re.compile(r"(?:(?<=\s)|^)[-+–—]+(?=\s|$)|(?<=\S)[-+]+(?=\s|$)")
_YEARS = re.compile(r"^(\d{1,4})?\s*[-–—]\s*(\d{1,4})?$")
_NOT_SYNTAX = str.maketrans("{}/?!&|\\^~<>=", "[]" + " " * 11)


def _printable(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


def _shortened(text: str) -> tuple[str, str | None]:
    if len(text) > LONGEST_QUERY:
        return text[:LONGEST_QUERY], TOO_LONG
    if text.count(" ") >= MOST_CLAUSES:
        return " ".join(text.split(" ", MOST_CLAUSES)[:MOST_CLAUSES]), TOO_LONG
    return text, None


def _tidied(text: str) -> tuple[str, str | None]:
    """The text with only that punctuation left that is meant as syntax, and a notice of unknown fields."""
    text = text.translate(_NOT_SYNTAX)
    notice = None

    def name_field(match: re.Match[str]) -> str:
        nonlocal notice
        if field := FIELD_NAMES.get(match[2].casefold()):
            return f"{match[1]}{field}\0"
        notice = IGNORED_FIELD
        return f"{match[1]}{match[2]} "

    text = _LONELY_SIGN.sub(" ", _FIELD.sub(name_field, text))
    if " TO " not in text:
        text = text.replace("[", " ").replace("]", " ")
    return text.replace(":", " ").replace("\0", ":"), notice


def _parsed(text: str, notice: str | None) -> Query:
    tidy, field_notice = _tidied(text)
    notice = notice or field_notice
    if tidy.count("(") > DEEPEST_NESTING:
        return Query(plain_words(_without_syntax(text)), notice or UNPARSED)
    try:
        parsed = parse_lucene(tidy) if tidy.strip() else None
    except (luqum_errors.ParseError, ValueError):
        return Query(plain_words(_without_syntax(text)), notice or UNPARSED)
    tree = _converted(parsed) if parsed is not None else Nothing()
    return Query(tree, notice)


def _without_syntax(text: str) -> str:
    return re.sub(r"[^\w'’ʻʼ‘`.-]|\b(?:AND|OR|NOT|TO)\b", " ", text)


# --- From luqum's tree to ours ------------------------------------------------------------------------


def _converted(item: lucene.Item, field: str = "") -> Node:
    match item:
        case lucene.SearchField():
            child = _converted(item.expr, item.name)
            return child if isinstance(child, Nothing) else Field(item.name, child)
        case (
            lucene.AndOperation() | lucene.UnknownOperation() | lucene.OrOperation() | lucene.BoolOperation()
        ):
            operator = Or if isinstance(item, lucene.OrOperation) else And
            return _joined(operator, [_converted(child, field) for child in item.children])
        case lucene.Not() | lucene.Prohibit():
            child = _converted(item.a, field)
            return child if isinstance(child, Nothing) else Not(child)
        case lucene.Phrase():
            return _leaf(item.value[1:-1], field, _typed_phrase)
        case lucene.Word():
            return _leaf(item.value, field, _typed_word)
        case lucene.Range():
            return _typed_range(str(item.low), str(item.high), field)
    return conjunction([_converted(child, field) for child in item.children])


def _joined(operator: type[And] | type[Or], nodes: Iterable[Node]) -> Node:
    parts = (node.children if isinstance(node, operator) else (node,) for node in nodes)
    children = tuple(dict.fromkeys(node for part in parts for node in part if not isinstance(node, Nothing)))
    if len(children) < 2:
        return children[0] if children else Nothing()
    return operator(children)


def _leaf(text: str, field: str, otherwise: Callable[[str], Node]) -> Node:
    if field == "year":
        return _typed_years(text)
    if field == "identifier":
        return _joined(Or, [Identifier(key) for key in identifier_keys(text)])
    if field and field not in WORD_FIELDS:
        return Value(text.strip()) if text.strip() else Nothing()
    return otherwise(text)


def _typed_word(text: str) -> Node:
    found = list(words(text))
    if text.endswith("*") and found and len(fold(found[-1])) >= SHORTEST_PREFIX:
        return conjunction([*map(Word, found[:-1]), Prefix(found[-1])])
    as_words = conjunction([Word(word) for word in found])
    if not any(c.isdigit() for c in text):
        return as_words
    keys = [key for key in identifier_keys(text) if len(key) >= SHORTEST_IDENTIFIER]
    return _joined(Or, [as_words, *map(Identifier, keys)])


def _typed_phrase(text: str) -> Node:
    found = tuple(islice(words(text), MOST_CLAUSES))
    if not found:
        return Nothing()
    if isbn.is_valid(text) or issn.is_valid(text):
        return _joined(Or, [Phrase(found), *map(Identifier, identifier_keys(text))])
    return Phrase(found)


def _typed_years(text: str) -> Node:
    if text.isdecimal() and len(text) <= 4:
        return Range(int(text), int(text))
    if match := _YEARS.match(text):
        return _typed_range(match[1] or "*", match[2] or "*", "year")
    return _typed_word(text)


def _typed_range(low: str, high: str, field: str) -> Node:
    bounds = [None if bound == "*" else bound for bound in (low, high)]
    if field != "year" or any(
        bound is not None and not (bound.isdecimal() and len(bound) < 5) for bound in bounds
    ):
        return conjunction([_typed_word(bound) for bound in bounds if bound is not None])
    if bounds == [None, None]:
        return Nothing()
    return Range(*(None if bound is None else int(bound) for bound in bounds))


def year_range(text: str) -> Range | None:
    """The years that a facet value such as "1987", "1950-1999" or "-1900" means; None when it means none."""
    node = _typed_years(text.strip())
    return node if isinstance(node, Range) else None
