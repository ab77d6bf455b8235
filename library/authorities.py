"""Writes of the authority file: finding or creating entries, merging two of them, relating them.

ids = find_or_create_many(headings=[("person", "Xaqani Şirvani, 1126–1199"), ("subject", "Poetry")])
merge(keep=ids[0], duplicate=other)     # rows of every room follow; `other` stays as a redirect
resolve(other)                          # the entry that was kept
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import log

from library.headings import fold_key, match_key
from library.models import Authority, AuthorityIdentifier, AuthorityName, AuthorityRelation
from library.models.authorities import HEADING_LENGTH, contradiction

REFERENCES_HOOK = "register_authority_references"
MERGED = "library.merge_authorities"
Heading = tuple[str, str]
Key = tuple[str, str]


class AuthorityError(Exception):
    """What cannot be done with an entry; `str()` is a sentence for staff."""

    sentence = _("This cannot be done with the entry.")

    def __str__(self) -> str:
        return str(self.sentence)


class WithItself(AuthorityError):
    sentence = _("An entry cannot be merged with itself, or related to itself.")


class DifferentKinds(AuthorityError):
    sentence = _("Only entries of the same kind can be merged: a person with a person, a place with a place.")


class AlreadyMerged(AuthorityError):
    sentence = _("One of the two has been merged already. Choose the entry it was merged into.")


class UnknownAuthority(AuthorityError):
    sentence = _("There is no such entry.")


class UnknownKind(AuthorityError):
    sentence = _("There is no such kind of entry.")


class EmptyHeading(AuthorityError):
    sentence = _("A heading needs at least one letter or digit.")


class TooLong(AuthorityError):
    sentence = _("This heading is too long.")


class Contradiction(AuthorityError):
    sentence = _("One entry cannot be broader and narrower, earlier and later, or member and group at once.")


# --- Finding or creating ------------------------------------------------------------------------------


def find_or_create(*, kind: str, heading: str, dates: str = "") -> Authority:
    """The entry under this heading or one that has it as another name; a new, unchecked one where there is none.

    Raises UnknownKind or EmptyHeading.
    """
    text = f"{heading.strip().rstrip(',')}, {dates.strip()}" if dates.strip() else heading
    (pk,) = find_or_create_many(headings=[(kind, text)])
    return Authority.objects.get(pk=pk)


def find_or_create_many(*, headings: Sequence[Heading]) -> list[int]:
    """The ids of the entries for pairs of kind and heading, in their order; see `find_or_create`.

    Made for imports: however many headings there are, the entries are found by three queries. What several
    processes create at the same time is created once. Raises UnknownKind or EmptyHeading before anything is written.
    """
    keys = [_checked_key(kind, heading) for kind, heading in headings]
    first_spelling: dict[Key, str] = {}
    for key, (_kind, heading) in zip(keys, headings, strict=True):
        first_spelling.setdefault(key, heading)
    known = _find(first_spelling)
    missing = {key: heading for key, heading in first_spelling.items() if key not in known}
    if missing:
        known |= _create(missing)
    return [known[key] for key in keys]


def create_many(*, headings: Iterable[Heading]) -> dict[Heading, int]:
    """Entries for pairs of kind and heading that `find_many` has not found; those made meanwhile are found.

    Raises UnknownKind or EmptyHeading before anything is written.
    """
    keys = {heading: _checked_key(*heading) for heading in headings}
    first_spelling: dict[Key, str] = {}
    for heading, key in keys.items():
        first_spelling.setdefault(key, heading[1])
    known = _create(first_spelling) if keys else {}
    return {heading: known[key] for heading, key in keys.items()}


def _create(missing: Mapping[Key, str]) -> dict[Key, int]:
    new = [_new_entry(kind, heading) for (kind, _), heading in missing.items()]
    with transaction.atomic():
        Authority.objects.bulk_create(new, ignore_conflicts=True)
    return _find_current(missing)


def find_many(*, headings: Iterable[Heading], folded_kinds: Iterable[str] = ()) -> dict[Heading, int]:
    """The ids of the entries there are for pairs of kind and heading; those without one are left out.

    They are found as `find_or_create_many` finds them; then, for `folded_kinds`, under the one heading
    that differs in marks and special letters only.
    """
    keys = {
        heading: (heading[0], key) for heading in headings if (key := match_key(heading[1][:HEADING_LENGTH]))
    }
    known = _find(keys.values())
    found = {heading: known[key] for heading, key in keys.items() if key in known}
    folded = {
        (kind, text): fold_key(text[:HEADING_LENGTH])
        for kind, text in keys.keys() - found.keys()
        if kind in folded_kinds
    }
    if folded:
        alike: dict[Key, set[int]] = defaultdict(set)
        rows = Authority.objects.current().filter(fold_key__in=set(folded.values()))
        for pk, kind, key in rows.values_list("pk", "kind", "fold_key"):
            alike[kind, key].add(pk)
        for heading, key in folded.items():
            if len(bearers := alike[heading[0], key]) == 1:
                found[heading] = next(iter(bearers))
    return found


def find_merged(*, headings: Iterable[str]) -> dict[str, int]:
    """The entries into which what stood under these headings was merged, of whatever kind; only where it is one.

    So a word from no list of headings leads where a librarian has put it.
    """
    keys = {heading: key for heading in headings if (key := match_key(heading[:HEADING_LENGTH]))}
    rows = Authority.objects.exclude(merged_into=None).filter(match_key__in=set(keys.values()))
    kept: dict[str, set[int]] = defaultdict(set)
    for pk, key in rows.values_list("merged_into", "match_key"):
        kept[key].add(pk)
    return {heading: next(iter(kept[key])) for heading, key in keys.items() if len(kept[key]) == 1}


def _checked_key(kind: str, heading: str) -> Key:
    if kind not in Authority.Kind.values:
        raise UnknownKind
    key = match_key(heading[:HEADING_LENGTH])
    if not key:
        raise EmptyHeading
    return kind, key


def _new_entry(kind: str, heading: str) -> Authority:
    authority = Authority(kind=kind, heading=" ".join(heading[:HEADING_LENGTH].split()))
    authority.set_keys()
    return authority


def _find(keys: Iterable[Key]) -> dict[Key, int]:
    """Entries by their own heading first, then through redirects, then by other names that are not ambiguous."""
    keys = set(keys)
    known = _find_current(keys)
    if missing := keys - known.keys():
        rows = Authority.objects.exclude(merged_into=None).filter(match_key__in={key for _, key in missing})
        redirects = {
            (kind, key): pk for pk, kind, key in rows.values_list("merged_into", "kind", "match_key")
        }
        known |= {key: redirects[key] for key in missing & redirects.keys()}
    if missing := keys - known.keys():
        known |= _find_by_name(missing)
    return known


def _find_current(keys: Iterable[Key]) -> dict[Key, int]:
    rows = Authority.objects.current().filter(match_key__in={key for _, key in keys})
    found = {(kind, key): pk for pk, kind, key in rows.values_list("pk", "kind", "match_key")}
    return {key: found[key] for key in keys if key in found}


def _find_by_name(keys: set[Key]) -> dict[Key, int]:
    rows = AuthorityName.objects.filter(match_key__in={key for _, key in keys}, authority__merged_into=None)
    bearers: dict[Key, set[int]] = defaultdict(set)
    for pk, kind, key in rows.values_list("authority", "authority__kind", "match_key"):
        bearers[kind, key].add(pk)
    return {key: next(iter(bearers[key])) for key in keys if len(bearers[key]) == 1}


# --- Redirects ----------------------------------------------------------------------------------------


def resolve(pk: int) -> Authority:
    """The entry with this id, or the one it was merged into. Raises UnknownAuthority."""
    authority = Authority.objects.select_related("merged_into").filter(pk=pk).first()
    if authority is None:
        raise UnknownAuthority
    return authority.merged_into or authority


# --- Relations ----------------------------------------------------------------------------------------


@transaction.atomic
def relate(*, authority: Authority, kind: str, other: Authority) -> AuthorityRelation:
    """Relate two entries, from both sides. Raises WithItself or Contradiction."""
    if authority.pk == other.pk:
        raise WithItself
    relation = AuthorityRelation(authority=authority, kind=kind, other=other)
    if contradiction([*AuthorityRelation.objects.filter(authority=authority), relation]):
        raise Contradiction
    both = [relation, relation.opposite()]
    AuthorityRelation.objects.bulk_create(both, ignore_conflicts=True)
    return AuthorityRelation.objects.get(authority=authority, kind=kind, other=other)


@transaction.atomic
def pair_relations(*, authority: Authority) -> None:
    """Make the other side of the entry's relations agree with what stands in the entry itself."""
    own = AuthorityRelation.objects.filter(authority=authority)
    wanted = {_identity(opposite): opposite for opposite in (relation.opposite() for relation in own)}
    there = {
        _identity(relation): relation.pk for relation in AuthorityRelation.objects.filter(other=authority)
    }
    left_over = [pk for identity, pk in there.items() if identity not in wanted]
    AuthorityRelation.objects.filter(pk__in=left_over).delete()
    AuthorityRelation.objects.bulk_create(
        [opposite for identity, opposite in wanted.items() if identity not in there], ignore_conflicts=True
    )


