"""Judgements are read, searched for and counted; what cannot be read is named by file and line."""

import gzip
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.engines import current_engine
from search.evaluation import (
    TEMPORARY,
    EvaluationError,
    Judgement,
    Outcome,
    evaluate,
    score,
    temporary_index,
    titles_of_sources,
)
from search.generations import live_generation
from search.judgements import read_judgements, read_titles

JUDGEMENTS = """query\tlanguage\texpected title\toptions

# who types this must find that
книги\tru\tКнига\tclass=inflection
Kniga\tru\tКнига\tclass=script; limit=5
missing\ten\tNot in the index\tclass=typing
книга\tru\tКнига
"""
TITLES = "title\tlanguage\nКнига\trus\nКарта\tru\nMap\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "judgements").mkdir()
    (tmp_path / "judgements" / "plain.tsv").write_text(JUDGEMENTS, "utf-8")
    (tmp_path / "titles.tsv").write_text(TITLES, "utf-8")
    return tmp_path


def printed(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command("evaluate_search", *arguments, stdout=out, **options)
    return out.getvalue()


class TestReading:
    def test_columns_and_options(self, folder):
        found = read_judgements(folder / "judgements")
        assert [(judgement.query, judgement.group, judgement.limit) for judgement in found] == [
            ("книги", "inflection", 10),
            ("Kniga", "script", 5),
            ("missing", "typing", 10),
            ("книга", "plain", 10),
        ]

    def test_packed_files_and_byte_order_marks(self, tmp_path):
        with gzip.open(tmp_path / "packed.tsv.gz", "wb") as stream:
            stream.write("\ufeffquery\tlanguage\texpected title\nkitab\taz\tKitab\r\n".encode())
        assert read_judgements(tmp_path) == [Judgement("kitab", "az", "Kitab", group="packed")]

    def test_an_id_may_stand_for_the_title(self, tmp_path):
        (tmp_path / "a.tsv").write_text("kitab\taz\t\tid=record:7 kind=record\n")
        assert read_judgements(tmp_path)[0].id == "record:7"

    def test_titles_may_lack_a_language(self, folder):
        assert list(read_titles(folder / "titles.tsv")) == [("Книга", "rus"), ("Карта", "ru"), ("Map", "")]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("kitab\taz\n", "a.tsv:1: Query, language and expected title are needed"),
            ("kitab\n", "a.tsv:1: Query, language and expected title are needed"),
            ("\n\taz\tKitab\n", "a.tsv:2: The query is missing"),
            ("kitab\taz\t \n", "a.tsv:1: The expected title is missing"),
            ("kitab\taz\tKitab\tlimit=many\n", "a.tsv:1: limit must be from 1 to 100"),
            ("kitab\taz\tKitab\tlimit=0\n", "a.tsv:1: limit must be from 1 to 100"),
            ("# nothing\n", "No judgements"),
        ],
    )
    def test_rows_that_cannot_be_used(self, tmp_path, content, message):
        (tmp_path / "a.tsv").write_text(content, "utf-8")
        with pytest.raises(EvaluationError) as caught:
            read_judgements(tmp_path)
        assert message in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.tsv", b"ok\taz\tKitab\n\xff\xfe\taz\tKitab\n", "a.tsv:2: This is not UTF-8"),
            ("a.tsv.gz", b"not packed", "a.tsv.gz: "),
            (
                "a.tsv.gz",
                gzip.compress(b"kitab\taz\tKitab\n" * 50, mtime=0)[:-20],
                "a.tsv.gz: the file is damaged",
            ),
        ],
    )
    def test_files_that_cannot_be_read(self, tmp_path, name, content, message):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(EvaluationError) as caught:
            read_judgements(tmp_path)
        assert message in str(caught.value)

    def test_a_folder_that_is_none(self, tmp_path):
        with pytest.raises(EvaluationError, match="is not a folder"):
            read_judgements(tmp_path / "absent")


