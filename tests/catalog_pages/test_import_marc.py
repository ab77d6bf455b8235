"""The import command: any file at all, one clear line for what is not MARC21, never a traceback."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import MarcSource, Record
from tests.conftest import missing
from tests.factories.catalog_pages import marc

DATA = Path(os.environ.get("PORTAL_SHARED", "")) / "data" / "marc"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file()) if DATA.is_dir() else []


@pytest.mark.parametrize("path", FILES or [None], ids=lambda path: str(path and path.relative_to(DATA)))
def test_every_real_file_is_imported_or_refused_in_one_line(path, tmp_path, db):
    if path is None:
        missing("the collection of real MARC files is not here")
    out = StringIO()
    try:
        call_command("import_marc", path, rejects=tmp_path / "rejects.mrc", stdout=out, verbosity=0)
    except CommandError as error:
        assert str(path) in str(error)
        assert "\n" not in str(error)
        assert error.returncode == 1
        assert not Record.objects.exists()
    for source in MarcSource.objects.all():
        assert parse(source.iso2709).data == source.iso2709


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.mrc"], "nowhere.mrc: No such file or directory"),
        (["."], "Is a directory"),
        (["good.mrc", "--rejects", "/proc/rejects.mrc"], "/proc/rejects.mrc"),
        (["good.mrc", "--rejects", "good.mrc"], "is one of the files to import"),
        (["good.mrc", "--source", "Two words"], "small letters"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, message, tmp_path, monkeypatch, db):
    monkeypatch.chdir(tmp_path)
    Path("good.mrc").write_bytes(marc())
    with pytest.raises(CommandError) as caught:
        call_command("import_marc", *arguments, verbosity=0)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not Record.objects.exists()


def test_stopped_by_the_keyboard_it_says_that_it_can_be_run_again(tmp_path, monkeypatch, db):
    path = tmp_path / "records.mrc"
    path.write_bytes(marc())

    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog_pages.management.commands.import_marc.import_marc", stop)
    with pytest.raises(CommandError, match="Run the command again"):
        call_command("import_marc", path, verbosity=0)
