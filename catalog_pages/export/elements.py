"""XML that is always well-formed, whatever a record holds."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

# What XML 1.0 cannot say, not even as a reference.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XSI = "http://www.w3.org/2001/XMLSchema-instance"

Element: TypeAlias = Any  # of lxml, which has no types


def clean(text: str) -> str:
    """The text without characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def root(
    namespace: str, name: str, *, schema: str = "", prefixes: dict[str | None, str] | None = None
) -> Element:
    """An outermost element of a namespace; ``schema`` is the address of the schema that describes it."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap=(prefixes or {None: namespace}) | {"xsi": XSI})
    if schema:
        element.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
    return element


def add(parent: Element, name: str, text: str | int | None = None, /, **attributes: str) -> Element:
    """A new last child in the namespace of its parent, unless ``name`` names another as ``{namespace}name``."""
    if not name.startswith("{"):
        name = f"{{{etree.QName(parent).namespace}}}{name}"
    element = etree.SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = clean(str(text))
    return element


def document(element: Element) -> bytes:
    """The whole document in UTF-8, with its declaration."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")
