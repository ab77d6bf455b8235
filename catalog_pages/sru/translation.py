"""A question in CQL put into the words of our own search, and its order into one of our orders."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog_pages.sru.cql import Clause, Joined, Query, SortKey
from catalog_pages.sru.diagnostics import Diagnostic
from search.languages import language_codes

# Index in CQL: the field of our search; "" is everywhere.
INDEXES: Mapping[str, str] = {
    "cql.serverchoice": "", "cql.anywhere": "", "cql.allindexes": "", "cql.keywords": "", "anywhere": "",
    "dc.title": "title", "title": "title", "bib.title": "title",
    "dc.creator": "author", "dc.contributor": "author", "creator": "author", "author": "author",
    "dc.subject": "subject", "subject": "subject", "bib.subject": "subject",
    "bath.isbn": "identifier", "bath.issn": "identifier", "dc.identifier": "identifier",
    "isbn": "identifier", "issn": "identifier",
    "dc.date": "year", "date": "year", "bib.dateissued": "year",
    "dc.language": "language", "language": "language",
    "dc.type": "material", "dc.description": "notes", "rec.id": "id", "rec.identifier": "id",
}  # fmt: skip
EXPLAINED = (
    "cql.serverChoice", "cql.anywhere", "dc.title", "dc.creator", "dc.subject", "bath.isbn", "bath.issn",
    "dc.date", "dc.language", "dc.type", "dc.description", "rec.id",
)  # fmt: skip
ALL_RECORDS = "cql.allrecords"

_SORTS: Mapping[tuple[str, bool], str] = {
    ("title", False): "title", ("author", False): "author", ("year", False): "oldest", ("year", True): "newest",
}  # fmt: skip
_NOT_PLAIN = re.compile(r'["\\]')
_SYNTAX = re.compile(r'[:()\[\]{}+\-!^~/&|"\\<>=?*]')
_YEAR = re.compile(r"\d{1,4}")
_NUMBER = re.compile(r"[\d-]{7,16}[\dXx]")  # an ISBN or ISSN
_ID = re.compile(r"\d{1,18}")
_OPERATORS = {"and": "AND", "or": "OR", "not": "AND NOT"}


def record_number(query: Query) -> int | None:
    """The number of the one record that is asked for by rec.id; None where the question is another."""
    clause = query.tree
    if not isinstance(clause, Clause) or INDEXES.get(clause.index) != "id":
        return None
    if clause.relation not in ("=", "==", "exact"):
        raise Diagnostic(19, clause.relation)
    return int(clause.term) if _ID.fullmatch(clause.term) and clause.term.isascii() else 0


def in_our_words(node: Clause | Joined) -> str:
    """The question as a reader would type it. Raises Diagnostic for what the search cannot do."""
    if isinstance(node, Joined):
        left, right = in_our_words(node.left), in_our_words(node.right)
        return f"({left}) {_OPERATORS[node.operator]} ({right})"
    if node.index == ALL_RECORDS:
        return "*"
    if node.index not in INDEXES:
        raise Diagnostic(16, node.index)
    name = INDEXES[node.index]
    if name == "id":
        raise Diagnostic(48, "rec.id stands alone.")
    relation = node.relation.removeprefix("cql.")
    if not node.term.strip():
        raise Diagnostic(27)
    if name == "year":
        return _years(relation, node.term.strip())
    return _words(name, relation, node.term)


def order_of(keys: tuple[SortKey, ...]) -> str:
    """The name of our order. Raises Diagnostic 80 where there is none such, or several are asked for."""
    if not keys:
        return "relevance"
    found = _SORTS.get((INDEXES.get(keys[0].index, ""), keys[0].is_descending))
    if len(keys) > 1 or found is None:
        raise Diagnostic(80, " ".join(key.index for key in keys))
    return found


def sort_keys(text: str) -> tuple[SortKey, ...]:
    """The keys of SRU 1.1: ``title,,1 date,,0``."""
    keys = []
    for part in text.split():
        path, *rest = part.split(",")
        keys.append(SortKey(path.lower(), len(rest) > 1 and rest[1] in ("0", "false")))
    return tuple(keys)


def _years(relation: str, term: str) -> str:
    bounds = _YEAR.findall(term)
    whole = " ".join(bounds) == " ".join(term.split())
    if relation == "within" and whole and len(bounds) == 2:
        return f"year:[{bounds[0]} TO {bounds[1]}]"
    if relation == "within" or not whole or len(bounds) != 1:
        raise Diagnostic(24, f"{relation} {term}")
    year = int(bounds[0])
    ranges = {
        "=": f"year:{year}", "==": f"year:{year}", "exact": f"year:{year}", "<": f"year:[* TO {year - 1}]",
        "<=": f"year:[* TO {year}]", ">": f"year:[{year + 1} TO *]", ">=": f"year:[{year} TO *]",
    }  # fmt: skip
    if relation not in ranges:
        raise Diagnostic(19, relation)
    return ranges[relation]


def _words(name: str, relation: str, term: str) -> str:
    field = f"{name}:" if name else ""
    plain = " ".join(_SYNTAX.sub(" ", term.replace("*", "\0")).replace("\0", "*").split())
    words = [word if word.strip("*") else "" for word in plain.split()]
    words = [word.lstrip("*") for word in words if word]
    if name == "language" and len(codes := language_codes(term.strip())) and relation in ("=", "==", "exact"):
        return f"language:{sorted(codes)[0]}" if len(codes) == 1 else f"language:{term.strip()}"
    if name == "identifier":
        if relation not in ("=", "==", "exact"):
            raise Diagnostic(19, relation)
        return f'identifier:"{_NOT_PLAIN.sub(" ", term)}"'
    if not name and _NUMBER.fullmatch(term.strip()):
        return f'identifier:"{term.strip()}"'
    if not words:
        raise Diagnostic(24, f"{relation} {term}")
    match relation:
        case "exact" | "==" | "adj":
            return f'{field}"{" ".join(words).replace("*", "")}"'
        case "=" | "all":
            return " AND ".join(f"{field}{_safe(word)}" for word in words)
        case "any":
            return "(" + " OR ".join(f"{field}{_safe(word)}" for word in words) + ")"
    raise Diagnostic(19, relation)


def _safe(word: str) -> str:
    # A word like OR would be read as an operator.
    return f'"{word}"' if word.isupper() and not word.endswith("*") else word
