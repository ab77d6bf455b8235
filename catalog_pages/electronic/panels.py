"""Panels on a record's page: rooms above show there what they have of the work."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail import hooks

from catalog_pages.models import Record

HOOK = "register_record_panel"
logger = logging.getLogger("catalog_pages.electronic")


@dataclass(frozen=True, slots=True)
class RecordPanel:
    """A part of a record's page: its heading, its template, and what that needs.

    `name` stands in the address behind # and must be one of its own; `covers` are links of the record (856) that the
    panel shows, so that the page need not show them twice.
    """

    name: str
    title: str | Promise
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    covers: frozenset[str] = frozenset()


MakePanel = Callable[[Record, HttpRequest], RecordPanel | None]


def record_panels(record: Record, request: HttpRequest) -> list[RecordPanel]:
    """What the rooms have to show of a record, in the order of their hooks. One that fails is left out."""
    panels = []
    for register in hooks.get_hooks(HOOK):
        make: MakePanel = register()
        try:
            panel = make(record, request)
        except Exception:
            logger.exception("a panel of record %s failed", record.pk)
            continue
        if panel is not None:
            panels.append(panel)
    return panels
