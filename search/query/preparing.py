"""The typed text before it is parsed: only that punctuation is left that is meant as syntax."""

import re
import unicodedata

from search.query.names import field_of, operator_of

LONGEST_READ = 2_000  # characters looked at; the rest of a longer text is not even cleaned

# What is searched whole, between quotation marks: the rest of the syntax has no business inside.
WHOLE_VALUE_FIELDS = ("year", "class", "identifier")

_PHRASE_FOLLOWS = "\0"

_QUOTES = str.maketrans(dict.fromkeys("„“”‟«»＂〝〞❝❞", '"'))
_PHRASE = re.compile(r'("[^"]*")')
_FIELD = re.compile(r"(?<![^\s(+-])([+(-]*)([^\W\d_]+):(?=[^\s:])")
_ISBN = re.compile(
    r"\bISBN(?:-1[03])?[\s:№]{0,3}((?:97[89][\s‐-―-]?)?(?:\d[\s‐-―-]?){9}[\dXxХх])\b", re.IGNORECASE
)
_ISSN = re.compile(r"\bISSN[\s:№]{0,3}(\d{4}[\s‐-―-]?\d{3}[\dXxХх])\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[{]\s*([^\s\[\]{}\"]+)(?:\s+TO\s+|\s*[‐-―-]\s*)([^\s\[\]{}\"]+)\s*[\]}]")
_COMPARISON = re.compile(r"(?:[<>]=?|[≤≥])\s*\d{1,4}(?!\d)")
_YEARS = re.compile(
    r"(?:\d{1,4}\s?)?[‐-―-](?:\s?\d{1,4})?(?![\w-])|\d{1,4}\s?(?:\.\.|…)\s?(?:\d{1,4})?(?!\w)"
)
_LONELY_SIGN = re.compile(r"(?:(?<=\s)|^)[-+‐-―]+(?=\s|$)|(?<=\S)[-+]+(?=\s|$)")
_CAPITALS = re.compile(r"(?<![^\s(])([^\W\d_]+)(?![^\s)])")
_TWO_WORDS = re.compile(r"(?<![^\s(])(V[ƏEЕӘ]) (YA)(?![^\s)])")
_NOT_SYNTAX = str.maketrans('{}[]/?!&|\\^~<>="', " " * 16)


def printable(text: str) -> str:
    """The text on one line, without control characters and invisible marks."""
    visible = (_visible(c) for c in text.strip()[:LONGEST_READ])
    return " ".join("".join(visible).split())


def prepared(text: str) -> tuple[str, bool] | None:
    """The formula for the parser, and whether it names a field that we do not have.

    None where a quotation mark is open. Special values (years, classes, numbers) come between quotation marks.
    """
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        return None
    text = _ISSN.sub(r'issn:"\1"', _ISBN.sub(r'isbn:"\1"', text))
    parts: list[str] = []
    has_unknown = False
    local = any(c.islower() for c in text)
    pieces = _PHRASE.split(text)
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append(piece.replace("\\", " "))
        else:
            # What stands right before a phrase belongs to it: author:"…", -"…".
            mark = _PHRASE_FOLLOWS if index + 1 < len(pieces) else ""
            formula, unknown = _outside_phrases(piece + mark, local)
            has_unknown |= unknown
            parts.append(formula.removesuffix(mark))
    return "".join(parts), has_unknown


def without_syntax(text: str) -> str:
    """The words of a text that could not be read as a formula."""
    return re.sub(r"[^\w'’ʻʼ‘`.-]|\b(?:AND|OR|NOT|TO)\b", " ", text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else character


def _outside_phrases(text: str, local: bool) -> tuple[str, bool]:
    """A piece between two phrases. `local`: words in capitals of the interface's languages count as operators."""
    if local:
        text = _CAPITALS.sub(_operator, _TWO_WORDS.sub(r"\1\2", text))
    found: list[str] = []
    has_unknown, end = False, 0
    for match in _FIELD.finditer(text):
        if match.start() < end:
            continue  # inside a value that was taken whole
        found.append(_plain(text[end : match.start()]))
        end = match.end()
        name = field_of(match[2])
        if name is None:
            has_unknown = True
            found.append(f"{match[1]}{match[2]} ")
        else:
            value, end = _whole_value(name, text, end)
            found.append(f"{match[1]}{name}:{value}")
    found.append(_plain(text[end:]))
    return "".join(found), has_unknown


def _operator(match: re.Match[str]) -> str:
    return operator_of(match[0]) or match[0]


def _plain(text: str) -> str:
    text = _LONELY_SIGN.sub(" ", text.translate(_NOT_SYNTAX))
    return re.sub(r"\bTO\b", "to", text).replace(":", " ")


def _whole_value(field: str, text: str, start: int) -> tuple[str, int]:
    """What stands after "year:", "class:" and the like, quoted, and where it ends; "" for other values."""
    if field not in WHOLE_VALUE_FIELDS or text[start : start + 1] in ("", "(", _PHRASE_FOLLOWS):
        return "", start
    patterns = (_BRACKETS, _COMPARISON, _YEARS) if field == "year" else (_BRACKETS,)
    for pattern in patterns:
        if match := pattern.match(text, start):
            value = f"{match[1]} TO {match[2]}" if pattern is _BRACKETS else match[0]
            return f'"{value.strip()}"', match.end()
    if field == "year":
        return "", start
    end = _end_of_mark(text, start)
    return f'"{text[start:end]}"' if end > start else "", end


def _end_of_mark(text: str, start: int) -> int:
    """Where a number with parentheses of its own ends: at a space or at a parenthesis it did not open."""
    depth = 0
    for index in range(start, len(text)):
        if text[index].isspace():
            return index
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth < 0:
            return index
    return len(text)
