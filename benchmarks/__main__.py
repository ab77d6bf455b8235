"""Prints the rows of the speed table, each beside the bare library on the same data in the same run.

Usage: python -m benchmarks [--records 100000] [--queries 300] [--keep]
"""

import argparse
import http.client
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import peak_megabytes, private_megabytes, seconds_of, time_each

BASE_DIR = Path(__file__).resolve().parent.parent
GOALS = {
    "import, share of bare parsing": "≥ 0.12",
    "engine p95, × bare tantivy": "≤ 1.5",
    "engine p95, × bare Elasticsearch": "< 1",
    "page p95, ms": "≤ 60",
    "page p95, × bare Elasticsearch": "≤ 3",
    "growth of engine p95 from a tenth": "≤ 3",
    "private memory of web process, MB": "≤ 400",
    "peak memory of import, MB": "< 500",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=int(os.environ.get("BENCH_RECORDS", "100000")))
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", action="store_true", help="keep the files made, to look at them")
    options = parser.parse_args()
    directory = BASE_DIR / "var" / "bench"
    shutil.rmtree(directory, ignore_errors=True)
    elasticsearch = prepare(directory)
    try:
        report(measure_all(directory, options.records, options.queries, elasticsearch))
    finally:
        if not options.keep:
            shutil.rmtree(directory, ignore_errors=True)


def prepare(directory: Path) -> str:
    """Point the portal at files of its own (SQLite, embedded engine); return the Elasticsearch to compare with."""
    elasticsearch = os.environ.pop("ELASTICSEARCH_URL", "")
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "VAR_DIR": str(directory), "DJANGO_SETTINGS_MODULE": "portal.settings", "STATIC_MANIFEST": "false",
        "ALLOWED_HOSTS": "localhost,127.0.0.1", "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("migrate", database="cache", verbosity=0)
    call_command("createcachetable", database="cache", verbosity=0)
    return elasticsearch


def measure_all(directory: Path, records: int, queries: int, elasticsearch: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    marc = directory / "generated.mrc"
    tenth = directory / "tenth.mrc"
    generate(tenth, records // 10)
    generate(marc, records)
    measure_import(tenth, records // 10, {})
    small = engine_timings(queries)
    measure_import(marc, records, rows)
    measure_search(directory, queries, elasticsearch, small.p95, rows)
    return rows


def generate(path: Path, records: int) -> None:
    from django.core.management import call_command

    say(f"Generating {records:,} records")
    call_command(
        "generate_library", records=records, items=records, readers=0, seed=1, marc=str(path), verbosity=0
    )


def measure_import(path: Path, records: int, rows: dict[str, str]) -> None:
    """Bare parsing and the whole import of the same file."""
    import pymarc

    from catalog_pages.importing import import_marc

    def parse() -> None:
        with path.open("rb") as stream:
            for _record in pymarc.MARCReader(stream):
                pass

    say(f"Parsing and importing {records:,} records")
    bare = records / seconds_of(parse)
    full = records / seconds_of(lambda: import_marc([path], source="synthetic"))
    rows["bare pymarc parsing, records/s"] = f"{bare:,.0f}"
    rows["import, records/s"] = f"{full:,.0f}"
    rows["import, share of bare parsing"] = f"{full / bare:.2f}"
    rows["peak memory of import, MB"] = f"{peak_megabytes():.0f}"


def documents() -> Iterator:
    """Every document of the catalogue, as the index gets them."""
    from search.sources import registered_sources

    source = registered_sources()["record"]
    after = 0
    while ids := source.ids_after(after, 1000):
        yield from source.documents(ids)
        after = ids[-1]


def words_of_titles(queries: int) -> list[str]:
    """Queries of one to three words from titles, the same in every run."""
    from catalog_pages.models import Record

    chance = random.Random(7)
    ids = list(Record.objects.values_list("pk", flat=True))
    titles = Record.objects.filter(pk__in=chance.sample(ids, min(queries, len(ids)))).values_list(
        "title", flat=True
    )
    result = []
    for title in titles:
        words = [word for word in title.split() if word.isalpha()] or [title.split()[0]]
        result.append(" ".join(chance.sample(words, min(len(words), chance.randint(1, 3)))))
    return result


def engine_timings(queries: int):
    """Rebuild the index, then time the portal's search with six facets."""
    from django.core.management import call_command

    from benchmarks.bare import FACETS
    from search.service import search

    call_command("rebuild_search", verbosity=0)
    return time_each(lambda words: search(words, facets=FACETS), words_of_titles(queries))


def measure_search(
    directory: Path, queries: int, elasticsearch: str, tenth: float, rows: dict[str, str]
) -> None:
    from benchmarks.bare import BareElasticsearch, BareTantivy
    from catalog_pages.models import Record

    total = Record.objects.count()
    say("Indexing with the portal and bare")
    ours = engine_timings(queries)
    words = words_of_titles(queries)
    bare = BareTantivy(directory / "bare")
    rows["bare tantivy indexing, records/s"] = f"{total / seconds_of(lambda: bare.fill(documents())):,.0f}"
    tantivy = time_each(bare.search, words)
    rows["engine with six facets, p50 / p95 ms"] = f"{ours.p50:.1f} / {ours.p95:.1f}"
    rows["bare tantivy with six facets, p50 / p95 ms"] = f"{tantivy.p50:.1f} / {tantivy.p95:.1f}"
    rows["engine p95, × bare tantivy"] = f"{ours.p95 / tantivy.p95:.2f}"
    rows["growth of engine p95 from a tenth"] = f"{ours.p95 / tenth:.2f}"
    page = measure_pages(words, rows)
    if not elasticsearch:
        say("ELASTICSEARCH_URL is not set: the rows beside bare Elasticsearch are left out (make services)")
        return
    other = BareElasticsearch(elasticsearch)
    rows["bare Elasticsearch indexing, records/s"] = (
        f"{total / seconds_of(lambda: other.fill(documents())):,.0f}"
    )
    lucene = time_each(other.search, words)
    other.close()
    rows["bare Elasticsearch with six facets, p50 / p95 ms"] = f"{lucene.p50:.1f} / {lucene.p95:.1f}"
    rows["engine p95, × bare Elasticsearch"] = f"{ours.p95 / lucene.p95:.2f}"
    rows["page p95, × bare Elasticsearch"] = f"{page / lucene.p95:.2f}"


def measure_pages(words: list[str], rows: dict[str, str]) -> float:
    from benchmarks.pages import one_web_process, results_page

    say("Asking for results pages over HTTP")
    with one_web_process(BASE_DIR) as (port, pid):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        timings = time_each(lambda query: results_page(connection, query), words)
        rows["page p50 / p95, ms"] = f"{timings.p50:.1f} / {timings.p95:.1f}"
        rows["page p95, ms"] = f"{timings.p95:.1f}"
        rows["private memory of web process, MB"] = f"{private_megabytes(pid):.0f}"
    return timings.p95


def report(rows: dict[str, str]) -> None:
    width = max(map(len, rows))
    say("")
    for name, value in rows.items():
        goal = f"   goal {GOALS[name]}" if name in GOALS else ""
        say(f"{name:<{width}}  {value:>16}{goal}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
