"""Command line for `search.outbox.drain`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.errors import SearchError
from search.outbox import drain


class Command(BaseCommand):
    help = "Applies waiting changes to the search index, once; the worker does the same all the time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seconds", type=float, default=60.0, help="stop after about so long (default 60)"
        )

    def handle(self, *args: object, seconds: float, **options: object) -> None:
        try:
            applied = drain(seconds=seconds)
        except SearchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{applied} changes applied.")
