"""Who may read a file: one register for all rooms, and remembered answers.

A room registers a FileAccess for each model that has a file:

    @hooks.register("register_file_access")
    def photograph_file():
        return FileAccess("photograph", Photograph, file=lambda photo: photo.master, may_read=may_see_photograph)
"""

import re
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from wagtail import hooks

REMEMBER_SECONDS = 5 * 60
GENERATION_SECONDS = 24 * 60 * 60
LONGEST_NAME = 120


def visitor_class(principal: Any) -> str | None:
    """Anonymous visitors are all alike; what a signed-in person may read depends on her, and is not remembered."""
    return None if getattr(principal, "is_authenticated", False) else "public"


@dataclass(frozen=True)
class FileAccess:
    """How the files of one model are found and guarded.

    `kind` stands in their addresses. `may_read(principal, object)` decides; `visitor_class(principal)` names those
    for whom the decision is the same (None: ask each time). The decision may depend on nothing else than the object,
    which is asked again when it is saved; for all else call access_changed().
    """

    kind: str
    model: type[Model]
    file: Callable[[Any], FieldFile]
    may_read: Callable[[Any, Any], bool]
    name: Callable[[Any], str] | None = None
    visitor_class: Callable[[Any], str | None] = visitor_class

    def file_name(self, obj: Any) -> str:
        """The name the file is saved under by whoever downloads it."""
        return safe_name(self.name(obj) if self.name else PurePath(self.file(obj).name or "").name)


class NotGuarded(LookupError):
    """No FileAccess is registered for the object's model: nobody may read it."""


def kinds() -> dict[str, FileAccess]:
    """All that is registered, by kind."""
    return {access.kind: access for access in (hook() for hook in hooks.get_hooks("register_file_access"))}


def access_for(obj: Model) -> FileAccess:
    """The entry for an object. Raises NotGuarded."""
    for access in kinds().values():
        if isinstance(obj, access.model):
            return access
    raise NotGuarded(type(obj).__name__)


def may_read(principal: Any, obj: Model) -> bool:
    """Whether a visitor may read an object's file; remembered for each class of visitors. Raises NotGuarded."""
    access = access_for(obj)
    visitors = access.visitor_class(principal)
    if visitors is None:
        return bool(access.may_read(principal, obj))
    generation_key, decision_key = _keys(access, obj.pk, visitors)
    known = cache.get_many([generation_key, decision_key])
    generation = known.get(generation_key)
    decided_in, decision = known.get(decision_key, (None, False))
    if generation and decided_in == generation:
        return bool(decision)
    if not generation:
        generation = uuid.uuid4().hex
        cache.set(generation_key, generation, GENERATION_SECONDS)
    decision = bool(access.may_read(principal, obj))
    # Bound to the generation it was made in: a decision that was under way while access changed is never believed.
    cache.set(decision_key, (generation, decision), REMEMBER_SECONDS)
    return decision


def access_changed(obj: Model) -> None:
    """Forget what was decided about an object, once the transaction is through. Raises NotGuarded."""
    generation_key, _decision_key = _keys(access_for(obj), obj.pk, "")
    transaction.on_commit(
        lambda: cache.set(generation_key, uuid.uuid4().hex, GENERATION_SECONDS), robust=True
    )


def file_address(obj: Model) -> str:
    """The address of an object's file. Raises NotGuarded."""
    access = access_for(obj)
    return reverse("file", args=[access.kind, obj.pk, access.file_name(obj)])


def safe_name(name: str) -> str:
    """A file name that can do no harm in a header, an address or a folder: no paths, controls or leading dots.

    >>> safe_name("../Köhnə\\r\\nfoto.jpg")
    'Köhnə foto.jpg'
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Cc: controls; Cf: invisible signs that turn the direction of reading and so disguise an ending.
    name = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in name)
    name = re.sub(r'[<>:"|?*;%#\s]+', " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(ending) <= 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"
    return name[:LONGEST_NAME] or "file"


def connect() -> None:
    """Decisions are dropped whenever a guarded object is saved or deleted."""
    for signal in (post_save, post_delete):
        signal.connect(_object_changed, dispatch_uid=f"library-files-{id(signal)}")


def _object_changed(instance: Model, **_kwargs: object) -> None:
    if any(isinstance(instance, access.model) for access in kinds().values()):
        access_changed(instance)


def _keys(access: FileAccess, pk: Any, visitors: str) -> tuple[str, str]:
    start = f"library:file:{access.kind}:{pk}"
    return start, f"{start}:{visitors}"
