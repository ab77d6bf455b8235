"""The typed text before it is parsed: only that punctuation is left that is meant as syntax."""

import re
import unicodedata

from search.query.names import field_of, operator_of

LONGEST_READ = 2_000  # characters looked at; the rest of a longer text is not even cleaned

# What is searched whole, between quotation marks: the rest of the syntax has no business inside.
WHOLE_VALUE_FIELDS = ("year", "class", "identifier")

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
    """The text on one line, without control characters and invisible marks, and with one kind of quotation mark."""
    visible = (_visible(c) for c in text.strip()[:LONGEST_READ].translate(_QUOTES))
    return " ".join("".join(visible).split())


def prepared(text: str) -> tuple[str, bool] | None:
    """The formula for the parser, and whether it names a field that we do not have.

    None where a quotation mark is open. Special values (years, classes, numbers) come between quotation marks.
    """
    pieces = _PHRASE.split(text)
    pieces[::2] = [_ISSN.sub(r'issn:"\1"', _ISBN.sub(r'isbn:"\1"', piece)) for piece in pieces[::2]]
    pieces = _PHRASE.split("".join(pieces))
    outside = "".join(pieces[::2])
    if '"' in outside or any(outside.count(a) != outside.count(b) for a, b in ("[]", "{}")):
        return None
    has_small_letters = any(c.islower() for c in text)
    has_unknown = False
    for index in range(0, len(pieces), 2):
        # What stands right beside a phrase belongs to it: author:"…", -"…", "…" AND.
        before, after = "\0" * (index > 0), "\0" * (index + 1 < len(pieces))
        piece = f"{before}{pieces[index]}{after}"
        # In a text all of capitals, words like И and VE are words: ВОЙНА И МИР.
        named, unknown = _with_fields(_with_operators(piece) if has_small_letters else piece)
        pieces[index] = named.removeprefix(before).removesuffix(after)
        has_unknown |= unknown
    return "".join(pieces).replace("\\", " "), has_unknown


def without_syntax(text: str) -> str:
    """The words of a text that could not be read as a formula."""
    return re.sub(r"[^\w'’ʻʼ‘`.-]|\b(?:AND|OR|NOT|TO)\b", " ", text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else character


def _with_operators(text: str) -> str:
    """The words in capitals that mean AND, OR, NOT in one of the languages, where they join something."""

    def operator(match: re.Match[str]) -> str:
        follows = text[: match.start()].strip(" (") != ""
        leads = text[match.end() :].strip(" )") != ""
        found = operator_of(match[0])
        return found if found and leads and (follows or found == "NOT") else match[0]

    text = _TWO_WORDS.sub(r"\1\2", text)
    return _CAPITALS.sub(operator, text)


def _with_fields(text: str) -> tuple[str, bool]:
    """The text with fields by their own names, nothing else but syntax, and whether one is unknown."""
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


def _plain(text: str) -> str:
    text = _LONELY_SIGN.sub(" ", text.translate(_NOT_SYNTAX))
    return re.sub(r"\bTO\b", "to", text).replace(":", " ")


def _whole_value(field: str, text: str, start: int) -> tuple[str, int]:
    """What stands after "year:", "class:" and the like, quoted, and where it ends; "" for other values."""
    if field not in WHOLE_VALUE_FIELDS or text[start : start + 1] in ("", "(", "\0"):
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
