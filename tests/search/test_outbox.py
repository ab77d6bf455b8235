"""Changes reach the index once, whatever happens in between."""

import socket
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from search import generations
from search.engines import current_engine
from search.errors import RebuildRunning, SearchUnavailable
from search.generations import live_generation, rebuild
from search.locks import advisory_key, exclusive
from search.models import Generation, GenerationState, OutboxEntry
from search.outbox import drain, enqueue
from search.service import ping, search
from tests.search.corpus import make_document

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def put(source, number: int, title: str | None) -> None:
    """Write an object as a service would: the object and its outbox row together."""
    with transaction.atomic():
        if title is None:
            source.objects.pop(number, None)
        else:
            source.objects[number] = make_document(number, title)
        enqueue(source.name, [number])


def test_writes_changes_and_deletions_reach_the_index(engine, source):
    put(source, 1, "Qarabağ")
    put(source, 2, "Bakı")
    assert drain() == 0, "the first drain builds the index instead"
    assert search("").total == 2
    put(source, 1, "Gəncə")
    put(source, 2, None)
    put(source, 3, "Tovuz")
    put(source, 3, "Qazax")
    assert drain() == 4
    assert search("").ids == ["record:3", "record:1"]
    assert search("qarabağ").total == search("bakı").total == search("tovuz").total == 0
    assert OutboxEntry.objects.count() == 0
    assert drain() == 0


def test_nothing_is_enqueued_by_a_write_that_fails(engine, source):
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        enqueue("record", [1])
        raise ValueError("no")
    assert OutboxEntry.objects.count() == 0


