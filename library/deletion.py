"""What stands in the way of deleting something, in words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import CASCADE, PROTECT, RESTRICT, Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst

from library.models import Branch

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Rows of one kind that must go first."""

    name: str
    count: int
    examples: list[str]


def refuse(request: HttpRequest, objects: Iterable[object], found: list[Obstacle]) -> HttpResponse:
    """The page that says what must go first."""
    objects = list(objects)
    is_branch = any(isinstance(one, Branch) for one in objects)
    context = {"objects": objects, "obstacles": found, "is_branch": is_branch}
    return render(request, "library/cannot_delete.html", context, status=409)


class RefusedDeletionMiddleware:
    """The same page where something came to depend on an object while it was being deleted, in whatever room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ProtectedError):
            return refuse(request, [], _by_kind(error.protected_objects))
        if isinstance(error, RestrictedError):
            return refuse(request, [], _by_kind(error.restricted_objects))
        return None


def _by_kind(objects: Iterable[Model]) -> list[Obstacle]:
    def name(one: Model) -> str:
        return str(capfirst(one._meta.verbose_name_plural))

    groups = ((kind, list(group)) for kind, group in groupby(sorted(objects, key=name), name))
    return [Obstacle(kind, len(group), [str(one) for one in group[:EXAMPLES]]) for kind, group in groups]


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
