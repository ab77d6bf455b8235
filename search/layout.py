"""The fields of the index, once for both engines, and how a document fills them.

Engines see tokens only: words in their forms, parted by spaces, and values as they are.
"""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from enum import Enum
from functools import cache

from search import analysis
from search.analysis import Forms
from search.documents import ALL_FACETS, EVERYONE, Document
from search.query import class_key, identifier_keys

# Raise when the same words would fill the fields differently: generations of another version are rebuilt.
VERSION = 2
LONGEST_VALUE = 250  # characters of a facet value or a whole title; both engines take that much
WORD_FIELDS = ("title", "author", "subject", "notes")
FORMS = ("exact", "folded", "stem", "key")
# The fields that have the words of all four in one form.
WIDE_FIELDS = {"folded": "word", "stem": "any", "key": "any"}
UNKNOWN_YEAR = 2**12 - 1  # sorts behind every year
PHRASE_BREAK = " | "  # a token between two values, so that no phrase runs from one into the other
SUGGESTED_KINDS = ("record",)  # what nobody may see in part, or is no record, is not suggested to anybody
SUGGESTION_KINDS = ("title", "author", "subject")
STARTS = (2, 3, 4)  # letters by which very many titles begin: those are found by a token of their own
SUGGESTION_SEPARATOR = "\x1f"  # stands between what is typed and what is shown
TEXT_FACETS = tuple(facet for facet in ALL_FACETS if facet != "year")


class FieldKind(Enum):
    WORDS = "words"  # tokens parted by spaces
    PLACED_WORDS = "placed words"  # the same, with positions for phrases
    VALUE = "value"  # found whole
    VOCABULARY = "vocabulary"  # found whole, and asked which of many words there are
    FACET = "facet"  # found whole, and counted
    PREFIX = "prefix"  # found by its beginning
    ORDER = "order"  # text to sort by
    NUMBER = "number"  # whole number: found by range, counted, sorted by


FIELDS: dict[str, FieldKind] = (
    {"id": FieldKind.VALUE, "kind": FieldKind.VALUE, "whole": FieldKind.VALUE, "identifier": FieldKind.VALUE}
    | {"class": FieldKind.VALUE, "audience": FieldKind.VALUE, "scope": FieldKind.VALUE}
    | {
        f"{field}_{form}": FieldKind.PLACED_WORDS if form == "folded" else FieldKind.WORDS
        for field in WORD_FIELDS
        for form in FORMS
    }
    | {"any": FieldKind.WORDS, "word": FieldKind.VOCABULARY, "spelling": FieldKind.VOCABULARY}
    | {f"facet_{facet}": FieldKind.FACET for facet in TEXT_FACETS}
    | {"suggest_title": FieldKind.FACET, "title_start": FieldKind.VALUE}
    | {f"suggest_{kind}": FieldKind.PREFIX for kind in SUGGESTION_KINDS if kind != "title"}
    | {"sort_title": FieldKind.ORDER, "sort_author": FieldKind.ORDER}
    | dict.fromkeys(("facet_year", "sort_rank", "sort_newest", "sort_oldest", "sort_added"), FieldKind.NUMBER)
)


@cache
def fingerprint() -> str:
    """Changes whenever an index built before would no longer fit."""
    text = repr((VERSION, analysis.VERSION, sorted((name, kind.value) for name, kind in FIELDS.items())))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fields_of(document: Document) -> dict[str, list[str] | list[int]]:
    """What the engines index of a document, field by field; empty fields are left out."""
    values = {
        "title": (document.title,),
        "author": document.authors,
        "subject": document.subjects,
        "notes": document.notes,
    }
    words = {
        field: [analysis.tokens(text, document.language) for text in texts] for field, texts in values.items()
    }
    fields: dict[str, list[str] | list[int]] = {
        "id": [document.id],
        "kind": [document.kind],
        "whole": _whole_titles(document.title, words["title"][0]),
        "identifier": [key for value in document.identifiers for key in identifier_keys(value)],
        "class": [key for value in document.classes if (key := class_key(value))],
        "audience": list(document.audience),
        "scope": [scope_token(document.kind, document.audience)],
        "sort_title": [f"{document.title_sort or '~'} {document.id}"],
        "sort_author": [f"{document.author_sort or '~'} {document.id}"],
        **{name: [number] for name, number in _sort_numbers(document).items()},
        "facet_year": [] if document.year is None else [min(max(document.year, -UNKNOWN_YEAR), UNKNOWN_YEAR)],
    }
    for facet in TEXT_FACETS:
        fields[f"facet_{facet}"] = [value[:LONGEST_VALUE] for value in document.facets.get(facet, ())]
    is_suggested = document.kind in SUGGESTED_KINDS and EVERYONE in document.audience
    for kind in SUGGESTION_KINDS if is_suggested else ():
        fields[f"suggest_{kind}"] = list(map(_suggestion, words[kind], values[kind]))
    if is_suggested:
        typed = suggestion_prefix(document.title)
        fields["title_start"] = [typed[:length] for length in STARTS if len(typed) >= length]
    return {name: found for name, found in (fields | _word_fields(words)).items() if found and found[0] != ""}


