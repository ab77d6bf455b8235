"""Word lists from the folder of shared data: nouns with their forms, words by frequency, pairs of scripts."""

import gzip
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Languages of the numbers and the code of their records.
LANGUAGES = {"az": "aze", "kk": "kaz", "uz": "uzb", "tr": "tur", "ka": "geo", "ru": "rus"}
NOUNS = {
    "az": ("unimorph_aze", "conll2018_azeri"),
    "kk": ("unimorph_kaz_noun", "unimorph_kaz", "conll2018_kazakh"),
    "uz": ("unimorph_uzb", "conll2018_uzbek"),
    "tr": ("conll2018_turkish",),
    "ka": ("conll2018_georgian",),
    "ru": ("conll2018_russian",),
}
TREEBANKS = {
    "kk": "ud_Kazakh-KTB_lemma_form",
    "uz": "ud_Uzbek-UT_lemma_form",
    "tr": "ud_Turkish-BOUN_lemma_form",
    "ka": "ud_Georgian-GLC_lemma_form",
}
# No frequency list of Russian is at hand: words of its dictionary stand in for it, and neighbours fill up the corpus.
FREQUENCIES = {code: f"{code}/unilex_frequency_{code}.tsv.gz" for code in ("az", "kk", "uz", "tr", "ka")}
NEIGHBOURS = {"kir": "ky/unilex_frequency_ky.tsv.gz", "tuk": "tk/unilex_frequency_tk.tsv.gz"}
DICTIONARIES = {"rus": "ru/hunspell_words_ru.txt.gz"}

# Plain letters in which a reader without the script types it: BGN/PCGN without its marks, and Georgia's own table.
_RUSSIAN = dict(
    zip("абвгдезийклмнопрстуфыэё", ["a", "b", "v", "g", "d", "e", "z", *"iyklmnoprstufyee"], strict=True)
) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip
_KAZAKH = _RUSSIAN | dict(zip("әіңғүұқөһ", ["a", "i", "ng", "gh", "u", "u", "q", "o", "h"], strict=True))
_GEORGIAN = dict(zip("აბგდევზთიკლმნოპრსტუფქყჰ", "abgdevztiklmnoprstupkqh", strict=True)) | {
    "ჟ": "zh", "ღ": "gh", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j",
}  # fmt: skip
ROMAN = {"kk": _KAZAKH, "ru": _RUSSIAN, "ka": _GEORGIAN}


@dataclass(frozen=True, slots=True)
class Pair:
    """A form of a word and the title that it must find."""

    lemma: str
    form: str


class Words:
    """The folder `data` of the shared files."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def nouns(self, language: str) -> list[Pair]:
        """Every inflected form of the noun lists, with its lemma."""
        rows = (row for name in NOUNS[language] for row in self._rows(f"lang/{language}/{name}.tsv.gz"))
        pairs = (Pair(row[0], row[1]) for row in rows if row[2].split(";")[0] == "N")
        return list(dict.fromkeys(pair for pair in pairs if pair.form.lower() != pair.lemma.lower()))

    def treebank(self, language: str) -> list[Pair]:
        """Forms of nouns and names as they stand in sentences."""
        if language not in TREEBANKS:
            return []
        rows = self._rows(f"lang/{language}/{TREEBANKS[language]}.tsv.gz")
        pairs = (
            Pair(row[0], row[1])
            for row in rows
            if row[2] in ("NOUN", "PROPN") and row[0].isalpha() and "Abbr" not in row[3]
        )
        return list(dict.fromkeys(pair for pair in pairs if pair.form.lower() != pair.lemma.lower()))

    def frequent(self, language: str) -> list[str]:
        """The words of a language's frequency list, or of its dictionary where there is none."""
        name = FREQUENCIES.get(language) or DICTIONARIES[LANGUAGES[language]]
        return [row[0] for row in self._rows(f"lang/{name}")]

    def corpus(self, size: int, chance: random.Random) -> list[tuple[str, str]]:
        """Words as titles, each with its language: the frequency lists, the lemmas, and neighbours up to `size`."""
        titles = dict.fromkeys(
            (word, LANGUAGES[language]) for language in FREQUENCIES for word in self.frequent(language)
        )
        for language, code in LANGUAGES.items():
            pairs = (*self.nouns(language), *self.treebank(language))
            titles |= dict.fromkeys((pair.lemma, code) for pair in pairs)
        others = {
            code: [row[0] for row in self._rows(f"lang/{name}")]
            for code, name in (DICTIONARIES | NEIGHBOURS).items()
        }
        room = max(size - len(titles), 0)
        for code, words in others.items():
            share = room // 2 if code in DICTIONARIES else room // 4
            titles |= dict.fromkeys((word, code) for word in chance.sample(words, min(share, len(words))))
        shuffled = list(titles)
        chance.shuffle(shuffled)
        return shuffled

    def script_pairs(self) -> Iterator[tuple[str, str, str]]:
        """(language, text in its script, the same in another) of the transliteration tests for our languages."""
        codes = {**{three: two for two, three in LANGUAGES.items()}, "kat": "ka"}
        for system, language, source_script, _target, source, target in self._rows(
            "translit/interscript_test_pairs.tsv.gz"
        ):
            if language in codes and source_script in ("Cyrl", "Geor") and system:
                yield codes[language], source, target
        for transform, source, target in self._rows("translit/cldr_transform_test_pairs.tsv.gz"):
            language = transform.split("-t-")[1][:2]
            if language in LANGUAGES:
                yield language, source, target

    def _rows(self, name: str) -> Iterator[list[str]]:
        with gzip.open(self.directory / name, "rt", encoding="utf-8") as stream:
            for line in stream:
                if line.strip() and not line.startswith("# "):
                    yield line.rstrip("\n").split("\t")


def romanised(text: str, language: str) -> str:
    """The text in plain Latin letters, for languages in other scripts."""
    table = ROMAN[language]
    return "".join(table.get(c, c) for c in text.lower())


def spread(pairs: Iterable[Pair], number: int, chance: random.Random) -> list[Pair]:
    """So many of the pairs (all, if 0), from as many lemmas as possible."""
    by_lemma: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_lemma.setdefault(pair.lemma, []).append(pair)
    groups = list(by_lemma.values())
    chance.shuffle(groups)
    for group in groups:
        chance.shuffle(group)
    rounds = max(map(len, groups), default=0)
    chosen = [group[turn] for turn in range(rounds) for group in groups if turn < len(group)]
    return chosen[: number or None]
