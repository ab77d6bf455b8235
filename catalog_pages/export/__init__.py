"""Records in the forms that other programs ask for: one small module for each form.

outgoing       a record on its way out, with its whole MARC in the order in which it came
formats        the table of forms: name, media type, writer
elements       XML that is always well-formed, whatever the record holds
"""
