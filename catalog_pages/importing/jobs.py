"""Imports in the background: started from the page, watched, stopped, gone on with, undone, and cleared away."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages.importing import files
from catalog_pages.importing.options import Options, Summary
from catalog_pages.importing.run import import_records
from catalog_pages.importing.undo import amount, undo
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.rejects import RejectFile
from catalog_pages.models import Import, ImportFile, ImportStep, PreviousRecord
from library.models import ProgressReport, ReportState
from library.progress_report import report_progress
from library.worker import HEARTBEAT_KEY, HEARTBEAT_SECONDS

KEEP_DAYS = 90
_SECONDS_BETWEEN_LOOKS = 1.0
_ROWS_PER_TRANSACTION = 100
State = Import.State


class Busy(Exception):
    """The import waits or runs already, or is not in a state for what is wanted."""


class Stopped(Exception):
    """Somebody has asked the import to stop."""


def start(pk: int, *, dry_run: bool) -> None:
    """Have the worker import the files, or only look at them all. Raises Busy."""
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=pk)
        if not may_start(batch):
            raise Busy
        _wait(batch, State.WAITING, is_dry=dry_run)
        run_import.enqueue(pk)


def start_undo(pk: int) -> None:
    """Have the worker take the import back. Raises Busy."""
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=pk)
        if not may_undo(batch):
            raise Busy
        _wait(batch, State.UNDOING, is_dry=False)
        run_undo.enqueue(pk)


def ask_to_stop(pk: int) -> bool:
    """Ask a running import to stop after what is in hand; False where none runs."""
    return bool(
        Import.objects.filter(pk=pk, state__in=[State.WAITING, State.RUNNING]).update(stop_asked=True)
    )


def may_start(batch: Import) -> bool:
    """Whether it can be started, or gone on with after it was stopped or its worker was."""
    return batch.state in (State.NEW, State.STOPPED, State.FAILED, State.DONE, State.UNDONE) or (
        batch.state in (State.WAITING, State.RUNNING) and is_interrupted(batch)
    )


def may_undo(batch: Import) -> bool:
    """Whether there is something to be taken back, and nobody at it."""
    return (not batch.is_busy or is_interrupted(batch)) and (batch.steps.exists() or batch.previous.exists())


def is_interrupted(batch: Import) -> bool:
    """Whether its worker was stopped while it was at it."""
    return batch.is_busy and bool(
        batch.report
        and ProgressReport.objects.filter(pk=batch.report).exclude(state=ReportState.RUNNING).exists()
    )


def _wait(batch: Import, state: str, *, is_dry: bool) -> None:
    batch.state, batch.is_dry, batch.stop_asked, batch.report, batch.message = state, is_dry, False, None, ""
    batch.save(update_fields=["state", "is_dry", "stop_asked", "report", "message"])


@task()
def run_import(pk: int) -> None:
    """Import the files of an import, or look at them all if it is but a dry run."""
    batch = Import.objects.filter(pk=pk, state__in=[State.WAITING, State.RUNNING]).first()
    if batch is None:
        return
    batch.state, batch.started_at = State.RUNNING, timezone.now()
    summary = Summary()
    state, message = State.FAILED, _("It failed.")
    try:
        with report_progress(_("Importing records"), total=_total(batch)) as report:
            batch.report = report.report.pk
            batch.save(update_fields=["state", "started_at", "report"])
            _import(batch, summary, _Watched(report, batch))
        state, message = State.NEW if batch.is_dry else State.DONE, ""
    except Stopped:
        state, message = State.NEW if batch.is_dry else State.STOPPED, _("Stopped. It can be gone on with.")
    except (NotMarc, ValueError, OSError, DatabaseError) as error:
        message = files.without_place(error, batch.files.all())
    finally:
        _finish(batch, summary, state, message)


def _import(batch: Import, summary: Summary, progress: _Watched) -> None:
    options = files.options_of(batch, dry_run=batch.is_dry)
    delivered = files.deliveries(batch, options)
    xml = all(file.found.get("form") == "marcxml" for file in batch.files.all())
    path = _folder(batch) / f"rejects.{'xml' if xml else 'mrc'}"
    with RejectFile(path, xml=xml) as rejects:
        import_records(
            delivered,
            source=batch.source,
            rejects=rejects,
            progress=progress,
            options=options,
            batch=batch,
            summary=summary,
        )


def _folder(batch: Import) -> Path:
    return Path(batch.rejects.storage.path(f"imports/{batch.pk}"))


def _finish(batch: Import, summary: Summary, state: str, message: str) -> None:
    kept = sorted(_folder(batch).glob("rejects.*"))
    batch.rejects.name = f"imports/{batch.pk}/{kept[0].name}" if kept else ""
    batch.state, batch.message, batch.finished_at = state, message, timezone.now()
    if batch.is_dry:
        batch.dry_run = summary.as_json()
    else:
        batch.summary = summary.as_json()
    batch.save(update_fields=["state", "message", "finished_at", "rejects", "dry_run", "summary"])


@task()
def run_undo(pk: int) -> None:
    """Take an import back; run again after it was killed, it goes on."""
    batch = Import.objects.filter(pk=pk, state=State.UNDOING).first()
    if batch is None:
        return
    state, message = State.FAILED, _("It failed.")
    try:
        with report_progress(_("Undoing an import"), total=amount(batch)) as report:
            batch.report = report.report.pk
            batch.save(update_fields=["report"])
            undo(batch, progress=_Watched(report, batch))
        state, message = State.UNDONE, ""
    except DatabaseError as error:
        message = str(error)
    finally:
        batch.state, batch.message, batch.finished_at = state, message, timezone.now()
        batch.save(update_fields=["state", "message", "finished_at"])


@contextmanager
def noted(paths: Sequence[Path], source: str, options: Options) -> Iterator[Import | None]:
    """An import by command stands in the list of the pages, too, and can be undone there; a dry run does not.

    The summary of the run is to be put into ``account`` of what this gives.
    """
    if options.dry_run:
        yield None
        return
    batch = Import.objects.create(source=source, state=State.STOPPED, started_at=timezone.now())
    for path in paths:
        batch.files.create(name=path.name[:255], size=path.stat().st_size)
    batch.options = {"match": options.match, "on_match": options.on_match, "edited": options.edited}
    batch.account = Summary()
    try:
        yield batch
        batch.state = State.DONE
    finally:
        batch.summary, batch.finished_at = batch.account.as_json(), timezone.now()
        batch.save()


def _total(batch: Import) -> int | None:
    """How many records there are, as far as it is known."""
    counts = [
        found.get("records") or found.get("about") for found in batch.files.values_list("found", flat=True)
    ]
    return sum(counts) if counts and all(counts) else None


class _Watched:
    """Progress for the page; it also sees whether somebody wants to stop, and shows that the worker is alive."""

    def __init__(self, report: report_progress, batch: Import) -> None:
        self.report, self.batch = report, batch
        self.looked = self.beaten = time.monotonic()

    def advance(self, steps: int = 1) -> None:
        self.report.advance(steps)
        now = time.monotonic()
        if now - self.looked < _SECONDS_BETWEEN_LOOKS:
            return
        self.looked = now
        if now - self.beaten > HEARTBEAT_SECONDS:
            cache.set(HEARTBEAT_KEY, time.time(), timeout=10 * HEARTBEAT_SECONDS)
            self.beaten = now
        if Import.objects.filter(pk=self.batch.pk, stop_asked=True).exists():
            raise Stopped


def clear_old_imports() -> None:
    """Delete the files of imports long past and what it took to undo them; their summaries stay."""
    since = timezone.now() - timedelta(days=KEEP_DAYS)
    old = Import.objects.filter(created_at__lt=since, cleared_at=None).exclude(state__in=Import.BUSY)
    for batch in list(old[:_ROWS_PER_TRANSACTION]):
        for model in (ImportStep, PreviousRecord):
            rows = model.objects.filter(batch=batch)
            while pks := list(rows.values_list("pk", flat=True)[:_ROWS_PER_TRANSACTION]):
                model.objects.filter(pk__in=pks).delete()
        _delete_files(batch)
        batch.cleared_at = timezone.now()
        batch.save(update_fields=["cleared_at", "rejects"])


def _delete_files(batch: Import) -> None:
    for file in ImportFile.objects.filter(batch=batch).exclude(file=""):
        file.file.delete()
    if batch.rejects:
        batch.rejects.storage.delete(f"{batch.rejects.name}.tsv")
        batch.rejects.delete(save=False)
