"""What the worker remembers: when each task of the schedule last ran, and how far long work has come."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ScheduledRun(models.Model):
    """The last run of one task of the schedule. Its start is also the claim: only one worker can move it on."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    is_requested = models.BooleanField(_("run as soon as possible"), default=False)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("run of the schedule")
        verbose_name_plural = _("runs of the schedule")
        ordering = ["name"]
        permissions = [("manage_jobs", _("Can see and repeat background work"))]

    def __str__(self) -> str:
        return self.name


class ReportState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ProgressReport(models.Model):
    """How far a long piece of work has come, for people who watch it in the browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(_("what is done"), max_length=200)
    job = models.UUIDField(_("job"), null=True, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.RUNNING
    )
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    updated_at = models.DateTimeField(_("last news"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("progress of work")
        verbose_name_plural = _("progress of work")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.label
