from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.synthetic import SyntheticLibrary, generate_library
from library.progress import Progress


class Command(BaseCommand):
    help = "Generate a synthetic library of any size, for measurements; never for a library's own catalogue."

    def add_arguments(self, parser):
        parser.add_argument("--records", type=int, default=10_000)
        parser.add_argument("--items", type=int, default=10_000)
        parser.add_argument("--readers", type=int, default=0)
        parser.add_argument("--seed", type=int, default=1, help="another seed makes another library")
        parser.add_argument(
            "--marc",
            type=Path,
            metavar="FILE",
            help="write the records with their items to this MARC21 file and nothing to the catalogue",
        )

    def handle(self, *, records, items, readers, seed, marc, verbosity, **options):
        if min(records, items, readers, seed) < 0:
            raise CommandError(_("Numbers cannot be negative."))
        library = SyntheticLibrary(records=records, items=items, readers=readers, seed=seed)
        try:
            with Progress(_("Generating"), total=records, quiet=verbosity == 0) as progress:
                summary = generate_library(library, marc_path=Path(marc) if marc else None, progress=progress)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run the command again: it continues."), returncode=130) from None
        if summary and verbosity:
            self.stdout.write(
                _("%(created)s records created, %(unchanged)s unchanged, %(items)s items created")
                % {
                    "created": f"{summary.created:,}",
                    "unchanged": f"{summary.unchanged:,}",
                    "items": f"{summary.items_created:,}",
                }
            )
