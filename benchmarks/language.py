"""Measures how the search forgives inflection, script and typing errors, on word lists of the shared data.

Usage: python -m benchmarks.language [--full] [--languages az,kk] [--failures 10]
"""

import argparse
import os
import random
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.paradigms import derived, likely_nouns
from benchmarks.words import LANGUAGES, ROMAN, Pair, Words, romanised, spread

BASE_DIR = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PORTAL_SHARED", BASE_DIR.parent / "shared"))
GOALS = {"az": 0.95, "kk": 0.95, "uz": 0.95, "tr": 0.95, "ka": 0.97, "ru": 0.96}
CORPUS = 200_000
SAMPLE = 500  # forms of a kind and language, unless --full
KEYS_TO_JUDGE = 200
DERIVED_NOUNS = 150
ROW = "{:<44}{:>8}{:>9}{:>9}{:>7}   {}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="every form instead of a sample")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="forms of a kind and language")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="az,kk,…")
    parser.add_argument(
        "--corpus", type=int, default=CORPUS, help="titles in the index; 0 leaves searching out"
    )
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="list N of each kind not found")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (SHARED / "data" / "lang").is_dir():
        say("The word lists are not beside the project (../shared/data/lang): nothing is measured.")
        return
    languages = [language for language in options.languages.split(",") if language in LANGUAGES]
    with tempfile.TemporaryDirectory() as directory:
        prepare(directory)
        words = Words(SHARED / "data")
        measure_stems(words, languages, options.seed)
        measure_scripts(words, languages, options.failures)
        if options.corpus:
            measure_search(words, languages, options)


def prepare(directory: str) -> None:
    """Point the portal at files of its own and the embedded engine."""
    os.environ.pop("ELASTICSEARCH_URL", None)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "VAR_DIR": directory, "DJANGO_SETTINGS_MODULE": "portal.settings", "STATIC_MANIFEST": "false",
        "CACHE_URL": "locmemcache://", "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    import django

    django.setup()


# --- What the analysis joins ----------------------------------------------------------------------------


def measure_stems(words: Words, languages: list[str], seed: int) -> None:
    """How many lemmas share a stem, and what to judge of the words that share one."""
    say("\nLemmas of the noun lists per stem (goal ≤ 1.05)")
    for language in languages:
        lemmas = {pair.lemma for pair in words.nouns(language)}
        keys = by_stem(lemmas, LANGUAGES[language])
        shared = sum(len(same) for same in keys.values() if len(same) > 1)
        say(f"  {language}  {len(lemmas) / len(keys):.3f}  ({len(lemmas)} lemmas, {shared} share a stem)")
    directory = BASE_DIR / "var" / "bench"
    directory.mkdir(parents=True, exist_ok=True)
    say(f"\nStems with several words, to be judged: {KEYS_TO_JUDGE} a language")
    for language in languages:
        path = directory / f"joined-{language}.tsv"
        started = time.perf_counter()
        listed = words.frequent(language)
        keys = by_stem({word for word in listed if word.isalpha()}, LANGUAGES[language])
        micros = (time.perf_counter() - started) * 1e6 / len(listed)
        joined = sorted(key for key, same in keys.items() if len(same) > 1)
        chosen = random.Random(seed).sample(joined, min(KEYS_TO_JUDGE, len(joined)))
        path.write_text("".join(f"{key}\t{' '.join(sorted(keys[key]))}\n" for key in sorted(chosen)), "utf-8")
        say(f"  {language}  {path.relative_to(BASE_DIR)}  ({len(joined)} such stems; {micros:.0f} µs a word)")


def by_stem(words: Iterable[str], language: str) -> dict[str, set[str]]:
    """The different words (in small letters) under each stem, stems of several words as one."""
    from search.analysis import exact, tokens

    keys: dict[str, set[str]] = defaultdict(set)
    for word in words:
        keys[" ".join(form.stem for form in tokens(word, language))].add(exact(word, language))
    return keys


def measure_scripts(words: Words, languages: list[str], failures: int) -> None:
    """The share of transliteration pairs of which each finds the other."""
    say("\nTransliteration pairs that meet (goal ≥ 0.98)")
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, source, target in words.script_pairs():
        pairs[language].append((source, target))
    for language in languages:
        if not pairs[language]:
            continue
        missed = [pair for pair in pairs[language] if not meet(*pair, LANGUAGES[language])]
        share = 1 - len(missed) / len(pairs[language])
        say(f"  {language}  {share:.3f}  ({len(pairs[language])} pairs)")
        for source, target in missed[:failures]:
            say(f"        {source}  ≠  {target}")


def meet(one: str, other: str, language: str) -> bool:
    """Whether each text, typed, finds a title with the other."""
    return finds(one, other, language) and finds(other, one, language)


def finds(query: str, title: str, language: str) -> bool:
    from search.analysis import query_forms, tokens, words

    forms = tokens(title, language)
    stems = {form.stem for form in forms}
    keys = {key for form in forms for key in form.keys}
    typed = list(words(query))
    return bool(typed) and all(
        not stems.isdisjoint(found_stems) or not keys.isdisjoint(found_keys)
        for _exact, _folded, found_stems, found_keys in map(query_forms, typed)
    )


