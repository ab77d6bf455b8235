"""What only the embedded engine has: files that a killed process leaves behind."""

import pytest

from search.engines import tantivy_ranking
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.ranking import make_plan
from tests.search.corpus import generated, make_document

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


@pytest.mark.parametrize("segments", [1, 3])
def test_both_ways_up_the_ladder_lead_to_the_same_order(tmp_path, monkeypatch, segments):
    """Few hits are judged at once, of many one rung after the other is asked for."""
    engine = EmbeddedEngine(tmp_path)
    documents = generated(300, seed=8)
    for part in range(segments):
        with engine.writer("one") as writer:
            writer.index(documents[part::segments])
            writer.commit(f"stamp {part}")
    words = sorted({word for document in documents for word in document.title.split()})
    texts = [
        *words[:40],
        *(f"{one} {other}" for one, other in zip(words[::3], words[5:60], strict=False)),
        *(f"{words[0]} OR {words[3]}", f"{words[1]} -{words[2]}", f"title:{words[4]}", f"{words[5][:2]}*"),
    ]
    for text in texts:
        plan = make_plan(parse(text), {}, ("record",))
        answers = []
        for few in (0, 10_000):
            monkeypatch.setattr(tantivy_ranking, "FEW_HITS", few)
            monkeypatch.setattr(tantivy_ranking, "VERY_FEW_HITS", few)
            pages = [engine.search("one", plan, offset=offset, limit=7) for offset in (0, 7, 70)]
            answers.append([(page.ids, page.best, page.total) for page in pages])
        assert answers[0] == answers[1], text


def test_facets_are_counted_exactly_in_many_segments(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    documents = generated(400, seed=9)
    for name, parts in (("one", 1), ("many", 5)):
        for part in range(parts):
            with engine.writer(name) as writer:
                writer.index(documents[part::parts])
                writer.commit(f"stamp {part}")
    plan = make_plan(parse(""), {}, ("record",))
    asked = {"facets": ["author", "year", "branch"], "facet_limit": 5}
    assert engine.search("one", plan, **asked).facets == engine.search("many", plan, **asked).facets


@pytest.mark.parametrize("documents", [10, 80, 190])
def test_a_big_build_ends_as_one_segment(tmp_path, monkeypatch, documents):
    monkeypatch.setattr("search.engines.embedded.ONE_SEGMENT", 10)
    engine = EmbeddedEngine(tmp_path)
    with engine.writer("one", bulk=True, expected=documents) as writer:
        writer.index(make_document(number, f"Kitab {number}") for number in range(documents))
        writer.commit("stamp")
    assert engine._reading("one").searcher.num_segments <= 2  # a rest that is no full part stands alone
    assert engine.search("one", make_plan(parse("kitab"), {}, ("record",))).total == documents
