from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.export.many import LIST_FORMATS, all_records, records_of, written
from library.models import Branch
from library.progress import Progress


class Command(BaseCommand):
    help = "Write all records, or those of a source or a library, to one file: MARC (ISO 2709), RIS or CSV."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=LIST_FORMATS, default="mrc", help="default: mrc")
        parser.add_argument("--source", default="", help="only records that came from there")
        parser.add_argument("--branch", default="", metavar="CODE", help="only records this library holds")

    def handle(self, *, file, format, source, branch, verbosity, **options):
        if branch and not Branch.objects.filter(code=branch).exists():
            raise CommandError(_("No library has the code %(code)s.") % {"code": branch})
        total = records_of(source, branch).count()
        unfinished = file.with_name(f"{file.name}.part")
        try:
            with (
                unfinished.open("wb") as target,
                Progress(_("Exporting"), total=total, quiet=verbosity == 0) as progress,
            ):
                target.writelines(
                    written(_counted(all_records(source=source, branch=branch), progress), format)
                )
            unfinished.replace(file)  # whoever sees the file sees all of it
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except KeyboardInterrupt:
            unfinished.unlink(missing_ok=True)
            raise CommandError(_("Stopped. Nothing was written."), returncode=130) from None
        if verbosity:
            self.stdout.write(_("%(count)s records are in %(file)s") % {"count": f"{total:,}", "file": file})


def _counted(chunks, progress):
    for chunk in chunks:
        yield chunk
        progress.advance(len(chunk))
