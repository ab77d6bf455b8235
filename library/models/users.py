"""Members of staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
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

    @cached_property
    def branch_ids(self) -> frozenset[int]:
        """The numbers of the libraries she or he works for, asked for once in a request."""
        return frozenset(self.branches.values_list("pk", flat=True))
