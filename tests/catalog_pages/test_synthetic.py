"""The synthetic library: any size, always the same, clearly marked."""

import pytest
from django.core.management import CommandError, call_command
from wagtail import hooks

from catalog_pages.importing import import_marc
from catalog_pages.models import Item, Record
from catalog_pages.synthetic import BRANCHES, HOOK, SyntheticLibrary, generate_library, records
from library.models import Branch


def test_the_same_numbers_and_seed_make_the_same_records():
    library = SyntheticLibrary(records=50, items=80, readers=0, seed=3)
    codes = ["a", "b"]
    assert list(records(library, codes)) == list(records(library, codes))
    other = SyntheticLibrary(records=50, items=80, readers=0, seed=4)
    assert list(records(library, codes)) != list(records(other, codes))


def test_a_library_of_the_size_asked_for_is_generated_and_marked(db):
    summary = generate_library(SyntheticLibrary(records=200, items=300, readers=0))
    assert (summary.created, summary.rejected_count, Item.objects.count()) == (200, 0, 300)
    assert Branch.objects.count() == BRANCHES
    assert set(Record.objects.values_list("source", "is_synthetic")) == {("synthetic", True)}
    assert len(set(Record.objects.values_list("language", flat=True))) == 7
    again = generate_library(SyntheticLibrary(records=200, items=300, readers=0))
    assert (again.unchanged, again.items_created) == (200, 0)


def test_a_marc_file_is_written_and_can_be_imported(db, tmp_path):
    path = tmp_path / "synthetic.mrc"
    call_command("generate_library", records=20, items=30, marc=str(path), verbosity=0)
    assert not Record.objects.exists()
    assert import_marc([path], source="synthetic").items_created == 30


def test_other_rooms_join_in(db):
    heard = []
    with hooks.register_temporarily(HOOK, lambda: heard.append):
        call_command("generate_library", records=1, items=1, readers=7, verbosity=0)
    assert [library.readers for library in heard] == [7]


@pytest.mark.parametrize("arguments", [["--records", "-1"], ["--marc", "/proc/none/file.mrc"]])
def test_what_cannot_be_done_is_said_in_one_line(arguments, db):
    with pytest.raises(CommandError) as caught:
        call_command("generate_library", *arguments, verbosity=0)
    assert "\n" not in str(caught.value)
