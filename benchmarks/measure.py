"""Clocks, percentiles and memory."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds per call, sorted."""

    seconds: list[float]

    def percentile(self, share: float) -> float:
        """Milliseconds below which `share` (0 to 1) of the calls stay."""
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1000

    @property
    def p50(self) -> float:
        return self.percentile(0.50)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)


def time_each(call: Callable[[str], object], arguments: Iterable[str], *, warm_up: int = 20) -> Timings:
    """Time `call` for every argument, after calling it for the first `warm_up` of them."""
    arguments = list(arguments)
    for argument in arguments[:warm_up]:
        call(argument)
    seconds = []
    for argument in arguments:
        started = time.perf_counter()
        call(argument)
        seconds.append(time.perf_counter() - started)
    return Timings(sorted(seconds))


def seconds_of(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def private_megabytes(pid: int | str = "self") -> float:
    """Memory that only this process holds and that nothing else could use, in MB (Linux).

    Clean pages of mapped files do not count: the kernel drops parts of the index when it needs the room.
    """
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = [int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_Dirty")]
    return sum(kilobytes) / 1024


def mapped_megabytes(pid: int | str = "self") -> float:
    """Pages of files that only this process has mapped at the moment, in MB (Linux)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = [int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_Clean")]
    return sum(kilobytes) / 1024


def peak_megabytes(pid: int | str = "self") -> float:
    """The most memory the process has held so far, shared pages included, in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
