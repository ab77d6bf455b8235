"""See and see also: what the authority file says about the headings on a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog_pages.headings import fold_key as heading_fold_key
from catalog_pages.models import Heading
from library.headings import fold_key, match_key
from library.models import Authority, AuthorityName, AuthorityRelation

MOST_SEEN = 8
_KINDS = {
    Heading.Kind.AUTHOR: (Authority.Kind.PERSON, Authority.Kind.BODY, Authority.Kind.FAMILY),
    Heading.Kind.SUBJECT: tuple(Authority.Kind),
}


@dataclass(frozen=True, slots=True)
class See:
    """A name that is not used, and the heading under which the records stand."""

    name: str
    heading: Heading


def see(kind: str, start: str) -> list[See]:
    """References from names that begin with what somebody typed to the headings in use."""
    folded = fold_key(start)
    if not folded:
        return []
    names = AuthorityName.objects.filter(
        fold_key__startswith=folded,
        authority__kind__in=_KINDS[Heading.Kind(kind)],
        authority__merged_into=None,
    ).select_related("authority")
    found = [(name.name, name.authority) for name in names.order_by("fold_key", "pk")[: MOST_SEEN * 4]]
    used = _headings(kind, [authority for _name, authority in found])
    references = [
        See(name, used[authority.pk])
        for name, authority in found
        if authority.pk in used and used[authority.pk].text != name
    ]
    return references[:MOST_SEEN]


def see_also(kind: str, headings: Sequence[Heading]) -> Mapping[int, list[Heading]]:
    """For headings of a page, by their number: the preferred form of a name, and related headings in use."""
    here = {match_key(heading.text): heading for heading in headings}
    keys = {fold_key(heading.text) for heading in headings}
    kinds = _KINDS[Heading.Kind(kind)]
    names = AuthorityName.objects.filter(
        fold_key__in=keys, authority__kind__in=kinds, authority__merged_into=None
    )
    relations = AuthorityRelation.objects.filter(
        authority__fold_key__in=keys, authority__kind__in=kinds, other__merged_into=None
    )
    pairs = [(name.match_key, name.authority) for name in names.select_related("authority").order_by("pk")]
    pairs += [
        (relation.authority.match_key, relation.other)
        for relation in relations.select_related("authority", "other").order_by("pk")
    ]
    used = _headings(kind, [authority for _match, authority in pairs])
    also: dict[int, list[Heading]] = defaultdict(list)
    for match, authority in pairs:
        heading, other = here.get(match), used.get(authority.pk)
        if heading and other and other.pk != heading.pk and other not in also[heading.pk]:
            also[heading.pk].append(other)
    return also


def _headings(kind: str, authorities: Iterable[Authority]) -> dict[int, Heading]:
    """The headings in use for authorities, by the number of the authority; letters and dates must be the same."""
    forms = {authority.pk: [str(authority), authority.heading] for authority in authorities}
    folded = {heading_fold_key(text) for texts in forms.values() for text in texts}
    found = {match_key(h.text): h for h in Heading.objects.filter(kind=kind, fold_key__in=folded)}
    used: dict[int, Heading] = {}
    for pk, texts in forms.items():
        for text in texts:
            if heading := found.get(match_key(text)):
                used.setdefault(pk, heading)
    return used
