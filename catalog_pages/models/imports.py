"""Imports: their files, what they did, what it takes to undo them; keys that find duplicates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.records import Record
from library.files.storage import private_storage


def _folder(instance: Any, filename: str) -> str:
    return f"imports/{instance.folder}/{filename}"


class RecordKey(models.Model):
    """What two records that describe the same book have in common; see catalog_pages.keys."""

    class Kind(models.IntegerChoices):
        NUMBER = 1, _("control number and agency")
        TITLE = 2, _("ISBN and title")

    record = models.ForeignKey(Record, models.CASCADE, related_name="keys")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("key of a record")
        verbose_name_plural = _("keys of records")
        indexes = [models.Index(fields=["kind", "key", "record"], name="record_key")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key:x}"


class NotDuplicate(models.Model):
    """Two records that look alike and are not: staff have said so, and the list leaves them out."""

    kind = models.PositiveSmallIntegerField(choices=RecordKey.Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("no duplicate")
        verbose_name_plural = _("no duplicates")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="not_duplicate_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key:x}"


class MergedRecord(models.Model):
    """The number of a record that was merged into another: its address leads there, and so do its items on import."""

    record_id = models.BigIntegerField(primary_key=True)
    source = models.SlugField(max_length=50, db_index=False)
    control_number = models.CharField(max_length=100)
    kept = models.ForeignKey(Record, models.CASCADE, related_name="merged_records")
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        indexes = [models.Index(fields=["source", "control_number"], name="merged_record_number")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.kept_id}"


class Import(models.Model):
    """Files that were, or are to be, imported together."""

    class State(models.TextChoices):
        NEW = "new", _("Not started")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    BUSY = (State.WAITING, State.RUNNING, State.UNDOING)

    source = models.SlugField(_("source"), max_length=50, default="local")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    options = models.JSONField(_("options"), default=dict, blank=True)
    # What the last dry run and the import itself counted, and what an undo took back or left.
    dry_run = models.JSONField(default=dict, blank=True, editable=False)
    summary = models.JSONField(_("summary"), default=dict, blank=True, editable=False)
    undone = models.JSONField(default=dict, blank=True, editable=False)
    message = models.TextField(_("message"), blank=True)
    is_dry = models.BooleanField(default=False, editable=False)
    stop_asked = models.BooleanField(default=False, editable=False)
    report = models.UUIDField(null=True, blank=True, editable=False)
    rejects = models.FileField(storage=private_storage, max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # When the files and what an undo needs were deleted, after some months.
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)

    account: Any  # the summary of a run that goes on

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("Import %(number)s") % {"number": self.pk})

    @property
    def rejected_count(self) -> int:
        """How many records were rejected."""
        return sum(self.summary.get("rejected", {}).values())

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY


class ImportFile(models.Model):
    """A file of an import: uploaded, or one that lies on the server."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to=_folder, max_length=300, blank=True)
    on_server = models.CharField(max_length=255, blank=True)
    size = models.BigIntegerField(default=0)
    # What was found by looking into it: form, formats, encodings, first records, libraries.
    found = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> int:
        return self.batch_id


class ImportStep(models.Model):
    """What one transaction of an import created: numbers of records, and items with a mark of their state."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    records = models.JSONField(default=list)
    items = models.JSONField(default=list)

    class Meta:
        verbose_name = _("step of an import")
        verbose_name_plural = _("steps of imports")

    def __str__(self) -> str:
        return str(self.pk)


class PreviousRecord(models.Model):
    """A record as it was before an import wrote over it: columns and MARC, compressed."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="previous")
    record_id = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name = _("previous state of a record")
        verbose_name_plural = _("previous states of records")
        constraints = [models.UniqueConstraint(fields=["batch", "record_id"], name="previous_record_once")]

    def __str__(self) -> str:
        return str(self.record_id)
