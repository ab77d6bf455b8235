from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalog_pages.models import Record
from catalog_pages.sort_keys import refresh_sort_keys
from library.models import Authority
from library.progress import Progress


class Command(BaseCommand):
    help = "Sort records and authorities anew: after LIBRARY_LANGUAGE was changed, or an upgrade says so."

    def handle(self, *, verbosity, **options):
        total = Record.objects.count() + Authority.objects.count()
        with Progress(_("Sorting"), total=total, quiet=verbosity == 0) as progress:
            changed = refresh_sort_keys(progress=progress)
        if verbosity:
            self.stdout.write(f"{changed} of {total} rows changed")
