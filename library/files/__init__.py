"""Files: what may be uploaded, where it lies, who may read it, and how it is served.

Public pictures lie in the media folder. Whatever is restricted lies in PRIVATE_ROOT and is served by one view, which
asks may_read().
"""
