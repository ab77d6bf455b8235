"""Readers, as far as lending needs to know them: the least data (A30)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.models import Branch


class Reader(models.Model):
    """A member of the library, known by the number on the card."""

    card_number = models.CharField(_("card number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    home_branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="readers", verbose_name=_("library")
    )
    joined = models.DateField(_("member since"))
    is_synthetic = models.BooleanField(_("generated for tests"), default=False, editable=False)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        ordering = ["card_number"]

    def __str__(self) -> str:
        return self.card_number
