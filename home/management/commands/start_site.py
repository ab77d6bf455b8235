import os

from django.core.management.base import BaseCommand, CommandError

from home.demo import create_account
from home.start import start_site


class Command(BaseCommand):
    help = "Start a library's own site: an empty home page in each language and an administrator's account."

    def add_arguments(self, parser):
        parser.add_argument("name", help="what the library system is called")

    def handle(self, *, name, **options):
        name = name.strip()
        if not name:
            raise CommandError("Give the library system's name, for example: start_site 'Central library'")
        start_site(name=name)
        account = create_account("admin", None, os.environ.get("DEMO_PASSWORD", ""))
        self.stdout.write(
            f"  Staff sign-in: {account.username} / {account.password}"
            if account.password
            else f"  Staff sign-in: {account.username} (keeps the password it has)"
        )
