"""CQL taken apart: clauses with index, relation and term, joined by and, or, not, from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from catalog_pages.sru.diagnostics import Diagnostic

LONGEST = 2_000
MOST_CLAUSES = 24
DEEPEST = 12

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(<=|>=|<>|==|[=<>()/])|([^\s"=<>()/]+))')
_SIGNS = {"=", "==", "<", ">", "<=", ">=", "<>"}
_WORDS = {"any", "all", "adj", "exact", "within", "encloses"}
_BOOLEANS = {"and", "or", "not", "prox"}


@dataclass(frozen=True, slots=True)
class Clause:
    """``dc.title all "garden town"``; without an index, the server's choice."""

    term: str
    index: str = "cql.serverchoice"
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Joined:
    """Two questions and how they are joined."""

    operator: str
    left: Clause | Joined
    right: Clause | Joined


@dataclass(frozen=True, slots=True)
class SortKey:
    """An index to sort by."""

    index: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question."""

    tree: Clause | Joined
    sort: tuple[SortKey, ...] = ()


@dataclass(slots=True)
class _Token:
    text: str
    is_quoted: bool = False

    @property
    def word(self) -> str:
        return "" if self.is_quoted else self.text.lower()


def parse(text: str) -> Query:
    """Take a question apart. Raises Diagnostic: 10 where it is no CQL, others for what is not supported."""
    if len(text) > LONGEST:
        raise Diagnostic(48, "The query is too long.")
    reader = _Reader(_tokens(text))
    tree = reader.question(0)
    sort = reader.sort()
    if reader.peek is not None:
        raise Diagnostic(10, reader.peek.text)
    return Query(tree, sort)


def _tokens(text: str) -> list[_Token]:
    tokens, at, text = [], 0, text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Diagnostic(10, text[at : at + 50])
        quoted = found[1] is not None
        term = re.sub(r"\\(.)", r"\1", found[1]) if quoted else found[2] or found[3]
        tokens.append(_Token(term, quoted))
        at = found.end()
    return tokens


@dataclass(slots=True)
class _Reader:
    tokens: list[_Token]
    at: int = 0
    clauses: int = field(default=0)

    @property
    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> _Token:
        token = self.peek
        if token is None:
            raise Diagnostic(10, "The query ends too early.")
        self.at += 1
        return token

    def question(self, depth: int) -> Clause | Joined:
        if depth > DEEPEST:
            raise Diagnostic(13)
        left = self.clause(depth)
        while self.peek and self.peek.word in _BOOLEANS:
            operator = self.take().word
            if operator == "prox":
                raise Diagnostic(37, operator)
            if self.peek and self.peek.word == "/":
                raise Diagnostic(46)
            left = Joined(operator, left, self.clause(depth))
        return left

    def clause(self, depth: int) -> Clause | Joined:
        if self.peek and self.peek.word == "(":
            self.take()
            inner = self.question(depth + 1)
            if self.take().word != ")":
                raise Diagnostic(10, "A bracket is not closed.")
            return inner
        self.clauses += 1
        if self.clauses > MOST_CLAUSES:
            raise Diagnostic(38, str(MOST_CLAUSES - 1))
        first = self._term()
        if not first.is_quoted and self.peek and self._is_relation(self.peek):
            relation = self.take().word
            if self.peek and self.peek.word == "/":
                raise Diagnostic(20)
            return Clause(self._term().text, first.text.lower(), relation)
        return Clause(first.text)

    def sort(self) -> tuple[SortKey, ...]:
        if self.peek is None or self.peek.word != "sortby":
            return ()
        self.take()
        keys = [self._sort_key()]
        while self.peek is not None:
            keys.append(self._sort_key())
        return tuple(keys)

    def _sort_key(self) -> SortKey:
        index, descending = self._term().text.lower(), False
        while self.peek and self.peek.word == "/":
            self.take()
            modifier = self._term().text.lower()
            if modifier not in ("sort.ascending", "sort.descending", "ascending", "descending"):
                raise Diagnostic(80, modifier)
            descending = modifier.endswith("descending")
        return SortKey(index, descending)

    def _term(self) -> _Token:
        token = self.take()
        if not token.is_quoted and (token.word in _SIGNS or token.word in "()/" or token.word in _BOOLEANS):
            raise Diagnostic(10, token.text)
        return token

    def _is_relation(self, token: _Token) -> bool:
        # "title any" is two words of nothing known; a relation by name must have a term behind it.
        named = token.word in _WORDS and self.at + 1 < len(self.tokens)
        return token.word in _SIGNS or named or "." in token.word and token.word.partition(".")[0] == "cql"
