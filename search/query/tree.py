"""What can be meant by a query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORD_FIELDS = ("title", "author", "subject", "notes")
PREFIX_SIZE = 6  # words: an engine must look up every word that begins so


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
    """A value as it is, for fields that are no text: branch, material, language; for "class" its beginning."""

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


def conjunction(nodes: Iterable[Node]) -> Node:
    """All of these; parts without a word in them do not count."""
    found = list(nodes)
    return _joined(And, [node for node in found if node != Everything()] or found)


def alternative(nodes: Iterable[Node]) -> Node:
    """One of these at least; parts without a word in them do not count."""
    return _joined(Or, nodes)


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


def size(node: Node) -> int:
    """How much the tree asks: words and conditions, those of phrases and exclusions counted, beginnings for more."""
    match node:
        case And(children) | Or(children):
            return sum(map(size, children))
        case Field(_, child) | Not(child):
            return size(child)
        case Phrase(found):
            return len(found)
        case Prefix():
            return PREFIX_SIZE
    return 1


def _joined(operator: type[And] | type[Or], nodes: Iterable[Node]) -> Node:
    parts = (node.children if isinstance(node, operator) else (node,) for node in nodes)
    children = tuple(dict.fromkeys(node for part in parts for node in part if not isinstance(node, Nothing)))
    if len(children) < 2:
        return children[0] if children else Nothing()
    return operator(children)
