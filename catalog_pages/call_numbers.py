"""Call numbers by the rule of the spine label: class number, author mark, year (A25)."""

from __future__ import annotations

import re
import unicodedata
from textwrap import shorten

from catalog_pages.models import AuthorMark, AuthorMarkTable, CallNumberRule, Item, Material, Record
from search.sorting import filing_key

LETTERS = 3
LONGEST_TITLE = 60  # of a periodical, cut between words
PATTERN = "{class} {mark} {year}"
# Azerbaijani, Turkish and Tatar keep the dot of i; Georgian has no capitals in books.
_DOTTED_I = frozenset(("aze", "tur", "tat", "crh"))
_WITHOUT_CAPITALS = frozenset(("geo",))
# A title files by the word behind its article. Languages of the region have none.
_ARTICLES = {
    "eng": "the|an|a", "fre": "le|la|les|un|une|l['’]", "ger": "der|die|das|dem|den|des|ein|eine",
    "ita": "il|lo|la|i|gli|le|un|uno|una|l['’]", "spa": "el|la|los|las|un|una", "por": "o|a|os|as|um|uma",
}  # fmt: skip


def proposed_call_number(record: Record, branch_id: int | None = None) -> str:
    """The call number of a record by the rule of a library, else by that of all, else class, three letters, year.

    Periodicals stand by title (A25): theirs is the title without its article; years and numbers are of a volume.
    """
    if record.material == Material.PERIODICAL:
        title = record.title[article_length(record.title, record.language) :]
        return shorten(title, LONGEST_TITLE, placeholder="")
    rules = CallNumberRule.objects.filter(branch_id=branch_id) if branch_id else CallNumberRule.objects.none()
    general = CallNumberRule.objects.filter(branch=None).select_related("marks").order_by("pk")
    rule = rules.select_related("marks").first() or general.first()
    heading = record.author or record.title[article_length(record.title, record.language) :]
    mark = ""
    if rule and rule.marks:
        mark = mark_from_table(rule.marks, heading, record.language)
    return _by_pattern(
        rule.pattern if rule else PATTERN,
        {
            "class": record.class_number,
            "mark": mark or author_mark(heading, record.language),
            "year": str(record.year or ""),
        },
    )


def call_number_of_copy(item: Item, proposed: str) -> str:
    """What a copy gets where nobody has typed one: its accession number in the stacks of the legal deposit (A25)."""
    return (item.accession_number if item.is_legal_deposit else "") or proposed


def call_number(*, class_number: str, author: str, title: str, year: int | None, language: str) -> str:
    """The call number of a work; the letters come from the surname, or from the title without an author.

    >>> call_number(class_number="894.361", author="İlyas, Əli", title="", year=1960, language="aze")
    '894.361 İLY 1960'
    """
    heading = author or title[article_length(title, language) :]
    mark = author_mark(heading, language)
    return _by_pattern(PATTERN, {"class": class_number, "mark": mark, "year": str(year or "")})


def author_mark(heading: str, language: str) -> str:
    """The first three letters of a heading, in capitals as the language writes them."""
    mark, letters = "", 0
    for character in heading:
        if character.isspace() and letters or letters == LETTERS and not _attached(character):
            break
        if _attached(character):
            mark += character if letters else ""
        elif character.isalnum():
            mark += character
            letters += 1
    return capitals(mark, language)


def mark_from_table(table: AuthorMarkTable, heading: str, language: str) -> str:
    """The mark of the last line of a table that does not stand behind the heading; "" where there is none.

    A table that gives numbers only gets the first letter of the heading before them.
    """
    key = filing_key(heading, language, table.language)
    lines = AuthorMark.objects.filter(table=table, sort_key__lte=key).order_by("-sort_key")
    line = lines.values_list("beginning", "mark").first()
    first = next((letter for letter in heading if letter.isalnum()), "")
    if not line or capitals(line[0][:1], language) != capitals(first, language):
        return ""
    return f"{capitals(first, language)}{line[1]}" if line[1].isdigit() else line[1]


def article_length(title: str, language: str) -> int:
    """How many signs of a title its article takes, for filing: MARC counts up to nine of them.

    >>> article_length("The castle", "eng"), article_length("Theseus", "eng"), article_length("L’été", "fre")
    (4, 0, 2)
    """
    articles = _ARTICLES.get(language)
    found = re.match(rf"(?:{articles})(?:(?<=['’])|\s+)(?=\S)", title, re.IGNORECASE) if articles else None
    return found.end() if found and found.end() < 10 else 0


def capitals(text: str, language: str) -> str:
    """Text in capitals as the language writes them."""
    if language in _WITHOUT_CAPITALS:
        return text
    return (text.replace("i", "İ") if language in _DOTTED_I else text).upper()


def _by_pattern(pattern: str, parts: dict[str, str]) -> str:
    """The pattern filled; with a part that is empty, what stood before it goes."""
    made = ""
    for before, name in re.findall(r"([^{}]*)(?:\{(\w+)\})?", pattern):
        value = parts.get(name, "")
        if not name:
            made += before
        elif value:
            made += (before if made or before.strip() else "") + value
    return " ".join(made.split())


def _attached(character: str) -> bool:
    """Whether a character belongs to the letter before it: the turned comma of Uzbek, a combining mark."""
    return unicodedata.category(character) in ("Lm", "Mn", "Sk") or character in "'’‘"
