"""Headings of the lists from A to Z merged and renamed, whether or not they have an entry of their own."""

import pytest
from django.urls import reverse

from catalog_pages.authorities import listed_headings
from catalog_pages.authorities.listed_headings import merge_heading, rename_heading
from catalog_pages.headings import count_changes
from catalog_pages.models import Heading, Record, RecordAuthority
from library.authorities import AuthorityError, find_or_create
from library.models import Authority
from tests.catalog_pages.authorities.test_linking import bring, marc_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jobs_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def follow():
    count_changes()
    return sorted(tuple(subjects) for subjects in Record.objects.values_list("subjects", flat=True))


def heading(text, kind="subject"):
    return Heading.objects.get(kind=kind, text=text)


def in_the_list(kind="subject"):
    return dict(Heading.objects.filter(kind=kind).values_list("text", "records"))


@pytest.mark.parametrize("kind", ["subject", "place", "work", "person"])
def test_a_free_word_is_merged_into_an_entry_of_any_kind(tmp_path, kind):
    entry = find_or_create(kind=kind, heading="Preferred")
    bring(
        tmp_path,
        marc_of("1", t653="Free word"),
        marc_of("2", t653=["FREE WORD.", "Other"]),
        marc_of("3", t653="x"),
    )
    assert not RecordAuthority.objects.exists()
    for text in ("Free word", "FREE WORD"):
        if Heading.objects.filter(text=text).exists():
            merge_heading(heading(text), into=entry)
            follow()
    assert follow() == [("Preferred",), ("Preferred", "Other"), ("x",)]
    assert in_the_list() == {"Preferred": 2, "Other": 1, "x": 1}
    # What comes later follows too, and so does the same file once more.
    bring(tmp_path, marc_of("1", t653="Free word", t650="New"), marc_of("4", t653="Free word"))
    assert in_the_list()["Preferred"] == 3 and "Free word" not in in_the_list()


def test_a_heading_with_subdivisions_is_merged_by_itself(tmp_path):
    entry = find_or_create(kind="subject", heading="Poets")
    bring(tmp_path, marc_of("1", t650=("Poetry", "Persons")), marc_of("2", t650=("Poetry", "History")))
    merge_heading(heading("Poetry — Persons"), into=entry)
    assert follow() == [("Poets",), ("Poetry — History",)] or follow() == [("Poetry — History",), ("Poets",)]


def test_a_heading_with_an_entry_is_merged_with_all_its_records(tmp_path):
    entry = find_or_create(kind="subject", heading="Verse")
    bring(tmp_path, marc_of("1", t650="Poems"), marc_of("2", t653="Poems"))
    merge_heading(heading("Poems"), into=entry)
    assert follow() == [("Verse",), ("Verse",)]
    assert in_the_list() == {"Verse": 2}


def test_a_heading_that_differs_in_marks_alone_follows_what_a_librarian_has_decided(tmp_path):
    bring(tmp_path, marc_of("1", t650="Seir"), marc_of("2", t650="Şeir"))
    merge_heading(heading("Seir"), into=Authority.objects.get(heading="Şeir"))
    assert follow() == [("Şeir",), ("Şeir",)]


@pytest.mark.parametrize(
    ("tag", "old", "new"),
    [("t653", "free word", "Free words"), ("t653", "SHOUTED", "Shouted"), ("t650", "Old topic", "New topic"),
     ("t650", "old case", "Old case"), ("t653", ("Free", "word"), "Whole")],
)  # fmt: skip
def test_a_heading_is_renamed(tmp_path, tag, old, new):
    bring(tmp_path, marc_of("1", **{tag: old}))
    rename_heading(Heading.objects.get(), name=new)
    assert follow() == [(new,)]
    assert in_the_list() == {new: 1}
    assert Authority.objects.current().get(heading=new).is_verified


