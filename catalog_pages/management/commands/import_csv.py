import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog_pages.importing import Options, Summary, import_records
from catalog_pages.importing.jobs import noted
from catalog_pages.importing.report import report
from catalog_pages.marc.encodings import ENCODINGS
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.rejects import RejectFile
from catalog_pages.spreadsheets import COLUMNS, guess_columns, read_rows, records
from library.progress import Progress


class Command(BaseCommand):
    help = "Import records and copies from a spreadsheet: CSV, TSV or XLSX, a row for each copy."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--columns",
            default="",
            metavar="NAME=HEADING,…",
            help=f"what the columns are called in the file, where it cannot be told; names: {', '.join(COLUMNS)}",
        )
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="the same in a JSON file: names with headings"
        )
        parser.add_argument(
            "--branch", default="", help="code of the library that has the copies, if no column says"
        )
        parser.add_argument("--source", default="local", help="where the records come from (default: local)")
        parser.add_argument(
            "--encoding", choices=ENCODINGS, default="", help="encoding of the text (default: told)"
        )
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="where rejected rows go")
        parser.add_argument("--dry-run", action="store_true", help="only look, write nothing")

    def handle(self, *, file, source, verbosity, **options):
        if source != slugify(source) or len(source) > 50:
            raise CommandError(_("The source may have small letters, digits and hyphens only."))
        rejects = options["rejects"] or settings.VAR_DIR / "imports" / f"{file.name}.rejects.csv"
        if rejects.resolve() == file.resolve():
            raise CommandError(_("The reject file is one of the files to import."))
        try:
            said = self._columns(options["map"], options["columns"])
            if verbosity:
                self._show_columns(file, said, options["encoding"])
            summary = self._import(file, said, source, rejects, options, quiet=verbosity == 0)
        except (NotMarc, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except DatabaseError as error:
            raise CommandError(
                _("The database gave up (%(error)s). Run the command again: it continues.") % {"error": error}
            ) from error
        if verbosity:
            if options["dry_run"]:
                self.stdout.write(_("A dry run: nothing was written."))
            report(self.stdout, summary, rejects)

    def _columns(self, file: Path | None, text: str) -> dict[str, str]:
        said: dict[str, str] = {}
        if file:
            try:
                found = json.loads(file.read_text(encoding="utf-8-sig"))
                said = {str(name): str(heading) for name, heading in found.items()}
            except (ValueError, AttributeError, RecursionError) as error:
                raise ValueError(_("%(file)s is no list of columns in JSON") % {"file": file}) from error
        for pair in filter(None, text.split(",")):
            name, _equals, heading = pair.partition("=")
            said[name.strip()] = heading.strip()
        return said

    def _show_columns(self, file: Path, said: dict[str, str], encoding: str) -> None:
        header = next(read_rows(file, encoding=encoding), [])
        for at, column in sorted(guess_columns(header, said).items()):
            self.stdout.write(f"  {header[at]} → {column}")

    def _import(self, file, said, source, rejects, options, *, quiet) -> Summary:
        rows = records(file, said=said, branch=options["branch"], encoding=options["encoding"])
        said = Options(dry_run=options["dry_run"])
        with (
            noted([file], source, said) as batch,
            RejectFile(rejects) as kept,
            Progress(_("Importing"), total=None, quiet=quiet) as progress,
        ):
            return import_records(
                ((file, raw) for raw in rows),
                source=source,
                rejects=kept,
                progress=progress,
                options=said,
                batch=batch,
                summary=batch and batch.account,
            )
