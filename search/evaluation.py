"""How well the search finds what readers mean: judgements, and how many of them it meets.

A judgement says: who types this must find that title. It is met when the title stands among the first ten hits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from statistics import fmean
from typing import TypeVar

from django.utils.translation import gettext as _

from search.analysis import fold, words
from search.documents import Document
from search.engines import current_engine
from search.errors import SearchError
from search.generations import BATCH, new_stamp, searching_in
from search.layout import fingerprint
from search.letters import LANGUAGES
from search.locks import exclusive
from search.models import Generation
from search.service import MOST_PER_PAGE, search
from search.sources import registered_sources

FIRST_HITS = 10
TEMPORARY = "evaluation"  # name of the generation that holds titles while they are tried

Key = TypeVar("Key")
Report = Callable[[int], None]
TitlesOf = Callable[[Sequence[str]], Mapping[str, str]]


class EvaluationError(SearchError):
    """Judgements or titles cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who types `query` must find a thing with this title (or this id), in this language."""

    query: str
    language: str
    title: str
    group: str = ""  # class of judgements to which failures are counted
    id: str = ""  # "record:123" where the title is not enough
    kinds: tuple[str, ...] = ("record",)
    limit: int = FIRST_HITS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a judgement: the place of what was expected among the first hits, from 1; 0 is not found."""

    judgement: Judgement
    place: int
    hits: int


@dataclass(frozen=True, slots=True)
class Score:
    """Several outcomes in numbers from 0 to 1."""

    judgements: int
    recall: float  # share that was found
    recall_by_title: float  # the same, titles counting alike however many judgements they have
    reciprocal_rank: float  # mean of 1 / place


def evaluate(
    judgements: Iterable[Judgement], titles_of: TitlesOf, report: Report = lambda count: None
) -> list[Outcome]:
    """Search for every judgement; `titles_of` gives the titles of hits by their ids.

    Raises `SearchUnavailable` when no index answers.
    """
    outcomes = []
    for judgement in judgements:
        page = search(
            judgement.query, kinds=judgement.kinds, per_page=min(max(judgement.limit, 1), MOST_PER_PAGE)
        )
        outcomes.append(Outcome(judgement, _place(judgement, page.ids, titles_of), page.total))
        report(1)
    return outcomes


def score(outcomes: Sequence[Outcome]) -> Score:
    """The numbers of these outcomes, of which there is at least one."""
    by_title = grouped(outcomes, lambda outcome: (outcome.judgement.language, outcome.judgement.title))
    return Score(
        judgements=len(outcomes),
        recall=fmean(outcome.place > 0 for outcome in outcomes),
        recall_by_title=fmean(fmean(outcome.place > 0 for outcome in same) for same in by_title.values()),
        reciprocal_rank=fmean(1 / outcome.place if outcome.place else 0 for outcome in outcomes),
    )


def grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], Key]) -> dict[Key, list[Outcome]]:
    """The outcomes by whatever `key` says of them, in the order in which they are met."""
    groups: dict[Key, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return groups


def titles_of_sources(ids: Sequence[str]) -> dict[str, str]:
    """The titles of these documents, asked of the rooms that they come from."""
    sources = registered_sources()
    wanted: dict[str, list[int]] = defaultdict(list)
    for identity in ids:
        source, _separator, key = identity.rpartition(":")
        wanted[source].append(int(key))
    return {
        document.id: document.title
        for source, keys in wanted.items()
        if source in sources
        for document in sources[source].documents(keys)
    }


@contextmanager
def temporary_index(
    titles: Iterable[tuple[str, str]], report: Report = lambda count: None
) -> Iterator[TitlesOf]:
    """An index of nothing but these titles, each with its language, in the engine of this installation.

    Searches inside the block are answered from it; afterwards it is removed. Yields what `evaluate` asks for titles.
    Raises `EvaluationError` while another process evaluates, and `SearchUnavailable` when the engine does not answer.
    """
    engine = current_engine()
    generation = Generation(
        name=TEMPORARY, engine=engine.name, layout=fingerprint(), stamp=new_stamp()
    )  # never saved
    kept: dict[str, str] = {}
    with exclusive(TEMPORARY) as is_ours:
        if not is_ours:
            raise EvaluationError(_("The search is being evaluated by another process."))
        engine.drop(TEMPORARY)  # left by one that was killed
        try:
            with engine.writer(TEMPORARY, bulk=True) as writer:
                documents = _documents(titles)
                while batch := list(islice(documents, BATCH)):
                    writer.index(batch)
                    kept |= {document.id: document.title for document in batch}
                    report(len(batch))
                writer.commit(generation.stamp)
            with searching_in(generation):
                yield lambda ids: {identity: kept[identity] for identity in ids}
        finally:
            engine.drop(TEMPORARY)


def _documents(titles: Iterable[tuple[str, str]]) -> Iterator[Document]:
    for number, (title, language) in enumerate(titles, start=1):
        yield Document(
            id=f"record:{number}", kind="record", title=title, language=THREE_LETTERS.get(language, language)
        )


# Records name their language in three letters; people who write judgements may use two. "geo" comes before "kat".
THREE_LETTERS = {two: three for three, two in reversed(LANGUAGES.items())}


def _place(judgement: Judgement, ids: Sequence[str], titles_of: TitlesOf) -> int:
    if judgement.id:
        return ids.index(judgement.id) + 1 if judgement.id in ids else 0
    expected = _comparable(judgement.title)
    titles = titles_of(ids) if ids else {}
    for place, identity in enumerate(ids, start=1):
        title = titles.get(identity, "")
        # Records join a subtitle to the title: who expects the one may leave out the other.
        if expected in (_comparable(title), _comparable(title.partition(": ")[0])):
            return place
    return 0


def _comparable(title: str) -> str:
    return " ".join(map(fold, words(title))) or fold(title)
