"""Which pictures and documents everybody may read: those in no collection that Wagtail's privacy settings shut."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from wagtail.models import Collection, CollectionViewRestriction


class InCollection(Protocol):
    collection: Collection


Kept = TypeVar("Kept", bound=InCollection)


def public_only(objects: Iterable[Kept]) -> list[Kept]:
    """Those of the pictures or documents that everybody may read, in one query beside that for their collections.

    A collection is shut together with all above it. Give objects with `select_related("collection")`.
    """
    shut = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return [one for one in objects if not one.collection.path.startswith(shut)]
