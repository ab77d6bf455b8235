import os

from django.core.management.base import BaseCommand, CommandError

from home.demo import create_staff, demo_profile, load_demo, profiles
from library.models import Branch


class Command(BaseCommand):
    help = "Load a demo library: branches, catalogue, pages and staff. Loading twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("profile", nargs="?", default=os.environ.get("DEMO") or "tovuz")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the portal already holds a library"
        )

    def handle(self, *args, profile, if_empty, verbosity, **options):
        if if_empty and Branch.objects.exists():
            return
        try:
            chosen = demo_profile(profile)
        except LookupError:
            raise CommandError(
                f"There is no demo library {profile!r}; there are: {', '.join(profiles())}"
            ) from None
        load_demo(chosen, quiet=verbosity == 0)
        for account in create_staff(os.environ.get("DEMO_PASSWORD", "")):
            self.stdout.write(
                f"  Staff sign-in: {account.username} / {account.password}"
                if account.password
                else f"  Staff sign-in: {account.username} (keeps the password it has)"
            )
