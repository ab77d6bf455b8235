from django.core.management.base import BaseCommand

from library.aliases import make_all_aliases
from library.locales import create_content_locales


class Command(BaseCommand):
    help = "Show every page in all content languages; run it when a content language was added."

    def handle(self, *args, **options):
        create_content_locales()
        self.stdout.write(f"{make_all_aliases()} aliases made")
