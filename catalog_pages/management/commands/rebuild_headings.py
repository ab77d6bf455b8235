from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.headings import CountingElsewhere, rebuild_headings
from catalog_pages.models import Record
from library.progress import Progress


class Command(BaseCommand):
    help = "Count the authors and subjects of all records anew, for browsing from A to Z."

    def handle(self, *, verbosity, **options):
        try:
            with Progress(_("Counting"), total=Record.objects.count(), quiet=verbosity == 0) as progress:
                total = rebuild_headings(progress=progress)
        except CountingElsewhere:
            raise CommandError(_("Another process is counting now. Try again in a few minutes.")) from None
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run the command again: it continues."), returncode=130) from None
        if verbosity:
            self.stdout.write(_("%(total)s headings") % {"total": f"{total:,}"})
