"""The table of forms in which a record is given away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.export.bibtex import bibtex
from catalog_pages.export.dublin_core import dublin_core
from catalog_pages.export.elements import Element, document
from catalog_pages.export.marc_json import marc_json
from catalog_pages.export.marcxml import marcxml
from catalog_pages.export.mods import mods
from catalog_pages.export.outgoing import Outgoing
from catalog_pages.export.ris import ris


@dataclass(frozen=True, slots=True)
class Format:
    """A form: how its addresses end, its media type, what readers call it, and who writes it."""

    name: str
    media_type: str
    label: str | Promise
    write: Callable[[Outgoing], bytes]


def _as_document(write: Callable[[Outgoing], Element]) -> Callable[[Outgoing], bytes]:
    return lambda outgoing: document(write(outgoing))


FORMATS: Mapping[str, Format] = {
    found.name: found
    for found in (
        Format("ris", "application/x-research-info-systems", _("RIS, for reference managers"), ris),
        Format("bib", "application/x-bibtex", "BibTeX", bibtex),
        Format("mrc", "application/marc", "MARC (ISO 2709)", lambda outgoing: outgoing.marc),
        Format("xml", "application/marcxml+xml", "MARCXML", _as_document(marcxml)),
        Format("json", "application/marc+json", "MARC-in-JSON", marc_json),
        Format("mods", "application/mods+xml", "MODS", _as_document(mods)),
        Format("dc", "application/xml", "Dublin Core", _as_document(dublin_core)),
    )
}
