import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.class_schemes.author_marks import BadTable, load_table
from library.progress import Progress


class Command(BaseCommand):
    help = "Load a table of author marks from a file of two columns: beginning of the name, mark."

    def add_arguments(self, parser):
        parser.add_argument("code", help="short name of the table: small letters, digits, hyphens")
        parser.add_argument("file", type=Path, help="CSV in UTF-8, with comma, semicolon or tab")
        parser.add_argument("--name", default="", help="name of the table for staff")
        parser.add_argument("--alphabet", default="ru", help="language by whose alphabet it is ordered")

    def handle(self, *, code, file, name, alphabet, verbosity, **options):
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        with Progress(_("Reading"), quiet=verbosity == 0) as progress:
            try:
                count = load_table(code, text, name=name, language=alphabet, progress=progress)
            except (BadTable, csv.Error) as error:
                raise CommandError(f"{file}: {error}") from error
        if verbosity:
            self.stdout.write(f"{count} lines")
