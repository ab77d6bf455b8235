from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.old_addresses import FileRefused, import_addresses


class Command(BaseCommand):
    help = "Reads addresses of the old site from a CSV file: old address, new address."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--other-hosts", action="store_true", help="new addresses may be those of other sites"
        )

    def handle(self, *args, file: Path, dry_run: bool, other_hosts: bool, **options):
        try:
            outcome = import_addresses(file.read_bytes(), dry_run=dry_run, other_hosts=other_hosts)
        except (OSError, FileRefused) as error:
            raise CommandError(str(error)) from error
        for number, reason in outcome.refused:
            self.stderr.write(f"line {number}: {reason}")
        self.stdout.write(f"{outcome.new} new, {outcome.changed} changed, {outcome.same} there already")
        if outcome.refused:
            raise CommandError(f"{len(outcome.refused)} lines were refused")