# --- What the search finds --------------------------------------------------------------------------------


def measure_search(words: Words, languages: list[str], options: argparse.Namespace) -> None:
    from search.evaluation import Judgement, evaluate, temporary_index

    chance = random.Random(options.seed)
    kinds = {
        name: pairs
        for language in languages
        for name, pairs in inflected(words, language, 0 if options.full else options.sample, chance)
    }
    titles = words.corpus(options.corpus, chance)
    known = set(titles)
    lemmas = ((pair.lemma, LANGUAGES[name[:2]]) for name, pairs in kinds.items() for pair in pairs)
    titles += [title for title in dict.fromkeys(lemmas) if title not in known]
    started = time.perf_counter()
    with temporary_index(titles) as titles_of:
        say(f"\n{len(titles):,} titles indexed in {time.perf_counter() - started:.0f} s")
        say(ROW.format("first ten hits", "forms", "found", "by lemma", "MRR", ""))
        for language in languages:
            number = 2000 if options.full else options.sample
            kinds[f"{language} one random edit"] = mistyped(titles, language, number, chance)
        for name, pairs in sorted(kinds.items(), key=lambda item: languages.index(item[0][:2])):
            judgements = [Judgement(pair.form, name[:2], pair.lemma, name) for pair in pairs]
            started = time.perf_counter()
            outcomes = evaluate(judgements, titles_of)
            report(name, outcomes, (time.perf_counter() - started) * 1000 / max(len(judgements), 1))
            for outcome in [outcome for outcome in outcomes if not outcome.place][: options.failures]:
                judgement = outcome.judgement
                say(f"        {judgement.query}  ↛  {judgement.title}  ({outcome.hits} hits)")


def inflected(
    words: Words, language: str, number: int, chance: random.Random
) -> Iterator[tuple[str, list[Pair]]]:
    """Named lists of forms, as they stand and as readers type them without the letters or the script."""
    lists = {"noun forms": words.nouns(language), "treebank": words.treebank(language)}
    if language in ("az", "uz"):
        lemmas = {pair.lemma.replace("'", "ʻ") for pair in (*lists["noun forms"], *lists["treebank"])}
        nouns = sorted(lemma.lower() for lemma in lemmas if lemma.isalpha() and lemma.islower())
        more = likely_nouns(words.frequent(language), language)
        nouns += chance.sample(more, min(DERIVED_NOUNS, len(more)))
        lists["derived"] = list(derived(dict.fromkeys(nouns), language))
    typings: dict[str, Callable[[str], str]] = {"as they stand": str, "folded": folded}
    if language in ROMAN:
        typings["in Latin"] = lambda form: romanised(form, language)
    for kind, pairs in lists.items():
        chosen = spread(pairs, number, chance)
        if chosen:
            for typing, typed in typings.items():
                pairs = [Pair(pair.lemma, typed(pair.form)) for pair in chosen]
                if typed is not folded or pairs != chosen:
                    yield f"{language} {kind}, {typing}", pairs


def folded(text: str) -> str:
    """The text as it is typed by a reader who lacks the right letters."""
    from search.analysis import fold, words

    return " ".join(map(fold, words(text)))


def mistyped(titles: list[tuple[str, str]], language: str, number: int, chance: random.Random) -> list[Pair]:
    """Words of five letters or more with one random edit."""
    words = [
        title for title, code in titles if code == LANGUAGES[language] and len(title) > 4 and title.isalpha()
    ]
    letters = Counter(c for word in words for c in word.lower())
    alphabet = [c for c, times in sorted(letters.items()) if times > len(words) / 100]
    return [
        Pair(word, edited(word, alphabet, chance)) for word in chance.sample(words, min(number, len(words)))
    ]


def edited(word: str, alphabet: list[str], chance: random.Random) -> str:
    """The word with one letter left out, added, replaced or exchanged with the next."""
    place = chance.randrange(len(word))
    letter = chance.choice([c for c in alphabet if is_latin(c) == is_latin(word[-1])] or word)
    changed = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        )
    )
    return changed if changed != word else edited(word, alphabet, chance)


def is_latin(letter: str) -> bool:
    return unicodedata.name(letter).startswith("LATIN")


def report(name: str, outcomes: list, milliseconds: float) -> None:
    from search.evaluation import score

    if not outcomes:
        return
    numbers = score(outcomes)
    by_title = numbers.recall_by_title
    goal = 0.90 if "edit" in name else GOALS[name[:2]]
    verdict = "" if by_title >= goal else f"goal {goal}"
    say(
        ROW.format(
            name, numbers.judgements, f"{numbers.recall:.3f}", f"{by_title:.3f}",
            f"{numbers.reciprocal_rank:.2f}", f"{milliseconds:.1f} ms  {verdict}",
        )
    )  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
