"""Names and subjects of records under the entries of the authority file."""

import pytest
from django.db.models import ProtectedError

from catalog_pages.authorities import following
from catalog_pages.headings import count_changes
from catalog_pages.importing import import_marc
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.models import ChangedAuthority, Heading, MarcSource, Record, RecordAuthority
from catalog_pages.services import note_headings, save_record, tell_changed
from catalog_pages.sources import RecordSource
from library.authorities import find_or_create, merge
from library.models import Authority, AuthorityName, ProgressReport
from search.generations import rebuild
from search.models import OutboxEntry
from search.outbox import drain
from search.service import search
from tests.factories.authorities import AuthorityFactory
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


def save(number="1", record=None, **fields) -> Record:
    given = {"control_number": number, "title": "A title", "language": "aze", **fields}
    return save_record(fields=given, record=record)


def marc_of(number="1", **fields) -> bytes:
    """A record whose fields are given as t100="Name", or t650=["Topic", ("Topic", "subdivision")]."""
    builder = MarcBuilder(number)
    builder.fixed(year="1990", language="aze")
    builder.add("245", "10", a="A title")
    for tag, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            head, division = value if isinstance(value, tuple) else (value, "")
            builder.add(tag[1:], "1 ", a=head, x=division)
    return builder.iso2709()


def bring(tmp_path, *records: bytes) -> None:
    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(records))
    import_marc([path])
    count_changes()


def links(**where):
    rows = RecordAuthority.objects.filter(**where).order_by("record", "role", "position")
    return [
        (link.role, link.authority.kind, str(link.authority)) for link in rows.select_related("authority")
    ]


@pytest.mark.parametrize(
    ("tag", "role", "kind"),
    [
        ("100", "author", "person"), ("110", "author", "body"), ("711", "author", "body"),
        ("600", "subject", "person"), ("610", "subject", "body"), ("650", "subject", "subject"),
        ("651", "subject", "place"), ("655", "subject", "genre"), ("630", "subject", "work"),
    ],
)  # fmt: skip
def test_the_tag_says_what_a_heading_names(tmp_path, tag, role, kind):
    bring(tmp_path, marc_of(**{f"t{tag}": "Made-up heading"}))
    assert links() == [(role, kind, "Made-up heading")]
    entry = Authority.objects.get()
    assert not entry.is_verified


def test_the_same_heading_is_one_entry_however_it_is_punctuated(tmp_path):
    bring(
        tmp_path,
        marc_of("1", t100="Nizami Gəncəvi, 1141-1209."),
        marc_of("2", t700="NİZAMİ GƏNCƏVİ 1141–1209"),
    )
    assert Authority.objects.count() == 1
    # Capitals give way to the entry's own form.
    assert (
        list(Record.objects.order_by("pk").values_list("authors", flat=True))
        == [["Nizami Gəncəvi, 1141-1209"]] * 2
    )


def test_names_without_marks_meet_the_one_entry_with_them_but_topics_do_not(tmp_path):
    person = find_or_create(kind="person", heading="Şəhriyar Əliağa")
    topic = find_or_create(kind="subject", heading="Kâr")
    bring(tmp_path, marc_of(t100="Sehriyar Eliaga", t650="Kar"))
    assert RecordAuthority.objects.get(role="author").authority == person
    assert RecordAuthority.objects.get(role="subject").authority != topic
    assert Record.objects.get().authors == ["Sehriyar Eliaga"]  # it waits for a librarian
    person.is_verified = True
    person.save()
    count_changes()
    assert Record.objects.get().authors == ["Şəhriyar Əliağa"]
    AuthorityFactory(heading="Səhriyar Əliaga")
    bring(tmp_path, marc_of("2", t100="Sehriyar Elıaga"))  # two of them: nobody knows which
    assert Authority.objects.filter(heading="Sehriyar Elıaga").exists()


def test_another_name_leads_to_the_entry_and_readers_see_the_preferred_form(tmp_path):
    entry = find_or_create(kind="person", heading="Tolstoy, Lev")
    AuthorityName.objects.create(authority=entry, name="Tolstoi, Leo")
    bring(tmp_path, marc_of(t100="Tolstoi, Leo", t600=("Tolstoi, Leo", "Criticism")))
    record = Record.objects.get()
    assert record.authors == ["Tolstoy, Lev"] and record.subjects == ["Tolstoy, Lev — Criticism"]
    assert RecordAuthority.objects.get(role="author").heading == "Tolstoi, Leo"
    assert RecordAuthority.objects.get(role="subject").subdivision == "Criticism"
    assert b"Tolstoi, Leo" in record.marc_source.iso2709
    assert record.author_sort == save("9", authors=["Tolstoy, Lev"]).author_sort
    assert set(Heading.objects.values_list("text", flat=True)) == {"Tolstoy, Lev", "Tolstoy, Lev — Criticism"}