def test_an_author_is_merged_from_the_list(tmp_path):
    entry = find_or_create(kind="person", heading="Kept, Name")
    bring(tmp_path, marc_of("1", t100="Gone, Name"))
    merge_heading(heading("Gone, Name", "author"), into=entry)
    follow()
    assert in_the_list("author") == {"Kept, Name": 1}


def test_what_cannot_be_done_changes_nothing(tmp_path):
    bring(tmp_path, marc_of("1", t100="Name", t653=["Word", "…"]))
    topic, person = find_or_create(kind="subject", heading="Topic"), Authority.objects.get(kind="person")
    before = Authority.objects.count()
    for attempt in (
        lambda: merge_heading(heading("Name", "author"), into=topic),  # no author is a topic
        lambda: rename_heading(heading("Word"), name=" … "),
        lambda: merge_heading(heading("Name", "author"), into=person),
        lambda: rename_heading(heading("Word"), name="x" * 501),
    ):
        with pytest.raises(AuthorityError):
            attempt()
    assert Authority.objects.count() == before
    assert follow() == [("Word", "…")]


def test_what_has_no_letter_is_no_heading(tmp_path):
    """So whatever stands in the list can have an entry, and be merged."""
    bring(tmp_path, marc_of("1", t653=["…", "***", "Word"], t100="—"))
    assert in_the_list() == {"***": 1, "Word": 1} and in_the_list("author") == {}
    rename_heading(heading("***"), name="Stars")
    assert follow() == [("…", "Stars", "Word")]


def test_a_record_saved_by_hand_follows(tmp_path):
    save("1", subjects=["Thing"])
    count_changes()
    rename_heading(heading("Thing"), name="Things")
    assert follow() == [("Things",)]


def test_all_records_are_looked_through_in_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(listed_headings, "ROWS_AT_ONCE", 3)
    bring(tmp_path, *(marc_of(str(n), t653="Word" if n % 2 else "Else") for n in range(10)))
    rename_heading(heading("Word"), name="Words")
    follow()
    assert in_the_list() == {"Words": 5, "Else": 5}


class TestPage:
    @pytest.fixture
    def word(self, tmp_path):
        bring(tmp_path, marc_of("1", t653="Free word"))
        return heading("Free word")

    def test_staff_come_from_the_list_to_the_page_and_back(self, client, sign_in, word):
        entry = find_or_create(kind="subject", heading="Free words")
        address = reverse("catalogue_heading", args=[word.pk])
        public = reverse("catalog_pages:browse_list", args=["subjects"])
        assert address not in client.get(public).text
        sign_in()
        assert address in client.get(public).text
        page = client.get(address, {"q": "words"})
        assert page.status_code == 200 and "Free word" in page.text and f'value="{entry.pk}"' in page.text
        answer = client.post(address, {"entry": entry.pk})
        assert answer.status_code == 302 and "/catalogue/browse/subjects/?from=" in answer.url
        assert follow() == [("Free words",)]
        assert client.get(address).status_code == 302  # it is no longer in the list

    def test_a_new_name_is_typed(self, client, sign_in, word):
        sign_in()
        client.post(reverse("catalogue_heading", args=[word.pk]), {"name": "Better word"})
        assert follow() == [("Better word",)]

    @pytest.mark.parametrize(
        "sent",
        [{}, {"entry": "x"}, {"entry": "9" * 30}, {"name": "…"}, {"name": "x" * 600}, {"entry": "987654"}],
    )
    def test_bad_input_is_answered_in_words(self, client, sign_in, word, sent):
        sign_in()
        answer = client.post(reverse("catalogue_heading", args=[word.pk]), sent)
        assert answer.status_code == 422 and "messages" in answer.text
        assert follow() == [("Free word",)]

    def test_others_are_turned_away(self, client, sign_in, word):
        sign_in("desk")
        address = reverse("catalogue_heading", args=[word.pk])
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"name": "Better"}).status_code in (302, 403)
        assert follow() == [("Free word",)]
