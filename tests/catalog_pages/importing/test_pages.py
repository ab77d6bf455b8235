"""The pages of imports: what staff see of a file, what they say, and what the worker does then."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from catalog_pages.importing import jobs
from catalog_pages.marc.iso2709 import build
from catalog_pages.models import Import, Item, Record
from library.models import ProgressReport, ReportState
from library.roles import group_of
from tests.catalog_pages.importing.test_rules import book
from tests.factories.library import UserFactory

State = Import.State
CP1251 = build(
    "00000nam a22000005i 4500", [("001", b"2"), ("245", b"10\x1fa" + "Двенадцать".encode("cp1251"))]
)
TABLE = "Əsər,Yazan,İl,Filial\nAna,Müəllif A.,1990,central\nAna,Müəllif A.,1990,elsewhere\n".encode()


@pytest.fixture
def librarian(client, db):
    user = UserFactory()
    user.groups.set([group_of("librarian")])
    client.force_login(user)
    return client


def upload(client, *contents, source="local", **more):
    files = [SimpleUploadedFile(f"file{number}.mrc", content) for number, content in enumerate(contents)]
    return client.post(reverse("imports:new"), {"uploads": files, "source": source, **more}, follow=True)


def said(batch, **changes):
    """The form of rules as the page shows it, with changes."""
    return {"source": batch.source, "match": "number", "on_match": "replace", "edited": "keep"} | changes


def work():
    """What the worker does with the jobs that wait."""
    for job in DBTaskResult.objects.filter(status="READY"):
        job.task.func(*job.args_kwargs["args"])
        job.delete()


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_what_is_in_the_files_before_anything_is_written(librarian, central):
    page = text(
        upload(librarian, book("1", "Ölülər", item="B1") + CP1251, book("3", "", isbn="x") + book("4"))
    )
    for expected in (
        "ISO 2709", "MARC21", "2 records declared UTF-8, 1 of them are Windows-1251", "Ölülər", "Двенадцать",
        "central (1)", "1 × the record has no title (245 or 200)", "Dry run",
    ):  # fmt: skip
        assert expected in page
    assert not Record.objects.exists()


def test_a_dry_run_then_the_import_then_its_undoing(librarian, central):
    upload(librarian, book("1", "One", item="B1") + book("2", ""))
    batch = Import.objects.get()
    librarian.post(reverse("imports:start", args=[batch.pk]), {"dry_run": "1"})
    work()
    assert "nothing was written" in text(librarian.get(reverse("imports:show", args=[batch.pk])))
    assert not Record.objects.exists()
    librarian.post(reverse("imports:start", args=[batch.pk]))
    work()
    batch.refresh_from_db()
    page = text(librarian.get(reverse("imports:show", args=[batch.pk])))
    assert (batch.state, Record.objects.count(), Item.objects.count()) == (State.DONE, 1, 1)
    assert "1 × the record has no title" in page and "Undo this import" in page
    assert ProgressReport.objects.get(pk=batch.report).state == ReportState.DONE
    librarian.get(reverse("imports:undo", args=[batch.pk]))
    librarian.post(reverse("imports:undo", args=[batch.pk]))
    work()
    batch.refresh_from_db()
    assert (batch.state, Record.objects.exists()) == (State.UNDONE, False)
    assert "Taken back" in text(librarian.get(reverse("imports:show", args=[batch.pk])))
    assert "Import" in text(librarian.get(reverse("imports:list")))


def test_rejected_records_and_their_reasons_are_given_to_staff_only(librarian, central, client):
    untitled = book("2", "")
    upload(librarian, book("1") + untitled)
    batch = Import.objects.get()
    jobs.start(batch.pk, dry_run=False)
    work()
    page = librarian.get(reverse("imports:show", args=[batch.pk]))
    rejects, reasons = page.context["rejects_url"], page.context["reasons_url"]
    assert b"".join(librarian.get(rejects).streaming_content) == untitled
    assert b"no_title" in b"".join(librarian.get(reasons).streaming_content)
    client.logout()
    assert client.get(rejects).status_code == client.get(reasons).status_code == 403


def test_columns_of_a_spreadsheet_are_said_on_the_page(librarian, central):
    page = text(upload(librarian, TABLE))
    assert "Spreadsheet" in page and "say which column holds the title" in page
    batch = Import.objects.get()
    librarian.post(reverse("imports:start", args=[batch.pk]))
    assert Import.objects.get().state == State.NEW
    file = batch.files.get()
    columns = {
        f"column_{file.pk}_{at}": name for at, name in enumerate(("title", "author", "year", "branch"))
    }
    bad = columns | {f"column_{file.pk}_1": "title"}
    answer = text(librarian.post(reverse("imports:show", args=[batch.pk]), said(batch, **bad)))
    assert "Two columns cannot both be this" in answer
    untitled = columns | {f"column_{file.pk}_0": ""}
    answer = text(librarian.post(reverse("imports:show", args=[batch.pk]), said(batch, **untitled)))
    assert "say which column holds the title" in answer
    page = text(librarian.post(reverse("imports:show", args=[batch.pk]), said(batch, **columns), follow=True))
    assert "Ana" in page and "central (1)" in page and "elsewhere (1)" in page
    jobs.start(batch.pk, dry_run=False)
    work()
    assert Record.objects.values_list("title", "authors", "year").get() == ("Ana", ["Müəllif A."], 1990)


def test_the_rules_said_on_the_page_count(librarian, deliver):
    deliver(book("1", "Ours", x650="History"))
    upload(librarian, book("1", "Theirs", x650="Baku"))
    batch = Import.objects.latest("pk")
    rules = said(batch, on_match="merge", add_fields="650, 6xx")
    librarian.post(reverse("imports:show", args=[batch.pk]), rules)
    jobs.start(batch.pk, dry_run=False)
    work()
    assert Record.objects.values_list("title", "subjects").get() == ("Ours", ["History", "Baku"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": "Two words"}, "error-message"),
        ({"source": "Big"}, "small letters"),
        ({"add_fields": "65"}, "65 is no tag"),
        ({"items": "111"}, "No item field is called 111"),
        ({"items": "/etc/x.json"}, "Name fields, not a file"),
        ({"match": "luck"}, "error-message"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_words(changes, message, librarian, central):
    upload(librarian, book())
    batch = Import.objects.get()
    page = text(librarian.post(reverse("imports:show", args=[batch.pk]), said(batch, **changes)))
    assert message in page


def gzip_bomb():
    import gzip

    return gzip.compress(b"0" * (80 << 20), 9)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no records"),
        (b"no records at all", "no records"),
        (b"\x1f\x8b\x08\x00 broken", "damaged"),
        (b"PK\x03\x04 broken", "no records"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><collection>&b;</collection>', "not safe"),
    ],
)
def test_files_that_hold_no_records_are_told_in_words(content, message, librarian, central):
    page = text(upload(librarian, content))
    assert message in page
    assert "/private/" not in page
    batch = Import.objects.get()
    jobs.start(batch.pk, dry_run=False)
    work()
    batch.refresh_from_db()
    assert not Record.objects.exists()
    assert batch.state == State.FAILED or batch.summary["rejected"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose at least one file"),
        ({"uploads": b""}, "error-message"),
        ({"source": "A B", "uploads": b"x"}, "error-message"),
    ],
)
def test_an_upload_of_nothing_is_refused(data, message, librarian, central):
    data = {"source": "local"} | data
    if "uploads" in data:
        data["uploads"] = io.BytesIO(data["uploads"])
        data["uploads"].name = "a.mrc"
    assert message in text(librarian.post(reverse("imports:new"), data))
    assert not Import.objects.exists()


def test_what_is_too_big_is_refused_with_the_limit(librarian, central, settings):
    settings.IMPORT_MAX_MB = 0
    assert "An uploaded file may have" in text(upload(librarian, book()))


def test_files_on_the_server_are_offered_and_nothing_outside_of_their_folder(
    librarian, central, settings, tmp_path
):
    folder = tmp_path / "dropped"
    folder.mkdir()
    settings.IMPORT_DIR = str(folder)
    (folder / "big.mrc").write_bytes(book("1", "From the server"))
    (tmp_path / "secret").write_bytes(book())
    (folder / "link").symlink_to(tmp_path / "secret")
    offered = librarian.get(reverse("imports:new")).context["form"].fields["on_server"].choices
    assert offered == [("big.mrc", "big.mrc")]
    for name, count in (("../secret", 0), ("link", 0), ("big.mrc", 1)):
        librarian.post(reverse("imports:new"), {"source": "local", "on_server": [name]})
        assert Import.objects.count() == count
    jobs.start(Import.objects.get().pk, dry_run=False)
    work()
    assert Record.objects.get().title == "From the server"


def test_a_running_import_stops_when_asked_and_goes_on_later(librarian, central, monkeypatch):
    monkeypatch.setattr(jobs, "_SECONDS_BETWEEN_LOOKS", 0)
    upload(librarian, b"".join(book(f"c{n}", f"T{n}") for n in range(30)))
    batch = Import.objects.get()
    librarian.post(reverse("imports:start", args=[batch.pk]))
    assert librarian.get(reverse("imports:progress", args=[batch.pk])).json()["running"]
    librarian.post(reverse("imports:stop", args=[batch.pk]))
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.summary["read"]) == (State.STOPPED, 1)
    librarian.post(reverse("imports:start", args=[batch.pk]))
    work()
    batch.refresh_from_db()
    assert (batch.state, Record.objects.count()) == (State.DONE, 30)
    assert not librarian.get(reverse("imports:progress", args=[batch.pk])).json()["running"]


def test_after_its_worker_was_killed_it_is_said_and_can_be_gone_on_with(librarian, central):
    upload(librarian, book())
    report = ProgressReport.objects.create(label="x", state=ReportState.FAILED)
    batch = Import.objects.get()
    Import.objects.update(state=State.RUNNING, report=report.pk)
    assert "The worker was stopped" in text(librarian.get(reverse("imports:show", args=[batch.pk])))
    librarian.post(reverse("imports:start", args=[batch.pk]))
    work()
    assert Record.objects.count() == 1


def test_nothing_is_started_twice(librarian, central):
    upload(librarian, book())
    batch = Import.objects.get()
    for _time in range(2):
        librarian.post(reverse("imports:start", args=[batch.pk]))
    assert DBTaskResult.objects.filter(task_path__endswith="run_import").count() == 1
    with pytest.raises(jobs.Busy):
        jobs.start_undo(batch.pk)


@pytest.mark.parametrize(
    ("role", "sees", "adds"), [("librarian", 200, 200), ("desk", 200, 302), ("archivist", 302, 302)]
)
def test_who_may(role, sees, adds, client, central):
    batch = Import.objects.create()
    user = UserFactory()
    user.groups.set([group_of(role)])
    client.force_login(user)
    assert client.get(reverse("imports:list")).status_code == sees
    assert client.get(reverse("imports:show", args=[batch.pk])).status_code == sees
    assert client.get(reverse("imports:new")).status_code == adds
    for name in ("start", "stop", "undo"):
        client.post(reverse(f"imports:{name}", args=[batch.pk]))
        if name != "undo":
            assert client.get(reverse(f"imports:{name}", args=[batch.pk])).status_code == 405
    assert Import.objects.get().is_busy is (adds == 200)


def test_the_list_costs_the_same_for_many(librarian, central, django_assert_max_num_queries):
    for _number in range(30):
        Import.objects.create().files.create(name="a.mrc")
    librarian.get(reverse("imports:list"))
    with django_assert_max_num_queries(20):
        librarian.get(reverse("imports:list"))
