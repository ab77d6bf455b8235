from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalog_pages.cataloguing.hosts import link_hosts
from library.progress import Progress


class Command(BaseCommand):
    help = "Link every article to the periodical, issue or book it stands in, as far as these are in the catalogue."

    def handle(self, *, verbosity, **options):
        with Progress(_("Linking articles"), quiet=verbosity == 0) as progress:
            linked = link_hosts(progress=progress)
        if verbosity:
            self.stdout.write(f"{linked} articles linked")
