from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog_pages.headings import CountingElsewhere, link_unlinked
from catalog_pages.models import Record, RecordAuthority
from library.progress import Progress


class Command(BaseCommand):
    help = "Link the names and subjects of records that have no link yet to the authority file."

    def handle(self, *, verbosity, **options):
        try:
            with Progress(_("Linking"), total=Record.objects.count(), quiet=verbosity == 0) as progress:
                link_unlinked(progress=progress)
        except CountingElsewhere:
            raise CommandError(_("Another process is counting now. Try again in a few minutes.")) from None
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run the command again: it continues."), returncode=130) from None
        if verbosity:
            total = RecordAuthority.objects.count()
            self.stdout.write(_("%(total)s headings of records are linked") % {"total": f"{total:,}"})
