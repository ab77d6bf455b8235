"""What is amiss in records: ``rules`` tell it, ``findings`` keeps it, ``report`` shows it to staff."""

from catalog_pages.quality.rules import capitals

__all__ = ["capitals"]
