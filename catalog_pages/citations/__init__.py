"""A record as others name it.

plain          one line for descriptions
styles         GOST R 7.0.5-2008, APA 7, MLA 9, Chicago 17 (notes and bibliography)
work           what the styles are made of: names taken apart, places, dates
words          what the languages of the records call an edition, a page, "and others"
linked_data    schema.org for machines
"""

from catalog_pages.citations.linked_data import linked_data
from catalog_pages.citations.plain import plain
from catalog_pages.citations.styles import Citation, in_styles

__all__ = ["Citation", "in_styles", "linked_data", "plain"]
