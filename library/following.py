"""Which tables an answer was read from, and whether one of them has changed since.

Every statement on the default database passes by here. While somebody reads (`with reading() as seen`), the tables
asked are noted; when a transaction that wrote commits, the tokens of its tables are dropped from the shared cache.
What was kept with the tokens of its tables is good as long as they are all still there (decision 0025).
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import caches
from django.db import connections, models, transaction
from django.utils import timezone

CACHE = "pages"
LONGEST = 60 * 60  # seconds; a token lost with a killed process is missed no longer
CLOCK = "following:clock"  # changes with every change of anything followed
DAY = timedelta(days=1)

# Written all the time and shown to no reader, or to one alone: whoever reads them is not kept.
UNFOLLOWED = re.compile(
    r"django_session|search_|django_tasks_|otp_|axes_|circulation_"
    r"|library_(outgoingmail|dailycount|searchedwords|progressreport|scheduledrun)"
)
# What follows from other tables, or is shown in the administration only: reading and writing them means nothing.
SILENT = re.compile(
    r"django_content_type|library_portalrendition|wagtailimages_rendition|wagtailsearch_|wagtailadmin_"
    r"|wagtailcore_(revision|referenceindex|comment|commentreply|pagesubscription|workflow\w*|task\w*|\w*logentry)$"
)
WRITES = re.compile(
    r"\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE
)
READS = re.compile(
    r"[\s(]*(?:SELECT|EXPLAIN|PRAGMA|VALUES|SHOW|SAVEPOINT|RELEASE|ROLLBACK|BEGIN)", re.IGNORECASE
)
LONG_STATEMENT = 4_000  # letters; longer ones hardly come twice

Kept = TypeVar("Kept")


@dataclass
class Reading:
    """What an answer was made from: `tables`, until when it holds, and whether it may be kept at all."""

    tables: set[str] = field(default_factory=set)
    until: datetime | None = None
    may_be_kept: bool = True

    def add(self, other: "Reading") -> None:
        self.tables |= other.tables
        self.may_be_kept &= other.may_be_kept
        if other.until:
            self.ends(other.until)

    def ends(self, moment: datetime) -> None:
        self.until = min(self.until, moment) if self.until else moment

    @property
    def seconds(self) -> int:
        """How long it may be kept: to the end of the day at most, since pages say what is today."""
        now = timezone.localtime()
        ends = timezone.make_aware(datetime.combine(now.date() + DAY, time.min))
        if self.until:
            ends = min(ends, self.until)
        return max(0, min(LONGEST, int((ends - now).total_seconds())))


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """Note what is read inside; an outer `reading` notes it too."""
    seen, outer = Reading(), _reading.get()
    token = _reading.set(seen)
    try:
        yield seen
    finally:
        _reading.reset(token)
        if outer is not None:
            outer.add(seen)


def depends_on(*made_from: type[models.Model]) -> None:
    """Tell that the answer shows these models although they were not read now, but remembered by the process."""
    seen = _reading.get()
    if seen is not None:
        seen.tables.update(model._meta.db_table for model in made_from)


def holds_until(moment: datetime) -> None:
    """Tell that the answer is right until then only: a library closes, say."""
    seen = _reading.get()
    if seen is not None:
        seen.ends(moment)


def not_to_be_kept() -> None:
    """Tell that the answer is for this request alone."""
    seen = _reading.get()
    if seen is not None:
        seen.may_be_kept = False


# --- Following the database ------------------------------------------------------------------------


@cache
def _known() -> frozenset[str]:
    tables = (model._meta.db_table for model in apps.get_models(include_auto_created=True))
    return frozenset(table for table in tables if not SILENT.match(table))


def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql)) & _known()


def _parse(sql: str) -> tuple[bool, frozenset[str]]:
    """Whether the statement writes, and the tables it asks or writes."""
    if written := WRITES.match(sql):
        return True, frozenset({written[1]}) & _known()
    return not READS.match(sql), _words(sql)


_parse_again = lru_cache(1_000)(_parse)


def follow(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An execute wrapper of Django's: notes what each statement reads and writes."""
    result = execute(sql, params, many, context)
    writes, tables = (_parse if len(sql) > LONG_STATEMENT else _parse_again)(sql)
    if not tables:
        return result
    if writes:
        _note_written(context["connection"], tables)
        return result
    seen = _reading.get()
    if seen is not None:
        seen.tables |= tables
        seen.may_be_kept &= not any(map(UNFOLLOWED.match, tables))
    return result


def connect(connection: Any, **_kwargs: Any) -> None:
    """Called for every new connection; the cache's own file is not followed."""
    if connection.alias == "default" and follow not in connection.execute_wrappers:
        connection.execute_wrappers.append(follow)


def _note_written(connection: Any, tables: frozenset[str]) -> None:
    followed = {table for table in tables if not UNFOLLOWED.match(table)}
    if not followed:
        return
    waiting = _waiting(connection)
    waiting |= followed
    if connection.in_atomic_block or connection.get_autocommit():
        # One for each statement: a savepoint that is rolled back takes its own along. The first drops all.
        transaction.on_commit(lambda: _drop(waiting), using=connection.alias, robust=True)


def _waiting(connection: Any) -> set[str]:
    """Tables written in this transaction; some of one rolled back may be among them, which costs a page or two."""
    return connection.__dict__.setdefault("_portal_written", set())


def _drop(waiting: set[str]) -> None:
    if waiting:
        names, _cleared = sorted(waiting), waiting.clear()
        caches[CACHE].delete_many([CLOCK, *map(_key, names)])


def is_writing() -> bool:
    """Whether this process is in the midst of a transaction that wrote: what it reads is not everybody's yet."""
    connection = connections["default"]
    return connection.in_atomic_block and bool(_waiting(connection))


# --- Tokens -----------------------------------------------------------------------------------------


def _key(table: str) -> str:
    return f"following:table:{table}"


def clock() -> str:
    """The token of everything together: the same before and after means that nothing changed in between."""
    found = caches[CACHE].get(CLOCK)
    return found or caches[CACHE].get_or_set(CLOCK, uuid.uuid4().hex, None)


def tokens(tables: Iterable[str]) -> dict[str, str]:
    """The tokens of the tables, made where they are missing. Read them before asking the clock once more."""
    keys = [_key(table) for table in sorted(tables)]
    found = caches[CACHE].get_many(keys)
    for key in keys:
        if key not in found:
            found[key] = caches[CACHE].get_or_set(key, uuid.uuid4().hex, None)
    return found


def are_good(kept: dict[str, str]) -> bool:
    """Whether none of the tables has changed since the tokens were taken."""
    return caches[CACHE].get_many(kept) == kept


def remembered(key: str, build: Callable[[], Kept]) -> Kept:
    """Return what `build()` makes from the database, kept in the shared cache until that changes."""
    found = caches[CACHE].get(key)
    if found and found[2] > timezone.now() and are_good(found[1]):
        seen = _reading.get()
        if seen is not None:
            seen.add(found[3])
        return found[0]
    before = clock()
    with reading() as seen:
        value = build()
    marks = tokens(seen.tables)
    if seen.may_be_kept and seen.seconds and clock() == before:
        ends = timezone.now() + timedelta(seconds=seen.seconds)
        caches[CACHE].set(key, (value, marks, ends, seen), seen.seconds)
    return value
