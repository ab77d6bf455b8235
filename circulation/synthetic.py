"""Readers of a synthetic library, for measuring; they belong to nobody."""

from datetime import date, timedelta
from random import Random

from catalog_pages.synthetic import SyntheticLibrary
from circulation.models import Reader
from library.models import Branch

READERS_PER_WRITE = 500
_FIRST_DAY, _DAYS = date(2015, 1, 1), 3650


def generate_readers(library: SyntheticLibrary) -> None:
    """Create the readers that are missing: the same for the same seed and branches."""
    random = Random(f"{library.seed}-readers")  # noqa: S311
    branch_ids = list(Branch.objects.order_by("position", "code").values_list("pk", flat=True))
    for start in range(0, library.readers, READERS_PER_WRITE):
        numbers = range(start + 1, min(start + READERS_PER_WRITE, library.readers) + 1)
        readers = [
            Reader(
                card_number=f"SYN-{library.seed}-{number:07d}",
                name=f"Synthetic reader {number}",
                home_branch_id=random.choice(branch_ids),
                joined=_FIRST_DAY + timedelta(days=random.randrange(_DAYS)),
                is_synthetic=True,
            )
            for number in numbers
        ]
        Reader.objects.bulk_create(readers, ignore_conflicts=True)