def test_a_heading_with_subdivisions_is_found_whole_before_its_head(tmp_path):
    whole = find_or_create(kind="subject", heading="Poetry -- History")
    bring(tmp_path, marc_of(t650=[("Poetry", "History"), ("Poetry", "Forms")]))
    first, second = RecordAuthority.objects.order_by("position")
    assert first.authority == whole and first.subdivision == ""
    assert str(second.authority) == "Poetry" and second.subdivision == "Forms"


def test_uncontrolled_terms_and_what_is_no_heading_stay_unlinked(tmp_path):
    find_or_create(kind="subject", heading="Known")
    bring(tmp_path, marc_of(t653=["Known", "Unknown"], t100="…"))
    assert links() == [("subject", "subject", "Known")]
    save("2", authors=["A" * 600, ""])
    count_changes()
    assert not RecordAuthority.objects.filter(record__control_number="2").exists()


def test_records_without_marc_are_linked_to_entries_of_any_fitting_kind():
    body = find_or_create(kind="body", heading="Made-up Society")
    save(authors=["Made-up Society", "Somebody"], subjects=["Baku"])
    count_changes()
    assert links() == [
        ("author", "body", "Made-up Society"), ("author", "person", "Somebody"), ("subject", "subject", "Baku")
    ]  # fmt: skip
    assert RecordAuthority.objects.filter(authority=body).count() == 1


def test_linking_twice_changes_nothing(tmp_path):
    bring(tmp_path, marc_of(t100="One", t650=["A", "B"]))
    before = list(RecordAuthority.objects.order_by("pk").values())
    OutboxEntry.objects.all().delete()
    record = Record.objects.get()
    note_headings([record.pk])
    count_changes()
    assert list(RecordAuthority.objects.order_by("pk").values()) == before
    assert Record.objects.get().updated_at == record.updated_at and not OutboxEntry.objects.exists()


def test_a_changed_record_is_linked_anew(tmp_path):
    bring(tmp_path, marc_of(t100="One", t650=["A", "B"]))
    bring(tmp_path, marc_of(t100="Two", t650=["B"], t651="A"))
    assert links() == [
        ("author", "person", "Two"), ("subject", "subject", "B"), ("subject", "place", "A"),
    ]  # fmt: skip
    Record.objects.get().delete()
    assert not RecordAuthority.objects.exists()


def test_every_record_follows_a_merge_and_importing_again_does_not_undo_it(tmp_path):
    delivered = [marc_of("1", t100="Nizami G.", t600="Nizami G."), marc_of("2", t100="Nizami Gəncəvi")]
    bring(tmp_path, *delivered)
    keep, gone = (Authority.objects.get(heading=text) for text in ("Nizami Gəncəvi", "Nizami G."))
    OutboxEntry.objects.all().delete()
    merge(keep=keep.pk, duplicate=gone.pk)
    assert not RecordAuthority.objects.filter(authority=gone).exists()  # a few move at once
    count_changes()
    first = Record.objects.get(control_number="1")
    assert first.authors == ["Nizami Gəncəvi"] and first.subjects == ["Nizami Gəncəvi"]
    assert OutboxEntry.objects.filter(object_id=first.pk).exists()
    assert dict(Heading.objects.filter(kind="author").values_list("text", "records")) == {"Nizami Gəncəvi": 2}
    assert b"Nizami G." in MarcSource.objects.get(pk=first.pk).iso2709
    MarcSource.objects.update(checksum="another")  # as if the file had changed
    bring(tmp_path, *delivered)
    assert Record.objects.get(control_number="1").authors == ["Nizami Gəncəvi"]
    assert Authority.objects.current().filter(kind="person").count() == 1


def test_a_merge_leaves_one_note_for_the_records(tmp_path):
    bring(tmp_path, marc_of("1", t100="One"), marc_of("2", t100="Two"))
    keep, gone = (Authority.objects.get(heading=text) for text in ("One", "Two"))
    AuthorityName.objects.create(authority=gone, name="Second")
    merge(keep=keep.pk, duplicate=gone.pk)
    assert ChangedAuthority.objects.get().authority == keep


def test_two_forms_in_one_record_become_one(tmp_path):
    bring(tmp_path, marc_of("1", t100="Nizami G.", t700=["Nizami Gəncəvi", "Somebody"]))
    keep, gone = (Authority.objects.get(heading=text) for text in ("Nizami Gəncəvi", "Nizami G."))
    merge(keep=keep.pk, duplicate=gone.pk)
    count_changes()
    assert Record.objects.get().authors == ["Nizami Gəncəvi", "Somebody"]
    assert list(RecordAuthority.objects.order_by("position").values_list("position", flat=True)) == [0, 1]


