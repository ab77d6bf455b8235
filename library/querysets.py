"""Reads of the library room, in its own words."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from library.headings import fold_key

if TYPE_CHECKING:
    from library.models import Authority


class BranchQuerySet(models.QuerySet):
    def on_site(self) -> "BranchQuerySet":
        """Branches readers may see, in the system's order."""
        return self.filter(is_active=True)


class AuthorityQuerySet(models.QuerySet):
    def current(self) -> "AuthorityQuerySet":
        """Entries that are not merged into others."""
        return self.filter(merged_into=None)

    def like(self, text: str) -> "AuthorityQuerySet":
        """Entries with all the words in their heading or all of them in one other name, marks and case aside."""
        words = fold_key(text).split()
        if not words:
            return self.none() if text.strip() else self
        in_heading, in_name = Q(), Q()
        for word in words:
            in_heading &= Q(fold_key__contains=word)
            in_name &= Q(fold_key__contains=word)
        named = self.model._meta.get_field("names").related_model.objects.filter(in_name)
        return self.filter(in_heading | Q(pk__in=named.values("authority_id")))

    def perhaps_the_same_as(self, authority: "Authority") -> "AuthorityQuerySet":
        """Current entries of the same kind under the same heading, but for marks, or known under it."""
        keys = {authority.fold_key, *authority.names.values_list("fold_key", flat=True)}
        same = Q(fold_key__in=keys) | Q(names__fold_key__in=keys)
        return self.current().filter(same, kind=authority.kind).exclude(pk=authority.pk).distinct()
