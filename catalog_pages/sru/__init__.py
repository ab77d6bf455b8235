"""SRU 1.1, 1.2 and 2.0 at ``/sru``: other programs search the catalogue in CQL.

diagnostics    what is answered to a question that cannot be met
cql            the question taken apart
translation    the question in the words of our search
answers        explain, searchRetrieve, scan
views          the address
"""
