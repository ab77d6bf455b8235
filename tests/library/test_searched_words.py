"""Searches are counted without who searched; their words are kept only when five different days asked for them."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from library.models import DailyCount, SearchedWords
from library.retention import apply_retention, entries
from library.roles import group_of
from library.statistics import searches
from library.statistics.searches import code_of, note_search
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db

GET = RequestFactory().get("/")


@pytest.fixture
def on_day(monkeypatch):
    """on_day(3): this is the third day."""

    def on_day(number):
        monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 1, 1) + timedelta(days=number))

    return on_day


def searched(text, *, hits=1, times=1, **given):
    for _time in range(times):
        note_search(GET, text, place="catalogue", hits=hits, **given)
        searches._write_noted()


def everything_kept() -> str:
    """All that the database holds of searches, as text."""
    return repr([list(SearchedWords.objects.values_list()), list(DailyCount.objects.values_list())])


def test_four_days_leave_no_words_and_the_fifth_does(on_day):
    for day in range(4):
        on_day(day)
        searched("Nizami  Gəncəvi", times=3)
        assert "izami" not in everything_kept() and "əncəvi" not in everything_kept()
    row = SearchedWords.objects.get()
    assert (row.words, row.days, row.count) == ("", 4, 12)
    on_day(4)
    searched("Nizami Gəncəvi")
    row.refresh_from_db()
    assert (row.words, row.days, row.count) == ("nizami gəncəvi", 5, 13)


def test_many_times_on_one_day_are_one_day(on_day):
    on_day(1)
    searched("qarabağ", times=30)
    assert SearchedWords.objects.get().days == 1 and "qaraba" not in everything_kept()


def test_spellings_of_the_same_words_are_counted_together(on_day):
    for day, text in enumerate(["Qarabağ", "QARABAG", "qarabağ!", " qarabag ", '"qarabağ"']):
        on_day(day)
        searched(text, hits=day % 2)
    row = SearchedWords.objects.get()
    assert (row.days, row.count, row.without_hits) == (5, 5, 3)
    assert row.words == '"qarabağ"'


@pytest.mark.parametrize(
    "text", ["", "🙂", "somebody@library.example", "+994 50 123 45 67", "978-0-14-103614-4", "x " * 80]
)
def test_what_tells_of_somebody_or_says_nothing_is_not_kept_at_all(text):
    searched(text)
    assert not SearchedWords.objects.exists()


def test_the_code_depends_on_the_secret_key(settings):
    code = code_of("nizami")
    assert code == code_of("Nizami") != code_of("füzuli")
    settings.SECRET_KEY = "another"
    assert code_of("nizami") != code


def test_searches_are_counted_by_day_and_place(on_day):
    on_day(0)
    searched("nizami", hits=3, times=2)
    searched("zzzz", hits=0)
    searched("nizami", page=2)
    note_search(RequestFactory().head("/"), "nizami", place="catalogue", hits=3)
    searches._write_noted()
    counts = {(row.name, row.kind): row.count for row in DailyCount.objects.all()}
    assert counts == {("searches", "catalogue"): 3, ("searches_without_hits", "catalogue"): 1}


def test_a_search_that_cannot_be_counted_is_no_error_and_not_logged(monkeypatch, caplog):
    def fail(*_args, **_given):
        raise DatabaseError("near 'very private words'")

    monkeypatch.setattr(searches, "count", fail)
    searched("very private words")
    assert "private" not in caplog.text and "DatabaseError" in caplog.text


def test_the_pages_count(client, settings):
    RecordFactory(title="Seven beauties")
    with searchable(settings):
        client.get("/en/catalogue/?q=beauties")
        client.get("/en/catalogue/?q=zzzz")
        client.get("/en/catalogue/")
        client.get("/en/search/?q=beauties")
        client.get("/en/search/suggest?q=beauties")
    counts = {(row.name, row.kind): row.count for row in DailyCount.objects.all()}
    assert counts == {
        ("searches", "catalogue"): 2,
        ("searches", "everything"): 1,
        ("searches_without_hits", "catalogue"): 1,
    }
    assert sorted(SearchedWords.objects.values_list("count", flat=True)) == [1, 2]


def test_old_codes_and_old_words_go():
    today = timezone.localdate()
    for number, (words, days) in enumerate([("", 80), ("", 100), ("nizami", 390), ("füzuli", 410)]):
        SearchedWords.objects.create(
            key=str(number), words=words, last_day=today - timedelta(days=days), days=5
        )
    apply_retention()
    assert set(SearchedWords.objects.values_list("key", flat=True)) == {"0", "2"}
    assert {"search_codes", "searched_words"} <= {entry.name for entry in entries()}


class TestThePage:
    @pytest.fixture
    def rows(self):
        today = timezone.localdate()
        for words, count, without in [("nizami", 50, 0), ("=1+1", 9, 9), ("füzuli", 20, 4), ("", 99, 99)]:
            SearchedWords.objects.create(
                key=words or "code", words=words, count=count, without_hits=without, days=6, last_day=today
            )

    @pytest.fixture
    def reader(self, client, rows):
        user = UserFactory()
        UserProfile.objects.create(user=user, preferred_language="en")
        user.groups.add(group_of("statistics_reader"))
        client.force_login(user)
        return client

    def shown(self, client, **asked):
        page = client.get(reverse("library_searches"), asked)
        assert page.status_code == 200
        return [row.words for row in page.context["object_list"]]

    def test_the_most_searched_stand_first(self, reader):
        assert self.shown(reader) == ["nizami", "füzuli", "=1+1"]
        assert self.shown(reader, ordering="words") == ["=1+1", "füzuli", "nizami"]

    def test_what_was_not_found(self, reader):
        assert self.shown(reader, found="nothing") == ["=1+1"]
        assert self.shown(reader, found="sometimes") == ["füzuli", "=1+1"]
        assert self.shown(reader, words="niz") == ["nizami"]

    @pytest.mark.parametrize("asked", [{"found": "x"}, {"words": "\x00"}, {"ordering": "x"}, {"p": "999999"}])
    def test_nonsense_in_the_address_is_no_error(self, reader, asked):
        assert reader.get(reverse("library_searches"), asked).status_code in (200, 404)

    def test_the_table_holds_no_formula(self, reader):
        answer = reader.get(reverse("library_searches"), {"export": "csv"})
        with translation.override("az"):  # the reader's language is over when the answer streams
            text = b"".join(answer.streaming_content).decode()
        head, *rows = csv.reader(io.StringIO(text))
        assert head == ["Words", "Searches", "Found nothing", "Different days", "Last searched"]
        assert [row[0] for row in rows] == ["nizami", "füzuli", "'=1+1"]

    def test_it_is_for_statistics_readers(self, client, rows):
        user = UserFactory()
        user.groups.add(group_of("desk"))
        client.force_login(user)
        assert client.get(reverse("library_searches")).status_code in (302, 403)
