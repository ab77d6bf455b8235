"""Readers of a synthetic library."""

from catalog_pages.synthetic import SyntheticLibrary
from circulation.models import Reader
from circulation.synthetic import generate_readers
from tests.factories.library import BranchFactory


def test_readers_are_generated_once_and_marked(db):
    BranchFactory.create_batch(2)
    library = SyntheticLibrary(records=0, items=0, readers=1200)
    generate_readers(library)
    before = list(Reader.objects.values_list("card_number", "home_branch", "joined"))
    generate_readers(library)
    assert list(Reader.objects.values_list("card_number", "home_branch", "joined")) == before
    assert len(before) == 1200
    assert not Reader.objects.filter(is_synthetic=False).exists()
