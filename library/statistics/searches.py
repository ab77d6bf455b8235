"""What readers search for and do not find: counted after the answer is sent, and never who.

    note_search(request, "nizami xəmsə", place="catalogue", hits=12)

Every search adds to two counters of the day. Its words are kept only once five different days have asked for them;
until then a code stands for them, which only this portal's secret key could make again from the same words.
"""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signals import request_finished
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from library.models import SearchedWords
from library.retention import Retention
from library.statistics.counting import Statistic, count
from search.analysis import fold, words

SEARCHES, WITHOUT_HITS = "searches", "searches_without_hits"
PLACES = {"catalogue": _("Catalogue"), "everything": _("Whole site")}
DAYS_BEFORE_WORDS = 5
LONGEST_WORDS = 100
MOST_DIGITS = 6  # more are a number of something or somebody
CODE_DAYS = 90
WORDS_DAYS = 400

logger = logging.getLogger("library.statistics")


@dataclass(frozen=True, slots=True)
class _Search:
    text: str
    place: str
    hits: int


class _Noted(threading.local):
    """The searches of the request that this thread is answering."""

    def __init__(self) -> None:
        self.searches: list[_Search] = []


_noted = _Noted()


def note_search(request: HttpRequest, text: str, *, place: str, hits: int, page: int = 1) -> None:
    """Have a search counted once its answer is on the way; following pages of the same hits are no new search."""
    if request.method == "GET" and text and page == 1:
        _noted.searches.append(_Search(text, place, hits))


def connect() -> None:
    """Called when the room is ready. Readers wait for no counter: it is written when their answer has been sent."""
    request_finished.connect(_write_noted, dispatch_uid="library-searches")


def _write_noted(**_kwargs: object) -> None:
    searches, _noted.searches = _noted.searches, []
    for search in searches:
        try:
            with transaction.atomic():
                _count(search)
        except DatabaseError as error:
            # Its message may hold the words.
            logger.warning("a search was not counted: %s", type(error).__name__)


def _count(search: _Search) -> None:
    count(SEARCHES, kind=search.place)
    if not search.hits:
        count(WITHOUT_HITS, kind=search.place)
    if code := code_of(search.text):
        _count_words(code, " ".join(search.text.split()).lower()[:LONGEST_WORDS], not search.hits)


def code_of(text: str) -> str:
    """What stands for the words of a search, the same for all their spellings; "" for what must not be kept at all.

    That is whatever looks like an address or a number of somebody: it tells more than what readers look for.
    """
    plain = " ".join(fold(word) for word in words(text))
    if not plain or len(plain) > LONGEST_WORDS or "@" in text or sum(map(str.isdigit, text)) > MOST_DIGITS:
        return ""
    return salted_hmac("library.searches", plain, algorithm="sha256").hexdigest()


def _count_words(code: str, text: str, found_nothing: bool) -> None:
    today = timezone.localdate()
    row = SearchedWords.objects.filter(key=code)
    counts = {"count": F("count") + 1, "without_hits": F("without_hits") + int(found_nothing)}
    if row.filter(last_day=today).update(**counts):
        return
    if row.exclude(last_day=today).update(days=F("days") + 1, last_day=today, **counts):
        row.filter(days__gte=DAYS_BEFORE_WORDS, words="").update(words=text)
        return
    try:
        with transaction.atomic():
            SearchedWords.objects.create(key=code, last_day=today, count=1, without_hits=int(found_nothing))
    except IntegrityError:
        # Another process was first.
        row.update(**counts)


def statistics() -> list[Statistic]:
    """The counters of a day, for the report."""
    return [
        Statistic(SEARCHES, _("Searches"), kinds=PLACES, public=True),
        Statistic(WITHOUT_HITS, _("Searches that found nothing"), kinds=PLACES),
    ]


def retention_entries() -> Iterator[Retention]:
    """For the privacy page and the nightly broom."""

    def outdated(at: datetime, days: int) -> datetime:
        return at - timedelta(days=days)

    yield Retention(
        name="search_codes",
        data=_("A code for the words that are searched for, without who searched"),
        reason=_("To know which words were searched for on five different days"),
        days=CODE_DAYS,
        due=lambda at: SearchedWords.objects.filter(words="", last_day__lt=outdated(at, CODE_DAYS)),
        position=70,
    )
    yield Retention(
        name="searched_words",
        data=_("Words that were searched for on five different days, without who searched"),
        reason=_("To buy and to describe what readers look for"),
        days=WORDS_DAYS,
        due=lambda at: SearchedWords.objects.exclude(words="").filter(last_day__lt=outdated(at, WORDS_DAYS)),
        position=71,
    )
