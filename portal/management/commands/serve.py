import os

from django.core.management.base import BaseCommand, CommandError

from portal.supervisor import AddressTaken, serve


class Command(BaseCommand):
    help = "Serve the portal: web server and background worker together, until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "2")))

    def handle(self, *, host, port, workers, **options):
        try:
            serve(host=host, port=port, workers=workers, say=self.stdout.write)
        except AddressTaken as error:
            raise CommandError(str(error)) from None