def test_rows_are_kept_for_a_generation_that_is_being_built(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    building = Generation.objects.create(
        name="next", engine=engine.name, layout="x", stamp="y", state=GenerationState.BUILDING
    )
    put(source, 2, "Bakı")
    assert drain() == 1
    assert search("bakı").total == 1
    assert OutboxEntry.objects.get().generation == building.name
    assert drain() == 0, "the live index has it"


def test_what_changes_during_a_rebuild_is_in_the_new_index(engine, source, monkeypatch):
    for number in (1, 2, 3):
        put(source, number, f"Kitab {number}")
    rebuild()
    write_everything = generations._write_everything

    def meanwhile(writer, report):
        written = write_everything(writer, report)
        put(source, 1, "Dəyişdi")
        put(source, 2, None)
        assert drain() == 2, "the old generation keeps up"
        put(source, 4, "Yeni")
        return written

    monkeypatch.setattr(generations, "_write_everything", meanwhile)
    old = live_generation()
    rebuild()
    assert live_generation().name != old.name
    assert sorted(search("").ids) == ["record:1", "record:3", "record:4"]
    assert search("dəyişdi").total == search("yeni").total == 1
    assert OutboxEntry.objects.count() == 0
    assert engine.stamp(old.name) is None, "the old generation is removed"
    assert Generation.objects.count() == 1


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(engine, source, monkeypatch):
    put(source, 1, "Qarabağ")
    rebuild()
    name = live_generation().name

    def fail(writer, report):
        raise SearchUnavailable("no disk space")

    monkeypatch.setattr(generations, "_write_everything", fail)
    with pytest.raises(SearchUnavailable):
        rebuild()
    assert live_generation().name == name
    assert Generation.objects.count() == 1
    assert search("qarabağ").total == 1


def test_what_a_killed_rebuild_left_is_cleared_away(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    Generation.objects.create(
        name="left", engine=engine.name, layout="x", stamp="y", state=GenerationState.BUILDING
    )
    with engine.writer("left", bulk=True) as writer:
        writer.commit("y")
    put(source, 2, "Bakı")
    drain()
    rebuild()
    assert engine.stamp("left") is None
    assert Generation.objects.count() == 1
    assert OutboxEntry.objects.count() == 0
    assert search("").total == 2


@contextmanager
def held_elsewhere(name: str):
    """The lock of this name, held as another process would hold it."""
    if connection.vendor != "postgresql":
        with exclusive(name):
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [advisory_key(name)])
        yield
        # Closing would free it too, but only when the server gets round to it.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [advisory_key(name)])
    finally:
        other.close()


def test_two_rebuilds_do_not_run_at_once(engine, source):
    with held_elsewhere("rebuild"):
        with pytest.raises(RebuildRunning):
            rebuild()
        assert drain() == 0
    rebuild()


def test_two_drains_do_not_run_at_once(engine, source):
    rebuild()
    put(source, 1, "Qarabağ")
    with held_elsewhere("drain"):
        assert drain() == 0
    assert drain() == 1


def test_an_index_of_another_moment_is_rebuilt(engine, source):
    """A backup of the database was restored: the index holds what the database never knew."""
    put(source, 1, "Qarabağ")
    rebuild()
    before = Generation.objects.get()
    put(source, 2, "Bakı")
    drain()
    source.objects.pop(2)
    Generation.objects.all().delete()
    before.pk = None
    before.save()
    drain()
    assert live_generation().name != before.name
    assert search("").ids == ["record:1"]


def test_an_index_that_vanished_is_rebuilt(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    engine.drop(live_generation().name)
    with pytest.raises(SearchUnavailable):
        search("qarabağ")
    assert not ping().ok
    drain()
    assert search("qarabağ").total == 1


def test_an_index_of_another_layout_is_not_read(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    Generation.objects.update(layout="older")
    with pytest.raises(SearchUnavailable):
        search("")
    drain()
    assert search("").total == 1


def test_an_object_its_source_cannot_read_keeps_nothing_else_out(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    read = source.documents

    def documents(ids):
        if 2 in ids:
            raise ValueError("broken record")
        return read(ids)

    source.documents = documents
    put(source, 2, "Sınıq")
    put(source, 3, "Bakı")
    assert drain() == 2
    assert search("").ids == ["record:3", "record:1"]
    rebuild()
    assert search("").ids == ["record:3", "record:1"]


def test_sources_that_are_gone_take_their_documents_along(engine, source):
    put(source, 1, "Qarabağ")
    rebuild()
    enqueue("nowhere", [5])
    assert drain() == 1


@pytest.fixture(params=["nobody listens", "nobody answers"])
def away(request):
    """The address of a server that is not there, or that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if request.param == "nobody listens":
            server.close()
        yield f"http://127.0.0.1:{port}"


def test_an_engine_that_is_away_delays_the_index_and_never_the_save(db, source, settings, away):
    settings.ELASTICSEARCH_URL = away
    settings.SEARCH_TIMEOUT = 0.3
    Generation.objects.create(
        name="there",
        engine="elasticsearch",
        layout=generations.fingerprint(),
        stamp="s",
        state=GenerationState.LIVE,
    )
    put(source, 1, "Qarabağ")
    for question in (drain, rebuild, lambda: search("qarabağ")):
        with pytest.raises(SearchUnavailable):
            question()
    with pytest.raises(CommandError):
        call_command("drain_search")
    assert OutboxEntry.objects.count() == 1
    status = ping()
    assert not status.ok
    assert "Elasticsearch" in status.detail
    assert live_generation().name == "there"


def test_commands(engine, source, capsys):
    put(source, 1, "Qarabağ")
    call_command("rebuild_search")
    assert "1 documents are searchable" in capsys.readouterr().out
    put(source, 2, "Bakı")
    call_command("drain_search")
    assert "1 changes applied" in capsys.readouterr().out
    assert ping().documents == 2
    assert ping().engine == current_engine().name


def test_another_process_writing_to_the_embedded_index_makes_the_drain_wait(db, source, settings):
    settings.ELASTICSEARCH_URL = ""
    put(source, 1, "Qarabağ")
    rebuild()
    put(source, 2, "Bakı")
    with current_engine().writer(live_generation().name):
        assert drain() == 0
    assert OutboxEntry.objects.count() == 1
    assert drain() == 1