def scope_token(kind: str, audience: Sequence[str]) -> str:
    """One token for kind and audience together: each document has one, and there are few."""
    return " ".join([kind, *sorted(set(audience))])


def _sort_numbers(document: Document) -> dict[str, int]:
    """Numbers that order documents one way only: the year or date, then primary key and kind of thing."""
    source, _, key = document.id.rpartition(":")
    number = int(key) if key.isdecimal() else zlib.crc32(key.encode())
    kind = zlib.crc32(source.encode())
    year = min(max(document.year or 0, 0), UNKNOWN_YEAR)
    place = (number % 2**40) << 10 | kind % 2**10
    # Best match prefers, of one year, what can be had. That may lag behind, so no order that a reader chooses has it.
    available = bool(document.facets.get("available"))
    return {
        "sort_rank": year << 51 | available << 50 | place,
        "sort_newest": year << 50 | place,
        "sort_oldest": (year or UNKNOWN_YEAR) << 50 | place,
        "sort_added": min(max(document.added, 0), 2**32 - 1) << 30 | (number % 2**24) << 6 | kind % 2**6,
    }


def _whole_titles(text: str, title: list[Forms]) -> list[str]:
    """The tokens by which a title typed whole is recognised: all its words, and those up to its colon."""
    if not title:
        return []
    proper = title[: len(list(analysis.words(text.partition(": ")[0])))]
    return [
        *(whole_token(form, [getattr(word, form) for word in title]) for form in ("exact", "folded", "stem")),
        whole_token("key", [analysis.title_key(title)]),
        *(
            whole_token(form, [getattr(word, form) for word in proper], proper=True)
            for form in ("exact", "folded")
            if 0 < len(proper) < len(title)
        ),
    ]


def whole_token(form: str, words: Sequence[str], *, proper: bool = False) -> str:
    """The token of a title that is these words in this form (`proper`: that is, up to its colon)."""
    text = f"{form}{' proper' if proper else ''} {' '.join(words)}"
    # Every title has some of these, and nobody reads them: short ones keep the index small.
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode()


def suggestion_prefix(text: str) -> str:
    """How suggestions beginning with this text begin in the index."""
    return " ".join(form.folded for form in analysis.tokens(text))


def _suggestion(words: list[Forms], text: str) -> str:
    """A term that begins with what is typed and ends with what is shown."""
    typed = " ".join(form.folded for form in words)[:LONGEST_VALUE]
    return f"{typed}{SUGGESTION_SEPARATOR}{' '.join(text.split())[:LONGEST_VALUE]}"


def _word_fields(words: dict[str, list[list[Forms]]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    wide: set[str] = set()
    known: dict[str, str] = {}
    for field, texts in words.items():
        forms = [form for text in texts for form in text]
        if not forms:
            continue
        stems, keys = {form.stem for form in forms}, {key for form in forms for key in form.keys}
        fields[f"{field}_exact"] = [" ".join({form.exact for form in forms})]
        fields[f"{field}_folded"] = [
            PHRASE_BREAK.join([" ".join([form.folded for form in text]) for text in texts])
        ]
        fields[f"{field}_stem"] = [" ".join(stems)]
        fields[f"{field}_key"] = [" ".join(keys)]
        wide |= stems | keys
        known.update({form.folded: form.exact for form in forms})
    spellings = [f"{folded} {exact}" for folded, exact in known.items() if folded != exact]
    # A stem of one word may read like a key of another; that costs less than a second list for every word.
    return fields | {"any": [" ".join(wide)], "word": list(known), "spelling": spellings}
