"""Prints the rows of the speed table, each beside the bare library on the same data in the same run.

Usage: python -m benchmarks [--records 100000] [--queries 300] [--engine] [--keep]
"""

import argparse
import http.client
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import (
    Timings,
    mapped_megabytes,
    peak_megabytes,
    private_megabytes,
    seconds_of,
    time_each,
)

if TYPE_CHECKING:
    from benchmarks.catalogues import Catalogue

BASE_DIR = Path(__file__).resolve().parent.parent
GOALS = {
    "import, share of bare parsing": "≥ 0.12",
    "import with two processes, share of bare parsing": "≥ 0.25",
    "engine p95, × bare tantivy": "≤ 1.5",
    "engine p95, × bare Elasticsearch": "< 1",
    "suggestions p95, ms": "≤ 15",
    "page p95, ms": "≤ 60",
    "page p95, × bare Elasticsearch": "≤ 3",
    "growth of engine p95 from a tenth": "≤ 3",
    "pages made anew, × bakerydemo": "≥ 2",
    "first visit without pictures, KB": "≤ 120",
    "private memory of web process, MB": "≤ 400",
    "peak memory of import, MB": "< 500",
    "memory that the export of all records takes, MB": "≤ 20",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=int(os.environ.get("BENCH_RECORDS", "100000")))
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--engine", action="store_true", help="the engines alone: nothing is imported")
    parser.add_argument("--pages", action="store_true", help="the website alone, with the demo library")
    parser.add_argument("--keep", action="store_true", help="keep the files made, to look at them")
    options = parser.parse_args()
    directory = BASE_DIR / "var" / "bench"
    shutil.rmtree(directory, ignore_errors=True)
    elasticsearch = prepare(directory)
    try:
        if options.pages:
            report(measure_pages_of_demo())
            return
        measure = measure_engines if options.engine else measure_all
        report(measure(directory, options.records, options.queries, elasticsearch))
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
    """Everything, from the import of a file to pages over HTTP."""
    from benchmarks.catalogues import Imported

    rows: dict[str, str] = {}
    marc = directory / "generated.mrc"
    tenth = directory / "tenth.mrc"
    generate(tenth, records // 10)
    generate(marc, records)
    measure_import(tenth, records // 10, {})
    small = engine_timings(Imported(), queries)
    measure_import(marc, records, rows)
    measure_export(records, rows)
    measure_search(Imported(), directory, queries, small.p95, rows)
    page = measure_pages(Imported().queries(queries), rows)
    measure_elasticsearch(Imported(), queries, elasticsearch, page, rows)
    return rows


def measure_pages_of_demo() -> dict[str, str]:
    """The website with the demo library."""
    from django.core.management import call_command

    from benchmarks.website import measure_website

    say("Loading the demo library")
    call_command("load_demo", "tovuz", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    rows: dict[str, str] = {}
    say("Serving its pages")
    measure_website(BASE_DIR, rows)
    return rows


def measure_engines(directory: Path, records: int, queries: int, elasticsearch: str) -> dict[str, str]:
    """The engines alone, on documents that never were in a database."""
    from benchmarks.catalogues import Synthetic

    rows: dict[str, str] = {}
    small = engine_timings(Synthetic(records // 10), queries)
    catalogue = Synthetic(records)
    measure_search(catalogue, directory, queries, small.p95, rows)
    measure_elasticsearch(catalogue, queries, elasticsearch, None, rows)
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
    twice = records / seconds_of(lambda: import_marc([path], source="synthetic-2", processes=2))
    rows["import with two processes, share of bare parsing"] = f"{twice / bare:.2f}"
    rows["peak memory of import, MB"] = f"{peak_megabytes():.0f}"


def measure_export(records: int, rows: dict[str, str]) -> None:
    """All records as one stream of MARC: how fast, and how much memory it takes beyond what was held before."""
    from catalog_pages.export.many import all_records, written

    say(f"Exporting {records:,} records as MARC")
    before = highest = 0.0

    def export() -> None:
        nonlocal before, highest
        for number, _piece in enumerate(written(all_records(), "mrc")):
            if number == 2:  # what is loaded once is there
                before = highest = private_megabytes()
            elif number % 20 == 0:
                highest = max(highest, private_megabytes())

    rows["export as MARC, records/s"] = f"{records / seconds_of(export):,.0f}"
    rows["memory that the export of all records takes, MB"] = f"{highest - before:.0f}"


def engine_timings(catalogue: "Catalogue", queries: int) -> Timings:
    """Build the index, then time the portal's search with six facets."""
    from benchmarks.bare import FACETS
    from search.service import search

    say("Indexing with the portal")
    catalogue.index()
    return time_each(lambda words: search(words, facets=FACETS), catalogue.queries(queries))


def measure_search(
    catalogue: "Catalogue", directory: Path, queries: int, tenth: float, rows: dict[str, str]
) -> None:
    """The embedded engine beside bare tantivy."""
    from benchmarks.bare import FACETS, BareTantivy
    from benchmarks.catalogues import beginnings, misspelt
    from search import service

    ours = engine_timings(catalogue, queries)
    words = catalogue.queries(queries)
    say("Indexing with bare tantivy")
    bare = BareTantivy(directory / "bare")
    seconds = seconds_of(lambda: bare.fill(catalogue.documents()))
    rows["bare tantivy indexing, records/s"] = f"{catalogue.size() / seconds:,.0f}"
    tantivy = time_each(bare.search, words)
    rows["engine with six facets, p50 / p95 ms"] = f"{ours.p50:.1f} / {ours.p95:.1f}"
    rows["bare tantivy with six facets, p50 / p95 ms"] = f"{tantivy.p50:.1f} / {tantivy.p95:.1f}"
    rows["engine p95, ms"] = f"{ours.p95:.1f}"
    rows["engine p95, × bare tantivy"] = f"{ours.p95 / tantivy.p95:.2f}"
    rows["growth of engine p95 from a tenth"] = f"{ours.p95 / tenth:.2f}"
    wide = time_each(lambda text: service.search(text, facets=FACETS), misspelt(words))
    rows["misspelt words with six facets, p50 / p95 ms"] = f"{wide.p50:.1f} / {wide.p95:.1f}"
    service.LONGEST_KEPT_SUGGESTED = 0  # nothing from the cache
    suggestions = time_each(service.suggest, beginnings(catalogue.queries(queries)))
    rows["suggestions p50 / p95, ms"] = f"{suggestions.p50:.1f} / {suggestions.p95:.1f}"
    rows["suggestions p95, ms"] = f"{suggestions.p95:.1f}"


def measure_elasticsearch(
    catalogue: "Catalogue", queries: int, url: str, page: float | None, rows: dict[str, str]
) -> None:
    """The same on bare Elasticsearch, where there is one."""
    from benchmarks.bare import BareElasticsearch

    if not url:
        say("ELASTICSEARCH_URL is not set: the rows beside bare Elasticsearch are left out (make services)")
        return
    say("Indexing with bare Elasticsearch")
    other = BareElasticsearch(url)
    seconds = seconds_of(lambda: other.fill(catalogue.documents()))
    rows["bare Elasticsearch indexing, records/s"] = f"{catalogue.size() / seconds:,.0f}"
    lucene = time_each(other.search, catalogue.queries(queries))
    other.close()
    rows["bare Elasticsearch with six facets, p50 / p95 ms"] = f"{lucene.p50:.1f} / {lucene.p95:.1f}"
    rows["engine p95, × bare Elasticsearch"] = f"{float(rows['engine p95, ms']) / lucene.p95:.2f}"
    if page is not None:
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
        rows["pages of files mapped by it alone, MB"] = f"{mapped_megabytes(pid):.0f}"
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
