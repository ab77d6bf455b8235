from django.core.management.base import BaseCommand, CommandError

from library.retention import apply_retention


class Command(BaseCommand):
    help = "Delete personal data whose time is over, and say how much that was."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only count what would be deleted")

    def handle(self, *, dry_run, **options):
        outcomes = apply_retention(dry_run=dry_run)
        word = "due" if dry_run else "deleted"
        for outcome in outcomes:
            self.stdout.write(
                f"{outcome.entry.name:<24} {outcome.rows:>8} {word}  (kept {outcome.entry.kept_for()})"
            )
            if outcome.error:
                self.stderr.write(f"  failed: {outcome.error}")
        if failed := [outcome.entry.name for outcome in outcomes if outcome.error]:
            raise CommandError(f"not everything could be deleted: {', '.join(failed)}")
