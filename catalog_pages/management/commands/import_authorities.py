from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.authority_importing import import_authorities
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.reading import count_records
from library.progress import Progress


class Command(BaseCommand):
    help = "Read authority records in MARC21 into the authority file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, verbosity, **options):
        try:
            with Progress(_("Importing"), total=count_records(file), quiet=verbosity == 0) as progress:
                summary = import_authorities(file, progress=progress)
        except NotMarc as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        if verbosity:
            self.stdout.write(
                _(
                    "Read %(read)d: %(created)d new entries, %(names)d names, %(numbers)d numbers, "
                    "%(relations)d relations; %(rejected)d without a usable heading."
                )
                % {name: getattr(summary, name) for name in summary.__slots__}
            )
            if summary.merged:
                self.stdout.write(
                    _("Merged entries that stood under another name: %(merged)d") % {"merged": summary.merged}
                )
