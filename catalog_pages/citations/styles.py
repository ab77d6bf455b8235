"""References in four styles, each in the language of the record where the style leaves it free."""

from __future__ import annotations

from dataclasses import dataclass

from catalog_pages.citations.work import Host, Work
from catalog_pages.models import Record

GOST_NAMES = 3  # with more, the title comes first
APA_NAMES = 20
CHICAGO_NAMES = 10


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference: the part ``italic`` is printed slanted."""

    style: str
    before: str
    italic: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.italic}{self.after}"


def in_styles(record: Record, address: str = "", host: Host | None = None) -> list[Citation]:
    """The record in every style; ``address`` is given where the work is read on line."""
    work = Work.read(record, host or Host())
    online = address if record.material == "electronic" else ""
    return [
        Citation(style, *cite(work, online))
        for style, cite in (
            ("GOST R 7.0.5-2008", gost),
            ("APA 7", apa),
            ("MLA 9", mla),
            ("Chicago 17", chicago),
        )
    ]


Parts = tuple[str, str, str]


def gost(work: Work, address: str) -> Parts:
    """Иванов И. И. Заглавие : подзаголовок. 2-е изд. М. : Наука, 2001. 310 с."""
    short = [f"{name.family} {name.initials}".strip() for name in work.names]
    title = f"{work.title} : {work.subtitle}" if work.subtitle else work.title
    if len(short) > GOST_NAMES:
        first = work.names[0]
        title += f" / {f'{first.initials} {first.family}'.strip()} [{work.words.others}]"
        short = []
    if work.host.title:
        parts = [f"{title} // {work.host.title}", _imprint(work, " : "), work.host.part]
    else:
        parts = [title, work.edition, _imprint(work, " : ")]
        parts += [f"{work.pages} {work.words.pages}"] if work.pages else []
        parts += [f"({work.series})"] if work.series else []
    return _sentences([", ".join(short), *parts, f"URL: {address}" if address else ""]), "", ""


def apa(work: Work, address: str) -> Parts:
    """Ivanov, I. I., & Petrov, P. (2001). *Title: subtitle* (2nd ed.). Nauka."""
    names = [name.inverted_initials for name in work.names]
    if len(names) > APA_NAMES:
        names = [*names[: APA_NAMES - 1], f"… {names[-1]}"]
        who = ", ".join(names)
    else:
        who = _listed(names, ", ", ", & ")
    date = f"({work.date or work.words.no_date})"
    if work.host.title:
        before = _sentences([who, date, work.whole_title])
        return f"{before} ", work.host.title, _closed(f", {work.host.part}" if work.host.part else "")
    edition = f" ({work.edition})" if work.edition else ""
    after = _sentences([work.publisher], address)
    if not who:  # the title takes the author's place
        return (
            "",
            work.whole_title,
            f"{_closed(edition) or _end_of(work.whole_title)} {date}. {after}".rstrip(),
        )
    return (
        f"{_sentences([who, date])} ",
        work.whole_title,
        f"{_closed(edition) or _end_of(work.whole_title)} {after}".rstrip(),
    )


def mla(work: Work, address: str) -> Parts:
    """Ivanov, Ivan, and Petr Petrov. *Title: subtitle*. 2nd ed., Nauka, 2001."""
    names = [work.names[0].inverted] if work.names else []
    if len(work.names) == 2:
        names = [f"{names[0]}, {work.words.last_and} {work.names[1].direct}"]
    elif len(work.names) > 2:
        names = [f"{names[0]}, {work.words.others}"]
    who = _before(names)
    if work.host.title:
        rest = ", ".join(filter(None, (work.host.part, work.date)))
        return f"{who}“{_closed(work.whole_title)}” ", work.host.title, _closed(f", {rest}" if rest else "")
    rest = _closed(", ".join(filter(None, (work.edition, work.publisher, work.date))))
    return who, work.whole_title, f"{_end_of(work.whole_title)} {_with(rest, address)}".rstrip()


def chicago(work: Work, address: str) -> Parts:
    """Ivanov, Ivan, and Petr Petrov. *Title: subtitle*. 2nd ed. Moscow: Nauka, 2001."""
    shown = work.names[:7] if len(work.names) > CHICAGO_NAMES else work.names
    names = [name.inverted if not at else name.direct for at, name in enumerate(shown)]
    if len(work.names) > CHICAGO_NAMES:
        listed = f"{', '.join(names)}, {work.words.others}"
    else:
        listed = _listed(names, ", ", f", {work.words.last_and} ")
    who = _before([listed] if listed else [])
    if work.host.title:
        rest = ", ".join(filter(None, (work.host.part, work.date)))
        return f"{who}“{_closed(work.whole_title)}” ", work.host.title, _closed(f", {rest}" if rest else "")
    imprint = _imprint(work, ": ", unknown=True)
    after = _sentences([work.edition, work.series, imprint], address)
    return who, work.whole_title, f"{_end_of(work.whole_title)} {after}"


def _imprint(work: Work, colon: str, *, unknown: bool = False) -> str:
    place = work.place or (work.words.no_place if unknown and not work.publisher else "")
    house = colon.join(filter(None, (place, work.publisher)))
    return ", ".join(filter(None, (house, work.date or (work.words.no_date if unknown else ""))))


def _listed(names: list[str], comma: str, last: str) -> str:
    return last.join(filter(None, (comma.join(names[:-1]), *names[-1:])))


def _before(names: list[str]) -> str:
    return f"{_closed(names[0])} " if names else ""


def _sentences(parts: list[str], address: str = "") -> str:
    return _with(" ".join(_closed(part) for part in parts if part), address)


def _with(text: str, address: str) -> str:
    return f"{text} {address}".strip() if address else text


def _closed(text: str) -> str:
    """The text with its full stop, unless it has one already."""
    return text + _end_of(text)


def _end_of(text: str) -> str:
    return "" if not text or text.endswith((".", "!", "?", "…")) else "."
