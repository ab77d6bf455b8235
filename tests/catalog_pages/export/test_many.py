"""Many records in one stream: chosen, found, or all; and tables that calculate nothing."""

import csv
import io
import tracemalloc

import pymarc
import pytest
from django.core.management import CommandError, call_command

from catalog_pages.export import many
from catalog_pages.export.many import all_records, written
from catalog_pages.models import Record
from library.spreadsheets import harmless
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def titles(data):
    return [record["245"]["a"] for record in pymarc.MARCReader(io.BytesIO(data))]


def test_chosen_records_come_in_the_order_of_the_choice(client):
    one, two = RecordFactory(), RecordFactory()
    address = f"/catalogue/export.mrc?id={two.pk}&id={one.pk}&id=999999&id=x&id={two.pk}&id={'9' * 30}"
    assert titles(body(client, address)) == [two.title, one.title]


def test_a_search_is_exported_whole(client, settings, monkeypatch):
    for number in range(7):
        RecordFactory(title=f"Garden {number}", year=1990 + number, language="rus" if number % 2 else "eng")
    RecordFactory(title="Elsewhere")
    monkeypatch.setattr(many, "MOST_PER_PAGE", 2)
    with searchable(settings):
        data = body(client, "/catalogue/export.mrc?q=garden&sort=newest")
        assert titles(data) == [f"Garden {number}" for number in range(6, -1, -1)]
        assert len(titles(body(client, "/catalogue/export.mrc?q=garden&language=rus"))) == 3
        assert body(client, "/catalogue/export.ris?q=garden").count(b"ER  - ") == 7
        rows = list(
            csv.DictReader(io.StringIO(body(client, "/catalogue/export.csv?q=garden").decode("utf-8-sig")))
        )
        assert {row["title"] for row in rows} == {f"Garden {number}" for number in range(7)}


def test_without_a_search_engine_nothing_is_begun(client, settings):
    settings.ELASTICSEARCH_PREFIX = "nothere"
    assert client.get("/catalogue/export.mrc?q=x").status_code == 503
    assert client.get("/catalogue/export.exe?q=x").status_code == 404


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1"])
def test_tables_hold_no_formulas(client, value):
    assert str(harmless(value)).startswith("'")
    record = RecordFactory(title=value, authors=[value])
    text = body(client, f"/catalogue/export.csv?id={record.pk}").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"] == row["authors"] == f"'{value}"


def test_what_is_no_formula_stays():
    assert [harmless(value) for value in ("C#", "1-2", "", 7)] == ["C#", "1-2", "", 7]


def test_the_command_writes_all_or_those_of_one_library(tmp_path):
    first, second = RecordFactory(), RecordFactory(source="other")
    item = ItemFactory(record=second)
    for options, expected in (
        ({}, [first, second]),
        ({"source": "other"}, [second]),
        ({"branch": item.branch.code}, [second]),
    ):
        call_command("export_marc", tmp_path / "all.mrc", verbosity=0, **options)
        assert titles((tmp_path / "all.mrc").read_bytes()) == [record.title for record in expected]
    assert [path.name for path in tmp_path.iterdir()] == ["all.mrc"]
    with pytest.raises(CommandError, match="No library has the code"):
        call_command("export_marc", tmp_path / "all.mrc", branch="nowhere")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_marc", tmp_path / "nowhere" / "all.mrc", verbosity=0)


def test_memory_does_not_grow_with_the_number_of_records():
    def peak(count):
        made = [
            Record(title=f"T{n}" * 50, control_number=f"m{count}-{n}", source=f"s{count}")
            for n in range(count)
        ]
        Record.objects.bulk_create(made)
        del made
        tracemalloc.start()
        assert sum(len(piece) for piece in written(all_records(source=f"s{count}"), "mrc")) > count * 100
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(200)  # what is loaded once
    few, many_more = peak(400), peak(4000)
    assert many_more < few * 1.5
