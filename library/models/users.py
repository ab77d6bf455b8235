"""Members of staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Accounts are personal and never shared (A29)."""

    branches = models.ManyToManyField(
        "library.Branch",
        blank=True,
        related_name="staff_accounts",
        verbose_name=_("libraries"),
        help_text=_("The libraries this person works for, and whose data she or he may edit."),
    )
