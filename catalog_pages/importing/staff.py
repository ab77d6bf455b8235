"""How imports and duplicates stand in the administration: menu, addresses, files, log, the nightly broom."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from catalog_pages.duplicates.services import MERGED
from catalog_pages.duplicates.views import RIGHTS as MERGE_RIGHTS
from catalog_pages.importing.jobs import clear_old_imports
from catalog_pages.importing.views import ANY, STARTED, UNDONE
from catalog_pages.models import Import
from library.files.access import FileAccess
from library.schedule import Scheduled


class _MenuItem(MenuItem):
    """Shown to those who hold one of the rights, or all of them."""

    def __init__(self, *args: Any, rights: tuple[str, ...], every: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights, self.enough = rights, all if every else any

    def is_shown(self, request: HttpRequest) -> bool:
        return self.enough(request.user.has_perm(right) for right in self.rights)


def imports_item() -> MenuItem:
    return _MenuItem(
        _("Imports"), reverse_lazy("imports:list"), name="imports", icon_name="upload", order=700, rights=ANY
    )


def duplicates_item() -> MenuItem:
    return _MenuItem(
        _("Duplicates"), reverse_lazy("duplicates:list"), name="duplicates", icon_name="copy", order=710,
        rights=MERGE_RIGHTS, every=True,
    )  # fmt: skip


def addresses() -> list[URLResolver]:
    return [
        path("imports/", include("catalog_pages.importing.urls")),
        path("duplicates/", include("catalog_pages.duplicates.urls")),
    ]


def rejected_records() -> FileAccess:
    return FileAccess("import-rejects", Import, file=lambda batch: batch.rejects, may_read=_may_read)


def reasons() -> FileAccess:
    """The table beside the rejected records, which says why."""
    return FileAccess("import-reasons", Import, file=_reasons, may_read=_may_read)


def _reasons(batch: Import) -> FieldFile:
    name = f"{batch.rejects.name}.tsv" if batch.rejects else ""
    return FieldFile(batch, batch.rejects.field, name)


def _may_read(principal: Any, _batch: Import) -> bool:
    return any(principal.has_perm(right) for right in ANY)


def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(STARTED, _("Import"), _("Imported files"))
    actions.register_action(UNDONE, _("Undo an import"), _("Took an import back"))
    actions.register_action(MERGED, _("Merge"), _("Merged another record into this one"))


def schedule() -> Scheduled:
    return Scheduled(
        name="old_imports", label=_("Delete the files of old imports"), run=clear_old_imports, at=time(3, 40)
    )
