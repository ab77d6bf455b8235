"""What only the embedded engine has: files that a killed process leaves behind."""

import pytest

from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import make_document

pytestmark = [pytest.mark.engine, pytest.mark.pure]


def write(engine: EmbeddedEngine, stamp: str, *, add=(), delete=()) -> None:
    with engine.writer("one") as writer:
        writer.index([make_document(number, f"Kitab {number}") for number in add])
        writer.delete([f"record:{number}" for number in delete])
        writer.commit(stamp)


def test_files_of_a_commit_that_never_happened_do_not_stop_the_next(tmp_path):
    """Killed between writing its deletions and naming them: the next commit would use the same file name."""
    engine = EmbeddedEngine(tmp_path)
    write(engine, "first", add=range(50))
    committed = (tmp_path / "one" / "meta.json").read_text()
    write(engine, "second", delete=[3])
    (tmp_path / "one" / "meta.json").write_text(committed)

    write(engine, "third", delete=[4])

    assert engine.stamp("one") == "third"
