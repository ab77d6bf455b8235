"""Members of staff."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Accounts are personal and never shared (A29)."""
