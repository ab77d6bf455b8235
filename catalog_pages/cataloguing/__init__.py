"""Cataloguing by hand: the form and the MARC of a record are two views of the same fields.

editable  a record's MARC, changed field by field; what is not touched stays byte for byte
layout    which MARC fields the form shows, for which kinds of material
values    from the MARC to what the form shows, and from what was typed to changes of the MARC
services  saving: columns come from the MARC by the rules of the import
lines     the MARC as lines of text, with checks
hosts     articles linked to the periodical, issue or book they stand in
"""
