"""The rules for which there is a form."""

from collections.abc import Mapping

from catalog_pages.cataloguing.irbis_fields import IRBIS
from catalog_pages.cataloguing.layout import Rules
from catalog_pages.cataloguing.marc21_fields import MARC21
from catalog_pages.cataloguing.unimarc_fields import UNIMARC

FORM_RULES: Mapping[str, Rules] = {rules.name: rules for rules in (MARC21, UNIMARC, IRBIS)}
GROUP_NAMES = frozenset(group.name for rules in FORM_RULES.values() for group in rules.groups)
