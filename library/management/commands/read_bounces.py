import imaplib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from library.mail import read_bounces


class Command(BaseCommand):
    help = "Read the mailbox of letters that came back (BOUNCES_URL) and mark those letters."

    def handle(self, **options):
        if not settings.BOUNCES_URL:
            raise CommandError("BOUNCES_URL is not set: it names the mailbox that letters come back to.")
        try:
            read, came_back = read_bounces(settings.BOUNCES_URL)
        except (ValueError, OSError, imaplib.IMAP4.error) as error:
            raise CommandError(f"The mailbox cannot be read: {error}") from None
        self.stdout.write(f"{read} messages read, {came_back} letters had come back.")
