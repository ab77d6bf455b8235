"""Names and subjects of records under the entries of the authority file, and a page for each of these.

``linking`` finds the entries behind the writes, ``following`` has records follow an entry that was changed or
merged, ``works`` reads what is by and about it, ``views`` shows that.
"""
