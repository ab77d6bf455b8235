"""The authority file: finding or creating, relating, merging."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import ModelLogEntry

from library.authorities import (
    AlreadyMerged,
    Contradiction,
    DifferentKinds,
    EmptyHeading,
    UnknownAuthority,
    UnknownKind,
    WithItself,
    find_or_create,
    find_or_create_many,
    merge,
    relate,
    resolve,
)
from library.models import Authority, AuthorityIdentifier, AuthorityName, AuthorityRelation
from tests.factories.authorities import AuthorityFactory

pytestmark = pytest.mark.django_db


def named(authority, name):
    return AuthorityName.objects.create(authority=authority, name=name)


def relations(authority):
    return set(AuthorityRelation.objects.filter(authority=authority).values_list("kind", "other"))


# --- Finding or creating ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        "Xaqani Şirvani, 1126–1199",
        "XAQANİ ŞİRVANİ, 1126-1199.",
        "  Xaqani   Şirvani 1126 1199",
        "«Xaqani Şirvani», 1126/1199",
    ],
)
def test_case_punctuation_and_spaces_make_no_new_entry(spelling):
    first = find_or_create(kind="person", heading="Xaqani Şirvani, 1126–1199")
    assert find_or_create(kind="person", heading=spelling).pk == first.pk
    assert not first.is_verified


def test_dates_are_part_of_the_heading():
    whole = find_or_create(kind="person", heading="Xaqani Şirvani, 1126–1199")
    assert find_or_create(kind="person", heading="Xaqani Şirvani", dates="1126–1199").pk == whole.pk
    assert find_or_create(kind="person", heading="Xaqani Şirvani").pk != whole.pk


@pytest.mark.parametrize("other", [("subject", "C"), ("subject", "C++"), ("place", "C#"), ("subject", "Ç")])
def test_different_things_stay_apart(other):
    assert len(set(find_or_create_many(headings=[("subject", "C#"), other]))) == 2


def test_long_headings_stay_apart():
    ids = find_or_create_many(headings=[("work", "a" * 400 + ending) for ending in "xyz"])
    assert len(set(ids)) == 3


def test_a_heading_is_found_by_its_other_names():
    poet = AuthorityFactory(heading="Xaqani Şirvani")
    named(poet, "Хагани Ширвани")
    assert find_or_create(kind="person", heading="хагани ширвани").pk == poet.pk
    assert find_or_create(kind="subject", heading="хагани ширвани").pk != poet.pk


def test_a_name_of_two_entries_is_no_ones():
    for heading in ("First", "Second"):
        named(AuthorityFactory(heading=heading), "Namesake")
    assert find_or_create(kind="person", heading="Namesake").heading == "Namesake"


def test_ids_come_in_the_order_of_the_headings():
    headings = [("person", "B"), ("person", "A"), ("subject", "A"), ("person", "b.")]
    ids = find_or_create_many(headings=headings)
    assert [str(Authority.objects.get(pk=pk)) for pk in ids] == ["B", "A", "A", "B"]
    assert ids[0] == ids[3] and ids[1] != ids[2]
    assert find_or_create_many(headings=headings) == ids
    assert find_or_create_many(headings=[]) == []


@pytest.mark.parametrize("number", [10, 1000])
def test_a_batch_of_known_headings_costs_one_query(number):
    headings = [("subject", f"Subject {n}") for n in range(number)]
    ids = find_or_create_many(headings=headings)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert find_or_create_many(headings=headings) == ids
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 1


def test_new_headings_cost_four_reads_however_many():
    with CaptureQueriesContext(connection) as queries:
        find_or_create_many(headings=[("subject", f"Subject {n}") for n in range(500)])
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 4


@pytest.mark.parametrize(
    ("kind", "heading", "error"),
    [("planet", "Mars", UnknownKind), ("person", "", EmptyHeading), ("person", " …—«» ", EmptyHeading)],
)
def test_a_bad_heading_stops_the_batch_before_anything_is_written(kind, heading, error):
    with pytest.raises(error) as caught:
        find_or_create_many(headings=[("person", "Good"), (kind, heading)])
    assert str(caught.value)
    assert not Authority.objects.exists()


# --- Merging ------------------------------------------------------------------------------------------


def test_merging_moves_names_numbers_and_relations():
    keep = AuthorityFactory(heading="Xaqani Şirvani", note={"az": "Şair"})
    gone = AuthorityFactory(heading="Khaqani, Shirvani", note={"az": "Другое", "en": "Poet"})
    friend, teacher = AuthorityFactory(), AuthorityFactory()
    named(keep, "Хагани")
    named(gone, "хагани.")
    named(gone, "Əfzələddin")
    number = AuthorityIdentifier.objects.create(authority=gone, scheme="wikidata", value="Q311711")
    relate(authority=gone, kind="see_also", other=friend)
    relate(authority=gone, kind="see_also", other=keep)
    relate(authority=keep, kind="see_also", other=friend)
    relate(authority=gone, kind="later", other=teacher)

    assert merge(keep=keep.pk, duplicate=gone.pk) == keep

    keep.refresh_from_db()
    number.refresh_from_db()
    assert set(keep.names.values_list("name", flat=True)) == {"Хагани", "Khaqani, Shirvani", "Əfzələddin"}
    assert number.authority == keep
    assert relations(keep) == {("see_also", friend.pk), ("later", teacher.pk)}
    assert relations(friend) == {("see_also", keep.pk)}
    assert relations(teacher) == {("earlier", keep.pk)}
    assert relations(gone) == set()
    assert keep.note == {"az": "Şair", "en": "Poet"}
    assert ModelLogEntry.objects.get(action="library.merge_authorities").object_id == str(keep.pk)


def test_the_duplicate_stays_as_a_redirect():
    first, second, third = AuthorityFactory.create_batch(3)
    merge(keep=second.pk, duplicate=first.pk)
    merge(keep=third.pk, duplicate=second.pk)
    assert resolve(first.pk) == resolve(second.pk) == resolve(third.pk) == third
    assert find_or_create(kind="person", heading=first.heading).pk == third.pk
    assert list(Authority.objects.current()) == [third]


def test_a_merged_heading_can_become_the_preferred_one():
    keep, gone = AuthorityFactory(heading="Old"), AuthorityFactory(heading="New")
    merge(keep=keep.pk, duplicate=gone.pk)
    keep.refresh_from_db()
    keep.heading = "New"
    keep.full_clean()
    keep.save()
    assert find_or_create(kind="person", heading="New").pk == keep.pk


def test_other_rooms_move_their_references():
    keep, gone = AuthorityFactory.create_batch(2)
    moved = []
    with hooks.register_temporarily(
        "register_authority_references", lambda: lambda *, keep, duplicate: moved.append((keep, duplicate))
    ):
        merge(keep=keep.pk, duplicate=gone.pk)
    assert moved == [(keep.pk, gone.pk)]


def test_a_room_that_fails_stops_the_merge():
    keep, gone = AuthorityFactory.create_batch(2)

    def fail(*, keep, duplicate):
        raise IntegrityError

    with (
        hooks.register_temporarily("register_authority_references", lambda: fail),
        pytest.raises(IntegrityError),
    ):
        merge(keep=keep.pk, duplicate=gone.pk)
    assert Authority.objects.current().count() == 2


def test_what_cannot_be_merged_is_refused_with_a_sentence():
    person, other, place = AuthorityFactory(), AuthorityFactory(), AuthorityFactory(kind="place")
    merged = AuthorityFactory()
    merge(keep=other.pk, duplicate=merged.pk)
    for keep, duplicate, error in [
        (person, person, WithItself),
        (person, place, DifferentKinds),
        (person, merged, AlreadyMerged),
        (merged, person, AlreadyMerged),
    ]:
        with pytest.raises(error) as caught:
            merge(keep=keep.pk, duplicate=duplicate.pk)
        assert str(caught.value).endswith(".")
    with pytest.raises(UnknownAuthority):
        merge(keep=person.pk, duplicate=10**9)
    with pytest.raises(UnknownAuthority):
        resolve(10**9)


# --- Relations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", AuthorityRelation.Kind.values)
def test_a_relation_stands_on_both_sides(kind):
    one, other = AuthorityFactory.create_batch(2)
    for _ in range(2):
        relate(authority=one, kind=kind, other=other)
    ((back, pk),) = relations(other)
    assert pk == one.pk
    assert AuthorityRelation.OPPOSITES[back] == kind
    assert relations(one) == {(kind, other.pk)}


def test_contrary_relations_are_refused():
    one, other = AuthorityFactory.create_batch(2)
    relate(authority=one, kind="broader", other=other)
    with pytest.raises(Contradiction):
        relate(authority=one, kind="narrower", other=other)
    with pytest.raises(WithItself):
        relate(authority=one, kind="see_also", other=one)


# --- What an entry may hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "given", "kept"),
    [
        ("viaf", "https://viaf.org/viaf/66462281/", "66462281"),
        ("wikidata", " q9248 ", "Q9248"),
        ("wikidata", "http://www.wikidata.org/entity/Q9248", "Q9248"),
        ("isni", "0000 0001 2103 2683", "0000000121032683"),
        ("gnd", "(DE-588)118540238", "118540238"),
        ("gnd", "4041769-9", "4041769-9"),
        ("lc", "n 79021164", "n79021164"),
        ("lc", "http://id.loc.gov/authorities/names/n79021164", "n79021164"),
        ("local", "  A 17 ", "A 17"),
    ],
)
def test_numbers_are_kept_as_their_scheme_writes_them(scheme, given, kept):
    number = AuthorityIdentifier(authority=AuthorityFactory(), scheme=scheme, value=given)
    number.full_clean()
    assert number.value == kept
    assert bool(number.address) == (scheme != "local")


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("viaf", "Q1"), ("viaf", "0"), ("wikidata", "9248"), ("isni", "0000000121032684"), ("gnd", "abc"), ("lc", "1"),
     ("isni", "٠٠٠٠٠٠٠١٢١٠٣٢٦٨٣")],
)  # fmt: skip
def test_wrong_numbers_are_refused_with_an_example(scheme, value):
    with pytest.raises(ValidationError, match="looks like this"):
        AuthorityIdentifier(authority=AuthorityFactory(), scheme=scheme, value=value).full_clean()


def test_a_number_belongs_to_one_entry():
    AuthorityIdentifier.objects.create(authority=AuthorityFactory(), scheme="viaf", value="123")
    with pytest.raises(ValidationError, match="merge them"):
        AuthorityIdentifier(
            authority=AuthorityFactory(), scheme="viaf", value="viaf.org/viaf/123"[-3:]
        ).full_clean()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"heading": "known"}, "heading"),
        ({"heading": "…"}, "heading"),
        ({"kind": "place", "latitude": 40}, "longitude"),
        ({"kind": "person", "latitude": 40, "longitude": 49}, "latitude"),
        ({"kind": "place", "latitude": 91, "longitude": 49}, "latitude"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(fields, field):
    AuthorityFactory(heading="Known.")
    with pytest.raises(ValidationError) as caught:
        Authority(**{"kind": "person", "heading": "X"} | fields).full_clean()
    assert field in caught.value.message_dict


def test_people_find_an_entry_without_its_special_letters():
    poet = AuthorityFactory(heading="Şıxlı, İsmayıl")
    named(poet, "Шыхлы")
    for text in ("sixli", "Ismayil ŞIXLI", "шыхл", "İsmayıl"):
        assert list(Authority.objects.all().like(text)) == [poet], text
    assert not Authority.objects.all().like("ismayil шыхлы").exists()
    assert Authority.objects.all().like("").count() == 1
    assert not Authority.objects.all().like("???").exists()


def test_perhaps_the_same():
    one = AuthorityFactory(heading="Çingiz Aytmatov")
    other = AuthorityFactory(heading="Cingiz Aytmatov")
    third = AuthorityFactory(heading="Айтматов")
    AuthorityName.objects.create(authority=third, name="çingiz aytmatov")
    AuthorityFactory(kind="subject", heading="Çingiz Aytmatov")
    assert set(Authority.objects.perhaps_the_same_as(one)) == {other, third}
