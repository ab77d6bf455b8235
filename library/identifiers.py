"""Identifiers by which other libraries know a person, a body, a place or a subject."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum import isni
from stdnum.exceptions import ValidationError as InvalidNumber


class Scheme(models.TextChoices):
    VIAF = "viaf", "VIAF"
    WIKIDATA = "wikidata", "Wikidata"
    ISNI = "isni", "ISNI"
    GND = "gnd", "GND"
    LC = "lc", _("Library of Congress")
    LOCAL = "local", _("Local number")


@dataclass(frozen=True, slots=True)
class _Format:
    pattern: str
    example: str
    address: str


_FORMATS = {
    Scheme.VIAF: _Format(r"[1-9]\d{0,21}", "66462281", "https://viaf.org/viaf/{}"),
    Scheme.WIKIDATA: _Format(r"Q[1-9]\d{0,11}", "Q9248", "https://www.wikidata.org/wiki/{}"),
    Scheme.ISNI: _Format(r"\d{15}[\dX]", "0000000121032683", "https://isni.org/isni/{}"),
    Scheme.GND: _Format(
        r"1[0-3]?\d{7}[\dX]|[1-9]\d{0,7}-[\dX]|3\d{7}[\dX]", "118540238", "https://d-nb.info/gnd/{}"
    ),
    Scheme.LC: _Format(r"[a-z]{1,3}\d{8,10}", "n79021164", "https://id.loc.gov/authorities/{}"),
}
_ADDRESS = re.compile(r"https?://[^\s?#]*/([^/\s?#]+)/?", re.IGNORECASE)
_LABEL = re.compile(r"^\(?(?:VIAF|DE-588|DLC|ISNI|Wikidata)\)?:?", re.IGNORECASE)


def normalised(scheme: str, value: str) -> str:
    """The identifier as its scheme writes it, from a number or a whole address.

    Raises django.core.exceptions.ValidationError with the form that was expected.
    """
    value = " ".join(value.split())
    if scheme == Scheme.LOCAL:
        return value
    if found := _ADDRESS.fullmatch(value):
        value = found[1]
    value = _LABEL.sub("", value).replace(" ", "")
    value = value.lower() if scheme == Scheme.LC else value.upper()
    if scheme == Scheme.ISNI:
        value = value.replace("-", "")
    expected = _FORMATS[Scheme(scheme)]
    if not re.fullmatch(expected.pattern, value) or (scheme == Scheme.ISNI and not _is_isni(value)):
        raise ValidationError(
            _("This is not a number of %(scheme)s. It looks like this: %(example)s"),
            code="identifier",
            params={"scheme": Scheme(scheme).label, "example": expected.example},
        )
    return value


def address(scheme: str, value: str) -> str:
    """Where the identifier leads, or nothing for a local number."""
    known = _FORMATS.get(Scheme(scheme))
    return known.address.format(value) if known else ""


def _is_isni(value: str) -> bool:
    try:
        isni.validate(value)
    except InvalidNumber:
        return False
    return True