def _identity(relation: AuthorityRelation) -> tuple[int, str, int]:
    return relation.authority_id, str(relation.kind), relation.other_id


# --- Merging ------------------------------------------------------------------------------------------


@transaction.atomic
def merge(*, keep: int, duplicate: int, user: Any = None) -> Authority:
    """Merge the entry `duplicate` into `keep`, both given by id; return the one that was kept.

    Names, numbers and relations move, empty fields are filled, every room moves what refers to the duplicate
    (hook `register_authority_references`), and the duplicate stays as a redirect. Raises WithItself,
    UnknownAuthority, AlreadyMerged or DifferentKinds, and changes nothing then.
    """
    kept, gone = _both_locked(keep, duplicate)
    # The redirect first: from here on `gone` may have the heading of `kept` without offending the constraint.
    gone.merged_into, gone.is_verified = kept, False
    gone.save()
    Authority.objects.filter(merged_into=gone).update(merged_into=kept)
    _move_names(kept, gone)
    AuthorityIdentifier.objects.filter(authority=gone).update(authority=kept)
    _move_relations(kept, gone)
    if user is not None:
        kept.is_verified = (
            True  # who merges has looked at both: records follow, also those with other marks alone
        )
    _fill_gaps(kept, gone)
    for moved_by in hooks.get_hooks(REFERENCES_HOOK):
        move: Callable[..., None] = moved_by()
        move(keep=kept.pk, duplicate=gone.pk)
    log(instance=kept, action=MERGED, user=user, data={"duplicate": {"id": gone.pk, "heading": str(gone)}})
    return kept


