from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from library.mail import MailRefused, queue_mail


class Command(BaseCommand):
    help = "Queue a test letter, which the worker sends: to try the settings of the mail server."

    def add_arguments(self, parser):
        parser.add_argument("address", help="whom to write to")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=list(dict(settings.LANGUAGES))
        )

    def handle(self, *, address, language, **options):
        now = timezone.now()
        try:
            queue_mail(
                to=address,
                template="test",
                context={"queued_at": timezone.localtime(now)},
                language=language,
                key=f"test-{now.isoformat()}",
            )
        except MailRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            "The letter waits for the worker. The admin shows what becomes of it: Reports, Background work."
        )
