"""Imports: files of records into the catalogue, by command or by the pages of staff; see ``run`` for how it goes."""

from catalog_pages.importing.options import EditedRule, MatchRule, OnMatch, Options, Reporter, Summary
from catalog_pages.importing.preparing import prepare
from catalog_pages.importing.run import import_marc, import_records

__all__ = [
    "EditedRule",
    "MatchRule",
    "OnMatch",
    "Options",
    "Reporter",
    "Summary",
    "import_marc",
    "import_records",
    "prepare",
]
