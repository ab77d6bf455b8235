"""Lets people try again to sign in; arguments only, the work is done in library.sign_in."""

from axes.utils import reset
from django.core.management.base import BaseCommand, CommandError

from library.models import User
from library.sign_in import second_factor


class Command(BaseCommand):
    help = "Lift the lock-out of an account, and on request take away its lost second factor."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", help="the account")
        parser.add_argument(
            "--reset-code",
            action="store_true",
            help="the phone and the recovery codes are lost: sign in without",
        )

    def handle(self, *args, username: str, reset_code: bool, **options) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account named {username}.")
        count = reset(username=username)
        self.stdout.write(f"{username}: {count} failed tries forgotten.")
        if reset_code:
            second_factor.reset(user, by=None)
            self.stdout.write(f"{username} signs in by password alone until a new phone is set up.")
