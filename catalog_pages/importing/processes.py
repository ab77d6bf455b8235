"""Records taken apart in another process while this one writes them."""

from __future__ import annotations

import multiprocessing
import queue
import signal
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from catalog_pages.importing.options import OnMatch, Options
from catalog_pages.importing.preparing import Delivered
from catalog_pages.importing.run import Prepared, prepared_here
from catalog_pages.marc.reading import RawRecord

RECORDS_AT_ONCE = 100
# So many packets wait at most: memory stays flat however slow the database is.
_PACKETS_WAITING = 30
_SECONDS_BETWEEN_LOOKS = 1.0


class ReaderDied(Exception):
    """The process that reads the files is gone, killed perhaps for want of memory."""


def prepared_elsewhere(
    deliveries: Iterable[tuple[Path, RawRecord]], options: Options, source: str, synthetic: bool
) -> Iterator[Prepared]:
    """As ``run.prepared_here``, in a process of its own, where the system can fork; else here.

    What the reader raises is raised here. Raises ReaderDied.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from prepared_here(deliveries, options, source, synthetic)
        return
    # Forked, because files half open and generators cannot be sent; it never touches the database.
    context = multiprocessing.get_context("fork")
    packets = context.Queue(_PACKETS_WAITING)
    reader = context.Process(
        target=_read,
        args=(packets, deliveries, options, source, synthetic),
        daemon=True,
        name="import-reader",
    )
    reader.start()
    try:
        while (packet := _next(packets, reader)) is not None:
            yield from packet
    finally:
        reader.terminate()
        reader.join()
        packets.close()


def _next(packets: Any, reader: Any) -> list[Prepared] | None:
    was_alive = True
    while True:
        try:
            packet = packets.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            # Looked at twice: its last packet may have come between.
            if not was_alive:
                raise ReaderDied from None
            was_alive = reader.is_alive()
            continue
        if isinstance(packet, BaseException):
            raise packet
        return packet


def _read(
    packets: Any, deliveries: Iterable[tuple[Path, RawRecord]], options: Options, source: str, synthetic: bool
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The process that writes stops this one.
    try:
        records = prepared_here(deliveries, options, source, synthetic)
        light = _Lightened(options, source, synthetic)
        while packet := [light(one) for one in islice(records, RECORDS_AT_ONCE)]:
            packets.put(packet)
        packets.put(None)
    except Exception as error:  # noqa: BLE001 - told to the process that waits for records
        packets.put(error)


class _Lightened:
    """Records without what the process that writes does not need: sending costs as much as reading."""

    def __init__(self, options: Options, source: str, synthetic: bool) -> None:
        self.source, self.synthetic = source, synthetic
        self.needs_fields = options.on_match in (OnMatch.FILL, OnMatch.MERGE)
        self.seen: set[int] = set()

    def __call__(self, prepared: Prepared) -> Prepared:
        path, raw, found = prepared
        if not isinstance(found, Delivered):
            return prepared
        found.complete(self.source, self.synthetic)
        found.copies()
        number = hash(found.control_number)
        if number not in self.seen:  # else it may be rejected, and is kept whole then
            raw = RawRecord(raw.number, raw.offset, b"")
        self.seen.add(number)
        found.lighten(keep_fields=self.needs_fields)
        return path, raw, found
