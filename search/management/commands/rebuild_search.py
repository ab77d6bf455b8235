"""Command line for `search.generations.rebuild`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from search.errors import SearchError
from search.generations import document_total, rebuild


class Command(BaseCommand):
    help = "Builds the search index anew and changes over to it; searches go on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--progress", action="store_true", help="show a progress bar")

    def handle(self, *args: object, progress: bool, **options: object) -> None:
        with Progress(console=Console(stderr=True), disable=not progress) as bar:
            task = bar.add_task("Search index", total=document_total())
            try:
                generation = rebuild(lambda count: bar.advance(task, count))
            except SearchError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{generation.documents} documents are searchable ({generation.engine}).")
