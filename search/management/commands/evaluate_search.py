"""Command line for `search.evaluation`."""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from search.errors import SearchError
from search.evaluation import (
    Outcome,
    Score,
    TitlesOf,
    evaluate,
    grouped,
    score,
    temporary_index,
    titles_of_sources,
)
from search.judgements import read_judgements, read_titles


class Command(BaseCommand):
    help = (
        "Measures how well the search finds what judgements expect: recall, mean reciprocal rank, failures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="folder with *.tsv or *.tsv.gz")
        parser.add_argument(
            "--titles", type=Path, action="append", default=[], metavar="FILE",
            help="search among these titles (title, tab, language) instead of the catalogue; may be repeated",
        )  # fmt: skip
        parser.add_argument(
            "--failures", type=int, default=0, metavar="N", help="list so many of what is not found"
        )

    def handle(
        self, *args: object, directory: Path, titles: list[Path], failures: int, **options: object
    ) -> None:
        try:
            outcomes = self._outcomes(directory, titles)
        except SearchError as error:
            raise CommandError(str(error)) from error
        self._print_scores(outcomes)
        self._print_failures([outcome for outcome in outcomes if not outcome.place], outcomes, failures)

    def _outcomes(self, directory: Path, files: Sequence[Path]) -> list[Outcome]:
        judgements = read_judgements(directory)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            index: AbstractContextManager[TitlesOf] = nullcontext(titles_of_sources)
            if files:
                titles = [title for path in files for title in read_titles(path)]
                writing = bar.add_task(_("Titles"), total=len(titles))
                index = temporary_index(titles, lambda count: bar.advance(writing, count))
            with index as titles_of:
                searching = bar.add_task(_("Searches"), total=len(judgements))
                return evaluate(judgements, titles_of, lambda count: bar.advance(searching, count))

    def _print_scores(self, outcomes: Sequence[Outcome]) -> None:
        by_language = grouped(outcomes, lambda outcome: outcome.judgement.language)
        rows = [(language or "-", score(by_language[language])) for language in sorted(by_language)]
        heading = (_("language"), _("judgements"), "recall@10", _("by title"), "MRR")
        self.stdout.write("{:<10}{:>12}{:>11}{:>11}{:>8}".format(*heading))
        for name, numbers in [*rows, (_("all"), score(outcomes))]:
            self.stdout.write(_row(name, numbers))

    def _print_failures(self, failed: Sequence[Outcome], outcomes: Sequence[Outcome], listed: int) -> None:
        self.stdout.write("\n" + _("Not found, by class:"))
        missed = grouped(failed, lambda outcome: outcome.judgement.group)
        for group, same in sorted(grouped(outcomes, lambda outcome: outcome.judgement.group).items()):
            row = _("%(class)s: %(missed)s of %(all)s")
            values = {"class": group, "missed": len(missed.get(group, ())), "all": len(same)}
            self.stdout.write("  " + row % values)
        for outcome in failed[: max(listed, 0)]:
            judgement = outcome.judgement
            cells = (judgement.group, judgement.language, judgement.query, judgement.id or judgement.title)
            hits = _("%(count)s hits") % {"count": outcome.hits}
            self.stdout.write("\t".join((*cells, hits)))


def _row(name: str, numbers: Score) -> str:
    return (
        f"{name:<10}{numbers.judgements:>12,}{numbers.recall:>11.3f}"
        f"{numbers.recall_by_title:>11.3f}{numbers.reciprocal_rank:>8.3f}"
    )
