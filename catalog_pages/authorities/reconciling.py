"""Entries that records have made before an authority file said that their heading is another name of something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from library.authorities import AuthorityError, merge
from library.models import Authority, AuthorityName


def merge_known_names(authority_ids: Collection[int]) -> int:
    """Merge into these entries the unchecked ones that stand under one of their other names; return how many.

    So it does not matter whether records or authority records come first. Only what an import has made is merged:
    entries that nobody has checked, with records, without names, numbers or relations of their own; only where the
    name belongs to one entry. Each merge is a transaction of its own.
    """
    merged = 0
    for keep, duplicate in list(_pairs(authority_ids)):
        try:
            merge(keep=keep, duplicate=duplicate)
        except AuthorityError:
            continue  # merged by somebody else meanwhile
        merged += 1
    return merged


def _pairs(authority_ids: Collection[int]) -> Iterator[tuple[int, int]]:
    own = AuthorityName.objects.filter(authority_id__in=authority_ids, authority__merged_into=None)
    keys = set(own.values_list("match_key", flat=True))
    bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
    names = AuthorityName.objects.filter(match_key__in=keys, authority__merged_into=None)
    for pk, kind, key in names.values_list("authority_id", "authority__kind", "match_key"):
        bearers[kind, key].add(pk)
    bare = Authority.objects.current().filter(
        match_key__in=keys, is_verified=False, names=None, identifiers=None, relations=None
    )
    made = bare.filter(record_links__isnull=False).distinct()
    for pk, kind, key in made.order_by("pk").values_list("pk", "kind", "match_key"):
        known = bearers[kind, key] - {pk}
        if len(known) == 1 and known <= set(authority_ids):
            yield next(iter(known)), pk
