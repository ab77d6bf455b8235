"""From what a reader types to a tree of what she means. Nothing she types raises or reaches an engine as it is.

tree         what can be meant
names        how fields, kinds and operators are called in the interface's languages (tables for linguists)
identifiers  ISBN, ISSN, call numbers and class numbers, as they are indexed and as they are typed
preparing    the typed text with only that punctuation left that is meant as syntax
parsing      the tree
"""

from search.query.identifiers import class_key, identifier_keys
from search.query.parsing import (
    DEEPEST_NESTING,
    IGNORED_FIELD,
    LONGEST_QUERY,
    MOST_CLAUSES,
    SHORTEST_IDENTIFIER,
    SHORTEST_PREFIX,
    TOO_LONG,
    UNPARSED,
    Query,
    parse,
    plain_words,
    year_range,
)
from search.query.tree import (
    WORD_FIELDS,
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
    has_words,
    leaves,
    size,
)

__all__ = [
    "DEEPEST_NESTING",
    "IGNORED_FIELD",
    "LONGEST_QUERY",
    "MOST_CLAUSES",
    "SHORTEST_IDENTIFIER",
    "SHORTEST_PREFIX",
    "TOO_LONG",
    "UNPARSED",
    "WORD_FIELDS",
    "And",
    "Everything",
    "Field",
    "Identifier",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Range",
    "Value",
    "Word",
    "alternative",
    "class_key",
    "conjunction",
    "has_words",
    "identifier_keys",
    "leaves",
    "parse",
    "plain_words",
    "size",
    "year_range",
]
