"""What a new record begins with on the MARC tab: leader, coded fields, and the lines that most records have."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils import timezone

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.layout import PARTS_OF_HOSTS
from catalog_pages.cataloguing.lines import to_lines
from catalog_pages.cataloguing.services import new_marc
from catalog_pages.cataloguing.unimarc_codes import UNIMARC_TYPES, UnimarcCodes
from library.names import language_code

_EMPTY = re.compile(r"\$[0-9A-Za-z](?=\$|\s*$)")
_LINES = {
    "marc21": ("020 ## $a", "100 1# $a", "245 00 $a", "264 #1 $a$b$c", "300 ## $a", "650 #4 $a"),
    "unimarc": ("010 ## $a", "200 1# $a", "210 ## $a$c$d", "215 ## $a", "606 0# $a", "700 #1 $a$b$g"),
}
# In which script titles are written; of the other languages in Latin.
_SCRIPTS = {"kaz": "ca", "rus": "ca", "geo": "ma"}
_OF_PERIODICALS = {"020 ## $a": "022 ## $a", "010 ## $a": "011 ## $a"}
_OF_ARTICLES = {"marc21": "773 0# $t$g", "unimarc": "463 #0 $t$v"}


def skeleton(material: str, rules: str) -> EditableMarc:
    """Leader and coded fields of a new record, in the library's language; ``rules`` are marc21 or unimarc."""
    language = language_code(settings.LANGUAGE_CODE)
    if rules == "marc21":
        marc = new_marc(material)
        marc.set_fixed(35, language or "und")
        return marc
    kind = UNIMARC_TYPES[material]
    marc, codes = EditableMarc(f"00000n{kind}0a22000000  450 ", []), UnimarcCodes()
    codes.set_year(marc, timezone.localdate().year)
    codes.set_languages(marc, [language] if language else ["und"])
    codes.set_cataloguing(marc, language or "und", _SCRIPTS.get(language, "ba"))
    return marc


def skeleton_lines(material: str, rules: str) -> str:
    """The skeleton as lines, with empty ones to be filled."""
    lines = [_OF_PERIODICALS.get(line, line) if material == "periodical" else line for line in _LINES[rules]]
    if material in PARTS_OF_HOSTS:
        lines = [line for line in lines if line[:3] not in ("020", "010", "264", "210")]
        lines.append(_OF_ARTICLES[rules])
    return "\n".join([to_lines(skeleton(material, rules), rules), *sorted(lines)])


def without_empty(text: str) -> str:
    """Lines without the subfields that nobody filled; what has none left is empty itself."""
    lines = (_EMPTY.sub("", line) if "$" in line[:9] else line for line in text.splitlines())
    return "\n".join("" if re.fullmatch(r"\w{3} [\w# ]{2}\s*", line) else line for line in lines)
