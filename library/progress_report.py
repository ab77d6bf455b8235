"""Telling people in the browser how far long work has come.

with report_progress(_("Importing records"), total=5000) as report:
    for batch in batches:
        ...
        report.advance(len(batch))
"""

import time
from types import TracebackType
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from library.models import ProgressReport, ReportState

SECONDS_BETWEEN_WRITES = 1.0


class report_progress:  # noqa: N801 - reads as what it does: with report_progress(...)
    """Writes label, count, state and message into a ProgressReport, at most once a second.

    `total` may be None when the end is not known, `job` is the id of the job it belongs to. Leaving the block marks
    the report done, or failed with the error. Use it outside transactions: inside one, nobody sees it before the end.
    """

    def __init__(self, label: str, total: int | None = None, *, job: UUID | str | None = None) -> None:
        self.report = ProgressReport(label=label[:200], total=total, job=job)
        self.written = 0.0

    def __enter__(self) -> "report_progress":
        self.report.save(force_insert=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.report.state = ReportState.DONE if error is None else ReportState.FAILED
        if error is not None:
            self.report.message = str(error)[:500] or _("It failed.")
        self._write()

    def advance(self, steps: int = 1, message: str | None = None) -> None:
        """Count steps on; `message` says what is being done now."""
        self.report.done += steps
        if message is not None:
            self.report.message = message[:500]
        if time.monotonic() - self.written >= SECONDS_BETWEEN_WRITES:
            self._write()

    def _write(self) -> None:
        self.written = time.monotonic()
        self.report.updated_at = timezone.now()
        self.report.save(update_fields=["done", "total", "state", "message", "updated_at"])


def as_json(report: ProgressReport) -> dict[str, object]:
    """What the browser needs to know, texts in the active language."""
    return {
        "id": str(report.pk),
        "state": report.state,
        "done": report.done,
        "total": report.total,
        "text": in_words(report),
    }


def in_words(report: ProgressReport) -> str:
    """How far the work is, for example “120 of 500 · part2.mrc”."""
    if report.total is None:
        count = str(report.done)
    else:
        count = _("%(done)s of %(total)s") % {"done": report.done, "total": report.total}
    state = "" if report.state == ReportState.RUNNING else report.get_state_display()
    return " · ".join(part for part in (state, count, report.message) if part)
