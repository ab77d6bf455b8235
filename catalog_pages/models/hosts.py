"""How far articles have been linked to what they stand in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HostsLinked(models.Model):
    """One row: records changed up to here have been looked at; see catalog_pages.cataloguing.hosts."""

    updated_at = models.DateTimeField()
    record_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("place of the linking of articles")
        verbose_name_plural = _("places of the linking of articles")

    def __str__(self) -> str:
        return f"{self.updated_at:%Y-%m-%d %H:%M} {self.record_id}"
