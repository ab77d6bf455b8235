"""What a reference is made of, read from the columns of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog_pages.citations.words import Words, words_of
from catalog_pages.models import Record

_PAGES = re.compile(r"(?<!\d)(\d{1,5})\s*(?:p|pages|с|s|səh|стр|б|бет|b|bet|გვ)\b\.?", re.IGNORECASE)
_END = " \t\r\n/:;,="
_INITIAL = re.compile(r"(?:^|[\s-])\w\.?$")
_PARTS_OF_NAME = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's surname and given names, or a body or a single name, which has no given ones."""

    family: str
    given: str = ""

    @classmethod
    def read(cls, heading: str) -> Name:
        """The name in a heading, without the dates, numbers and brackets that tell namesakes apart."""
        bare = re.sub(r"\s*\([^)]*\)\.?", "", heading)
        parts = [part.strip(_END) for part in bare.split(",")]
        family = parts[0] or heading.strip()
        given = parts[1] if len(parts) > 1 and not any(letter.isdigit() for letter in parts[1]) else ""
        return cls(family.rstrip(".") if not _INITIAL.search(family) else family, given)

    @property
    def initials(self) -> str:
        """Д. Р. for Джон Рональд: one letter for each name."""
        parts = _PARTS_OF_NAME.split(self.given.replace(".", ". "))
        return " ".join(f"{part[0].upper()}." for part in parts if part[:1].isalpha())

    @property
    def inverted(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def direct(self) -> str:
        return f"{self.given} {self.family}" if self.given else self.family

    @property
    def inverted_initials(self) -> str:
        return f"{self.family}, {self.initials}" if self.initials else self.family


@dataclass(frozen=True, slots=True)
class Host:
    """The journal or book in which an article stands, and where in it."""

    title: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A record as the styles see it."""

    names: tuple[Name, ...]
    title: str
    subtitle: str
    edition: str
    place: str
    publisher: str
    date: str
    pages: str
    series: str
    host: Host
    words: Words

    @classmethod
    def read(cls, record: Record, host: Host) -> Work:
        """The parts of a reference; a bare number of an edition becomes words of the record's language."""
        words = words_of(record.language)
        edition = _trimmed(record.edition)
        pages = _PAGES.search(record.extent)
        return cls(
            names=tuple(Name.read(author) for author in record.authors if author.strip()),
            title=_trimmed(record.title),
            subtitle=_trimmed(record.subtitle),
            edition=words.edition(edition) if edition.isdigit() else edition,
            place=_trimmed(record.place),
            publisher=_trimmed(record.publisher),
            date=str(record.year) if record.year is not None else _trimmed(record.year_text).strip("[]©"),
            pages=pages[1] if pages else "",
            series=_trimmed(record.series),
            host=host,
            words=words,
        )

    @property
    def whole_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def host_of(marc: list[tuple[str, str, list[tuple[str, str]]]]) -> Host:
    """The host of an article, from field 773 (or 463 of UNIMARC) of its MARC."""
    for tag, _indicators, parts in marc:
        if tag in ("773", "463"):
            values = dict(reversed(parts))
            return Host(_trimmed(values.get("t", "")), _trimmed(values.get("g", values.get("v", ""))))
    return Host()


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(_END)
