"""The ten main classes whose colours mark the shelves, reached from DDC, UDC and BBK numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.class_schemes import class_of
from library.text import in_language

CLASS_NAMES: tuple[Promise, ...] = (
    _("General works"),
    _("Philosophy, psychology"),
    _("Religion"),
    _("Social sciences"),
    _("Languages"),
    _("Natural sciences"),
    _("Technology, medicine"),
    _("Arts, sport"),
    _("Literature"),
    _("History, geography"),
)


def main_class(scheme: str, number: str) -> int | None:
    """The main class (0–9) of a call or class number in ``ddc``, ``udc`` or ``bbk``; None where it has none."""
    found = class_of(scheme, number)
    return found.colour if found else None


def class_name(digit: int | None) -> str:
    """The translated name of a main class, empty for None."""
    return "" if digit is None else str(CLASS_NAMES[digit])


def name_of_number(scheme: str, number: str) -> str:
    """The name staff gave to the class of a number, else that of its main class, else nothing."""
    found = class_of(scheme, number)
    return (in_language(found.name) or class_name(found.colour)) if found else ""
