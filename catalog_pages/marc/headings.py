"""The names and subjects of a record with what their tags say of them: a person, a body, a place, a topic …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog_pages.marc import mapping, unimarc
from catalog_pages.marc.iso2709 import Marc

AUTHOR, SUBJECT = "author", "subject"

# By tags of MARC21; kinds are those of the authority file.
_NAMES = {"100": "person", "110": "body", "111": "body", "700": "person", "710": "body", "711": "body"}
_SUBJECTS = {
    "600": "person", "610": "body", "611": "body", "630": "work", "648": "subject", "650": "subject",
    "651": "place", "653": "subject", "655": "genre",
}  # fmt: skip
_TERM = "653"  # from no list of headings
# By tags of UNIMARC, RUSMARC and IRBIS.
_UNIMARC_NAMES = {"710": "body", "711": "body", "712": "body", "971": "body"} | {
    "720": "family", "721": "family", "722": "family"
}  # fmt: skip
_UNIMARC_SUBJECTS = {
    "600": "person", "601": "body", "602": "family", "604": "work", "605": "work", "606": "subject",
    "607": "place", "608": "genre",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tagged:
    """A heading as a record has it.

    ``text`` is what the record shows, ``heading`` the part before the subdivisions, ``is_term`` says that it comes
    from no list of headings.
    """

    role: str
    kind: str
    text: str
    heading: str
    is_term: bool = False

    @property
    def subdivision(self) -> str:
        """What follows behind the heading, without the first dash."""
        return self.text[len(self.heading) :].removeprefix(mapping.DASH)


def tagged_headings(marc: Marc) -> Iterator[Tagged]:
    """Authors and subjects as ``record_fields`` finds them, each as often as the record has it."""
    if marc.format in ("unimarc", "irbis"):
        return _of_unimarc(marc)
    return _of_marc21(marc)


def _of_marc21(marc: Marc) -> Iterator[Tagged]:
    for tag in mapping.NAME_TAGS:
        for indicators, parts in marc.subfields(tag):
            if name := mapping.name_of(parts):
                yield Tagged(AUTHOR, _family(_NAMES[tag], indicators), name, name)
    for tag in mapping.SUBJECT_TAGS:
        for indicators, parts in marc.subfields(tag):
            kind = _family(_SUBJECTS[tag], indicators)
            if kind != "subject" and any(code == "t" for code, _value in parts):
                kind = "work"
            yield from _subject(kind, mapping.subject_parts(parts), tag == _TERM)


def _of_unimarc(marc: Marc) -> Iterator[Tagged]:
    names = unimarc.IRBIS_NAMES if marc.format == "irbis" else unimarc.NAMES
    for tag in names:
        for parts in unimarc.fields_of(marc, tag):
            if name := unimarc.name_of(parts):
                yield Tagged(AUTHOR, _UNIMARC_NAMES.get(tag, "person"), name, name)
    for tag in unimarc.SUBJECTS:
        for parts in unimarc.fields_of(marc, tag):
            yield from _subject(_UNIMARC_SUBJECTS[tag], unimarc.subject_parts(marc, parts), False)
    for word in unimarc.keywords(marc):
        yield from _subject("subject", [word], True)


def _subject(kind: str, parts: list[str], is_term: bool) -> Iterator[Tagged]:
    if parts and parts[0]:
        yield Tagged(SUBJECT, kind, mapping.DASH.join(parts), parts[0], is_term)


def _family(kind: str, indicators: str) -> str:
    return "family" if kind == "person" and indicators[:1] == "3" else kind


def by_text(marc: Marc) -> Mapping[tuple[str, str], Tagged]:
    """The headings by role and text; the first of those that are the same."""
    found: dict[tuple[str, str], Tagged] = {}
    for tagged in tagged_headings(marc):
        found.setdefault((tagged.role, tagged.text), tagged)
    return found