def _both_locked(keep: int, duplicate: int) -> tuple[Authority, Authority]:
    if keep == duplicate:
        raise WithItself
    rows: Mapping[int, Authority] = {
        row.pk: row
        for row in Authority.objects.select_for_update().filter(pk__in=[keep, duplicate]).order_by("pk")
    }
    if len(rows) < 2:
        raise UnknownAuthority
    kept, gone = rows[keep], rows[duplicate]
    if kept.merged_into_id or gone.merged_into_id:
        raise AlreadyMerged
    if kept.kind != gone.kind:
        raise DifferentKinds
    return kept, gone


def _move_names(kept: Authority, gone: Authority) -> None:
    names = AuthorityName.objects.filter(authority=kept)
    known = {kept.match_key, *names.values_list("match_key", flat=True)}
    moving = []
    for name in [
        AuthorityName(name=str(gone)[:HEADING_LENGTH]),
        *AuthorityName.objects.filter(authority=gone),
    ]:
        name.pk, name.authority = None, kept
        name.set_keys()
        if name.match_key not in known:
            known.add(name.match_key)
            moving.append(name)
    AuthorityName.objects.bulk_create(moving, ignore_conflicts=True)
    AuthorityName.objects.filter(authority=gone).delete()


def _move_relations(kept: Authority, gone: Authority) -> None:
    said = list(AuthorityRelation.objects.filter(authority=kept))
    for relation in AuthorityRelation.objects.filter(authority=gone).exclude(other=kept):
        moved = AuthorityRelation(authority=kept, kind=relation.kind, other_id=relation.other_id)
        # What the two entries said against each other, a librarian must decide; the kept one's word stands.
        if not contradiction([*said, moved]):
            said.append(moved)
    AuthorityRelation.objects.filter(authority=gone).delete()
    AuthorityRelation.objects.filter(other=gone).delete()
    AuthorityRelation.objects.bulk_create([row for row in said if row.pk is None], ignore_conflicts=True)
    pair_relations(authority=kept)


def _fill_gaps(kept: Authority, gone: Authority) -> None:
    """What only the duplicate says is not lost; dates are part of the heading and stay as they are."""
    kept.note = {**gone.note, **{code: text for code, text in kept.note.items() if text}}
    if kept.latitude is None:
        kept.latitude, kept.longitude = gone.latitude, gone.longitude
    kept.save()
