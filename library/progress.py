"""Showing how long work goes on: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Progress:
    """Counts steps of a long job and shows bar, count, rate and time left.

    >>> with Progress("Importing", total=100) as progress:
    ...     progress.advance(10)

    `total` may be None when the end is not known. Writes to standard error; off a terminal it writes one line
    every ten seconds.
    """

    def __init__(self, label: str, total: int | None = None, *, quiet: bool = False) -> None:
        self.label, self.total, self.done = label, total, 0
        self.started = self.reported = time.monotonic()
        self.console = Console(stderr=True, quiet=quiet)
        self.quiet = quiet
        self.bar = Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}/s"), TimeRemainingColumn(), console=self.console,
            disable=quiet or not self.console.is_terminal,
        )  # fmt: skip
        self.task = self.bar.add_task(label, total=total, rate=0)

    def __enter__(self) -> "Progress":
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    @property
    def rate(self) -> float:
        """Steps per second since the start."""
        return self.done / max(time.monotonic() - self.started, 1e-9)

    def advance(self, steps: int = 1) -> None:
        self.done += steps
        self.bar.update(self.task, advance=steps, rate=round(self.rate))
        now = time.monotonic()
        if not self.quiet and not self.console.is_terminal and now - self.reported > 10:
            self.reported = now
            of = f" of {self.total}" if self.total else ""
            sys.stderr.write(f"{self.label}: {self.done}{of}, {self.rate:.0f}/s\n")
