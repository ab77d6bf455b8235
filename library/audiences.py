"""Who may find what: the names under which the index keeps what is not for everyone.

What is findable says by which of these names it may be found (`Document.audience`); who searches has some of them
(`search_audience`). One name in common is enough.
"""

from typing import Any

from django.contrib.auth.models import Group

from search.documents import EVERYONE

SIGNED_IN = "signed-in"
STAFF = "staff"


def group_audience(pk: int) -> str:
    """The name of a group of accounts."""
    return f"group:{pk}"


def search_audience(user: Any) -> tuple[str, ...]:
    """The names by which this user, or an anonymous visitor, finds things. Without an account it asks nothing."""
    if not user.is_authenticated:
        return (EVERYONE,)
    staff = [STAFF] if user.has_perm("wagtailadmin.access_admin") else []
    groups = Group.objects.all() if user.is_superuser else user.groups.all()
    keys = groups.order_by("pk").values_list("pk", flat=True)
    return (EVERYONE, SIGNED_IN, *staff, *map(group_audience, keys))
