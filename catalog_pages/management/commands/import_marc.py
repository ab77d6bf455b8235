from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog_pages.importing import EditedRule, MatchRule, OnMatch, Options, Summary, import_marc
from catalog_pages.importing.jobs import noted
from catalog_pages.importing.report import report
from catalog_pages.marc.encodings import ENCODINGS
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.files import FORMS, count_records, form_of
from catalog_pages.marc.formats import FORMATS
from catalog_pages.marc.holdings import item_fields
from library.progress import Progress


class Command(BaseCommand):
    help = (
        "Import records and their items: MARC21, UNIMARC, RUSMARC and IRBIS, from ISO 2709, MARCXML, MARC-in-JSON,"
        " IRBIS text exports and master files, Aleph sequential and MARCMaker, plain or gzip."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source",
            default="local",
            help="where the records come from; control numbers are unique within it (default: local)",
        )
        parser.add_argument(
            "--rejects",
            type=Path,
            metavar="FILE",
            help="where rejected records go; the reasons stand beside it in FILE.tsv",
        )
        parser.add_argument("--dry-run", action="store_true", help="only look, write nothing")
        parser.add_argument(
            "--processes",
            type=int,
            choices=(1, 2),
            default=1,
            help="2: one process reads and another writes, which is faster with two processors",
        )
        self._add_reading(parser.add_argument_group("how the files are read"))
        self._add_matching(parser.add_argument_group("records that are there already"))

    def _add_reading(self, parser):
        parser.add_argument(
            "--format", choices=FORMS, default="", help="form of the files (default: told by them)"
        )
        parser.add_argument(
            "--fields",
            choices=FORMATS,
            default="",
            help="what the fields mean (default: told by each record)",
        )
        parser.add_argument(
            "--encoding", choices=ENCODINGS, default="", help="encoding of the text (default: told)"
        )
        parser.add_argument(
            "--items",
            metavar="FIELDS",
            help="fields that hold copies: names as 952,852, or a .json file (default: by what the fields mean)",
        )

    def _add_matching(self, parser):
        parser.add_argument(
            "--match",
            choices=MatchRule.values,
            default=MatchRule.NUMBER,
            help="by what a record that is there already is known: control number within the source (default), 001"
            " and 003 in any source, ISBN and title in any source, or nothing",
        )
        parser.add_argument(
            "--on-match",
            choices=OnMatch.values,
            default=OnMatch.REPLACE,
            help="what becomes of it: replaced (default), kept, filled with missing fields, or merged; items are"
            " added in any case",
        )
        parser.add_argument(
            "--add-fields",
            default="",
            metavar="TAGS",
            help="fields that merging adds where they differ: 650,6XX",
        )
        parser.add_argument(
            "--edited",
            choices=EditedRule.values,
            default=EditedRule.KEEP,
            help="a record made or changed by hand: kept (default), or overlay it like any other",
        )

    def handle(self, *, files, source, rejects, verbosity, processes, **options):
        if source != slugify(source) or len(source) > 50:
            raise CommandError(_("The source may have small letters, digits and hyphens only."))
        try:
            said = self._options(**options)
            form = form_of(files[0], said.form)
            rejects = rejects or settings.VAR_DIR / "imports" / f"{files[0].name}.rejects.{form.ending}"
            if rejects.resolve() in [file.resolve() for file in files]:
                raise CommandError(_("The reject file is one of the files to import."))
            summary = self._import(files, source, rejects, said, processes, quiet=verbosity == 0)
        except NotMarc as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except DatabaseError as error:
            raise CommandError(
                _("The database gave up (%(error)s). Run the command again: it continues.") % {"error": error}
            ) from error
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run the command again: it continues."), returncode=130) from None
        if verbosity:
            if said.dry_run:
                self.stdout.write(_("A dry run: nothing was written."))
            report(self.stdout, summary, rejects)

    def _options(self, **options) -> Options:
        try:
            items = item_fields(options["items"]) if options["items"] else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        return Options(
            form=options["format"],
            format=options["fields"],
            encoding=options["encoding"],
            items=items,
            dry_run=options["dry_run"],
            match=options["match"],
            on_match=options["on_match"],
            edited=options["edited"],
            add_fields=tuple(options["add_fields"].upper().replace(",", " ").split()),
        )

    def _import(
        self, files: list[Path], source: str, rejects: Path, options: Options, processes: int, *, quiet: bool
    ) -> Summary:
        total = sum(count_records(file, form_of(file, options.form)) for file in files)
        with (
            noted(files, source, options) as batch,
            Progress(_("Importing"), total=total, quiet=quiet) as progress,
        ):
            return import_marc(
                files,
                source=source,
                reject_path=rejects,
                progress=progress,
                options=options,
                batch=batch,
                processes=processes,
                summary=batch and batch.account,
            )