def test_numbers():
    one, other = Judgement("a", "az", "One"), Judgement("b", "az", "Other")
    numbers = score([Outcome(one, 1, 5), Outcome(one, 0, 0), Outcome(one, 0, 0), Outcome(other, 4, 9)])
    assert numbers.judgements == 4
    assert numbers.recall == 0.5
    assert numbers.recall_by_title == pytest.approx((1 / 3 + 1) / 2)
    assert numbers.reciprocal_rank == pytest.approx((1 + 1 / 4) / 4)


class TestTemporaryIndex:
    def test_is_searched_and_then_gone(self, engine):
        titles = [("Kitab", "az"), ("Xəritə", "aze"), ("Kitab: tarix", "aze")]
        written = []
        with temporary_index(titles, written.append) as titles_of:
            outcomes = evaluate(
                [Judgement("xerite", "az", "XƏRİTƏ"), Judgement("kitab", "az", "Kitab")], titles_of
            )
            assert live_generation().name == TEMPORARY
        assert [outcome.place for outcome in outcomes] == [1, 1]
        assert written == [3]
        assert live_generation() is None
        assert current_engine().stamp(TEMPORARY) is None

    def test_is_gone_after_a_failure_too(self, engine):
        with pytest.raises(RuntimeError), temporary_index([("Kitab", "az")]):
            raise RuntimeError
        assert current_engine().stamp(TEMPORARY) is None
        assert live_generation() is None

    def test_only_one_at_a_time(self, engine, monkeypatch):
        monkeypatch.setattr("search.evaluation.exclusive", lambda name: nullcontext(False))
        with pytest.raises(EvaluationError), temporary_index([]):
            pass


@pytest.mark.parametrize(
    ("typed", "titled", "language", "forms"),
    [
        ("книгах", "Книга", "rus", "книге книги книгу книгой книгою книгам книгами книг"),
        ("ბიბლიოთეკაზე", "ბიბლიოთეკა", "geo", "ბიბლიოთეკას ბიბლიოთეკის ბიბლიოთეკით ბიბლიოთეკამ ბიბლიოთეკაში"),
        ("bibliotekaze", "ბიბლიოთეკა", "geo", "ბიბლიოთეკას ბიბლიოთეკის ბიბლიოთეკით ბიბლიოთეკამ ბიბლიოთეკაში"),
        ("students", "სტუდენტი", "geo", "სტუდენტს სტუდენტის სტუდენტით სტუდენტმა"),
        ("молотками", "Молоток", "rus", "молотка молотку молотком молотке молотки молотков"),
    ],
)
def test_the_form_of_dictionaries_comes_before_others(engine, typed, titled, language, forms):
    titles = [(title, language) for title in (titled, *forms.split())]
    with temporary_index(titles) as titles_of:
        [outcome] = evaluate([Judgement(typed, language, titled)], titles_of)
    assert outcome.hits == len(titles)
    assert 1 <= outcome.place <= 4


def test_the_catalogue_in_use(catalogue):
    document = next(iter(catalogue.objects.values()))
    judgements = [
        Judgement(document.title, "", document.title),
        Judgement(document.title, "", "", id=document.id),
        Judgement(document.title, "", "Something else"),
    ]
    outcomes = evaluate(judgements, titles_of_sources)
    assert [outcome.place > 0 for outcome in outcomes] == [True, True, False]


class TestCommand:
    def test_prints_scores_and_failures(self, engine, folder):
        text = printed(str(folder / "judgements"), titles=[folder / "titles.tsv"], failures=5)
        rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line}
        assert rows["ru"][:2] == ["3", "1.000"]
        assert rows["en"][:2] == ["1", "0.000"]
        assert rows["all"][:2] == ["4", "0.750"]
        assert "typing: 1 of 1" in text
        assert "inflection: 0 of 1" in text
        assert "missing\tNot in the index" in text

    def test_says_why_it_cannot(self, db, folder):
        with pytest.raises(CommandError, match="is not a folder"):
            printed(str(folder / "absent"))
        with pytest.raises(CommandError, match="There is no search index yet"):
            printed(str(folder / "judgements"))
        with pytest.raises(CommandError, match="absent.tsv: "):
            printed(str(folder / "judgements"), titles=[folder / "absent.tsv"])
