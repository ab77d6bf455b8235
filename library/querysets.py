"""Reads of the library room, in its own words."""

from django.db import models


class BranchQuerySet(models.QuerySet):
    def on_site(self) -> "BranchQuerySet":
        """Branches readers may see, in the system's order."""
        return self.filter(is_active=True)
