from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog_pages.importing import Summary, import_marc
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.reading import count_records
from library.progress import Progress


class Command(BaseCommand):
    help = "Import MARC21 records and their items from files in ISO 2709, plain or gzip."

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

    def handle(self, *, files, source, rejects, verbosity, **options):
        if source != slugify(source) or len(source) > 50:
            raise CommandError(_("The source may have small letters, digits and hyphens only."))
        rejects = rejects or settings.VAR_DIR / "imports" / f"{files[0].name}.rejects.mrc"
        if rejects.resolve() in [file.resolve() for file in files]:
            raise CommandError(_("The reject file is one of the files to import."))
        try:
            summary = self._import(files, source, rejects, quiet=verbosity == 0)
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
            self._report(summary, rejects)

    def _import(self, files: list[Path], source: str, rejects: Path, *, quiet: bool) -> Summary:
        total = 0
        for file in files:
            total += count_records(file)
        with Progress(_("Importing"), total=total, quiet=quiet) as progress:
            return import_marc(files, source=source, reject_path=rejects, progress=progress)

    def _report(self, summary: Summary, rejects: Path) -> None:
        rows = [
            (_("Records read"), summary.read),
            (_("created"), summary.created),
            (_("updated"), summary.updated),
            (_("unchanged"), summary.unchanged),
            (_("rejected"), summary.rejected_count),
            (_("Items created"), summary.items_created),
            (_("Items already there"), summary.items_known),
            (_("Items of unknown libraries"), summary.unknown_branches.total()),
        ]
        width = max(len(label) for label, _count in rows)
        for label, count in rows:
            self.stdout.write(f"{label:<{width}}  {count:>9,}")
        for reason, count in summary.rejected.most_common():
            self.stdout.write(f"  {count:,} × {reason.label}")
        if summary.unknown_branches:
            codes = ", ".join(code for code, _count in summary.unknown_branches.most_common(20))
            self.stdout.write(_("No library has these codes: %(codes)s") % {"codes": codes})
        if summary.rejected_count:
            self.stdout.write(_("Rejected records are in %(file)s") % {"file": rejects})
        self.stdout.write(
            _("%(rate)s records a second, %(seconds)s s; longest write %(longest)s ms")
            % {
                "rate": f"{summary.rate:,.0f}",
                "seconds": f"{summary.seconds:.1f}",
                "longest": f"{summary.longest_transaction * 1000:.0f}",
            }
        )
