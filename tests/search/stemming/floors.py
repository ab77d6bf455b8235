"""What share of the forms in the word lists of the shared data meets the stem of its lemma, the mean over lemmas."""

from collections import defaultdict
from pathlib import Path
from statistics import fmean

from benchmarks.words import Pair, Words
from search.analysis import words
from search.folding import exact
from search.stemming import Stemmer
from tests.conftest import missing


def recall_of_nouns(shared: Path, language: str, stemmer: Stemmer) -> float:
    """The share of forms from which a query would find the record titled with the lemma."""
    if not (shared / "data" / "lang" / language).is_dir():
        missing("the word lists are not among the shared test data")
    found: dict[str, list[bool]] = defaultdict(list)
    for pair in Words(shared / "data").nouns(language):
        found[pair.lemma].append(_meets(pair, stemmer))
    return fmean(fmean(forms) for forms in found.values())


def _meets(pair: Pair, stemmer: Stemmer) -> bool:
    titled = {stemmer.stem(exact(word)) for word in words(pair.lemma)}
    return all(titled.intersection(stemmer.stems(exact(word))) for word in words(pair.form))
