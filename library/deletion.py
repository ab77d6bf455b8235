"""What stands in the way of deleting something, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CASCADE, PROTECT, RESTRICT, Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.text import capfirst

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Rows of one kind that must go first."""

    name: str
    count: int
    examples: list[str]


def obstacles(*objects: Model) -> list[Obstacle]:
    """Return what protects the objects (all of one model), directly or through what would be deleted with them.

    Counted in the database: a branch may have a hundred thousand items.
    """
    if not objects:
        return []
    model = type(objects[0])
    rows = model._base_manager.filter(pk__in=[one.pk for one in objects])
    return list(_obstacles(rows, seen={model}))


def _obstacles(rows: QuerySet, seen: set[type[Model]]) -> Iterator[Obstacle]:
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        related = relation.related_model
        found = related._base_manager.filter(**{f"{relation.field.name}__in": rows.order_by().values("pk")})
        if relation.on_delete in (PROTECT, RESTRICT):
            count = found.count()
            if count:
                examples = [str(one) for one in found[:EXAMPLES]]
                yield Obstacle(str(capfirst(related._meta.verbose_name_plural)), count, examples)
        elif relation.on_delete is CASCADE and related not in seen:
            seen.add(related)
            yield from _obstacles(found, seen)