def test_records_follow_a_corrected_heading_and_the_former_one_still_leads_there(tmp_path):
    bring(tmp_path, marc_of(t100="Vurgun, Samed"))
    entry = Authority.objects.get()
    entry.heading = "Vurğun, Səməd, şair"
    entry.save()
    count_changes()
    record = Record.objects.get()
    assert record.authors == ["Vurğun, Səməd, şair"]
    assert list(entry.names.values_list("name", flat=True)) == ["Vurgun, Samed"]
    bring(tmp_path, marc_of("2", t100="Vurgun, Samed"))
    assert RecordAuthority.objects.filter(authority=entry).count() == 2
    save(record=record, title="Another title")  # by hand, with the form that is shown
    count_changes()
    assert RecordAuthority.objects.get(record=record).heading == "Vurgun, Samed"


def test_a_search_document_has_the_other_names(tmp_path, django_assert_num_queries):
    bring(tmp_path, marc_of("1", t100="Tolstoy, Lev", t600="Füzuli"), marc_of("2", t100="Tolstoy, Lev"))
    for heading, name in (("Tolstoy, Lev", "Толстой, Лев"), ("Füzuli", "Fuzûlî")):
        AuthorityName.objects.create(authority=Authority.objects.get(heading=heading), name=name)
    ids = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    OutboxEntry.objects.all().delete()
    count_changes()
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) == set(ids)
    with django_assert_num_queries(3):
        first, second = RecordSource().documents(ids)
    assert first.authors == ("Tolstoy, Lev", "Толстой, Лев") and first.subjects == ("Füzuli", "Fuzûlî")
    assert second.subjects == () and second.facets["author"] == ("Tolstoy, Lev",)


def test_many_records_follow_with_progress_and_go_on_where_they_stopped(monkeypatch):
    monkeypatch.setattr(following, "MANY", 5)
    monkeypatch.setattr(following, "RECORDS_AT_ONCE", 3)
    monkeypatch.setattr(following, "LINKS_AT_ONCE", 4)
    for _ in range(8):
        RecordFactory(authors=["Old"])
    tell_changed(list(Record.objects.values_list("pk", flat=True)))
    count_changes()
    keep, gone = find_or_create(kind="person", heading="New"), Authority.objects.get(heading="Old")
    merge(keep=keep.pk, duplicate=gone.pk)
    assert RecordAuthority.objects.filter(authority=keep).count() == 4
    with monkeypatch.context() as patch:
        whole, calls = following._next_records, []

        def cut_off(links, after):
            calls.append(after)
            return whole(links, after) if len(calls) < 3 else pytest.fail("cut off")

        patch.setattr(following, "_next_records", cut_off)
        with pytest.raises(pytest.fail.Exception):
            count_changes()
    assert ChangedAuthority.objects.get().after == calls[-1] > 0
    count_changes()
    assert all(authors == ["New"] for authors in Record.objects.values_list("authors", flat=True))
    assert not RecordAuthority.objects.filter(role="author").exclude(authority=keep).exists()
    assert not ChangedAuthority.objects.exists()
    assert ProgressReport.objects.get(label__contains="New").done == 6


def test_linking_many_records_takes_few_queries(tmp_path, django_assert_max_num_queries):
    records = [marc_of(str(n), t100=f"Author {n}", t650=[f"Topic {n % 9}", "All"]) for n in range(90)]
    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(records))
    import_marc([path])
    with django_assert_max_num_queries(60):
        count_changes()
    assert RecordAuthority.objects.count() == 270


def test_an_entry_with_records_is_not_deleted():
    save(authors=["One"])
    count_changes()
    with pytest.raises(ProtectedError):
        Authority.objects.get().delete()


@pytest.mark.engine
def test_a_search_for_another_name_finds_the_records(tmp_path):
    bring(tmp_path, marc_of("1", t100="Makedup, Levan"), marc_of("2", t600="Makedup, Levan"), marc_of("3"))
    rebuild()
    assert search("Pseudonymous", widen=False).total == 0
    AuthorityName.objects.create(authority=Authority.objects.get(), name="Pseudonymous, Q.", kind="pseudonym")
    count_changes()
    drain(seconds=10)
    assert search("Pseudonymous", widen=False).total == 2
    assert search("author:Pseudonymous", widen=False).total == 1
    AuthorityName.objects.get().delete()
    count_changes()
    drain(seconds=10)
    assert search("Pseudonymous", widen=False).total == 0


def test_records_follow_a_merge_of_two_that_differ_in_marks_alone(tmp_path):
    bring(tmp_path, marc_of("1", t650="Seir"), marc_of("2", t650="Şeir"))
    keep, gone = Authority.objects.get(heading="Şeir"), Authority.objects.get(heading="Seir")
    merge(keep=keep.pk, duplicate=gone.pk, user=UserFactory())
    count_changes()
    assert list(Record.objects.values_list("subjects", flat=True)) == [["Şeir"]] * 2
