"""Class schemes as rows: which beginning of a number belongs to which class, and so to which colour of label (A25).

``class_of`` and ``is_within`` answer from a table in memory, read anew when staff change it.
"""

from catalog_pages.class_schemes.tables import ClassRow, class_of, forget_tables, is_within, use_built_in

__all__ = ["ClassRow", "class_of", "forget_tables", "is_within", "use_built_in"]
