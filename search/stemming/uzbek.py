"""Stems of Uzbek words, in Latin and in Cyrillic.

Uzbek knows no vowel harmony in its spelling. For the tables oʻ and gʻ are one letter each: ŏ, ğ.
"""

from collections.abc import Callable

from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

PLURAL = "lar"
CASE = "- ning ni Ga da dan Gacha"
RELATIVE = "dagi niki"
OWNER = "(i)m (i)ng (i)miz (i)ngiz (s)i"
OWNER_OF_MANY = "im ing imiz ingiz i"
PARTICLE = "- mi dir gina dek day"

PERSON = "- man san miz siz lar sizlar"
PAST = "- m ng k ngiz lar ngizlar"
NEGATION = "- ma"

CYRILLIC = str.maketrans("abdefghijklmnopqrstuvxyzŏğ", "абдефгҳижклмнопқрстувхйзўғ")
DIGRAPHS = {"yo": "ё", "ya": "я", "ch": "ч", "sh": "ш"}


def _cyrillic(text: str) -> str:
    for latin, cyrillic in DIGRAPHS.items():
        text = text.replace(latin, cyrillic)
    return text.translate(CYRILLIC)


def _grammar(script: Callable[[str], str], vowels: str) -> Grammar:
    """The tables in one of the scripts."""

    def paths(*rows: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(script(slot) for slot in row) for row in rows)

    def mapping(table: dict[str, str]) -> dict[str, str]:
        return {script(key): script(value) for key, value in table.items()}

    nouns = Paradigm(
        paths=paths(
            (CASE, PARTICLE),
            (OWNER, CASE, PARTICLE),
            (PLURAL, CASE, PARTICLE),
            (PLURAL, OWNER_OF_MANY, CASE, PARTICLE),
            (RELATIVE, "- lar", CASE, "- mi dir"),
            (OWNER, RELATIVE, "- lar", CASE),
            (PLURAL, RELATIVE, "- lar", CASE),
            (PLURAL, OWNER_OF_MANY, RELATIVE, "- lar", CASE),
        ),
    )
    verbs = Paradigm(
        paths=paths(
            (NEGATION, "di sa", PAST),
            (NEGATION, "Gan yotGan ayotGan", PERSON + " di"),
            (NEGATION, "Gan yotGan ayotGan", "- lar", "- " + OWNER, CASE),
            (NEGATION, "J", "- di dilar man san miz siz sizlar"),
            (NEGATION, "yap", "- ti tilar man san miz siz sizlar"),
            (NEGATION, "(i)b", "- ti di dilar man san miz siz"),
            (NEGATION, "sin sinlar (i)ng (i)ngiz (i)nglar (i)ngizlar Gin (a)y (a)ylik (a)yotir Guncha Gach"),
            (NEGATION, "(i)sh", "- " + OWNER, CASE),
            ("mas masdan may (a)r", PERSON),
            (NEGATION, "moq moqda moqchi", PERSON + " dir"),
        ),
        citation=script("moq"),
        rank=1,
        bare=True,
    )
    return Grammar(
        vowels=(vowels,),
        harmony={},
        finals=(script("o"), script("k"), script("q"), script("oy"), ""),
        assimilation={"G": script("gkqgg"), "J": script("y") + script("a") * 4},
        paradigms=(nouns, verbs),
        softening=mapping({"ğ": "q", "ag": "ak", "ig": "ik", "ug": "uk", "eg": "ek"}),
        softening_of_short=mapping({"ğ": "q", "g": "k"}),
        irregular=mapping(
            {
                "shahr": "shahar",
                "burn": "burun",
                "ŏğl": "ŏğil",
                "ŏrn": "ŏrin",
                "bŏyn": "bŏyin",
                "qorn": "qorin",
                "kŏngl": "kŏngil",
                "singl": "singil",
                "bağr": "bağir",
                "oğz": "oğiz",
                "qŏyn": "qŏyin",
                "yarm": "yarim",
                "egn": "egin",
                "zahr": "zahar",
            }
        ),
        least_ending=(2, 1),
        weights={
            script(suffix): weight
            for suffix, weight in {
                "(s)i": 2,
                "(i)m": -9,
                "(i)ng": -9,
                "sa": -9,
                "(i)b": -9,
                "(a)r": -9,
                "(i)sh": -9,
                "m": -9,
                "ng": -9,
                "k": -9,
                "mi": -9,
                "dir": -9,
                "(a)ylik": -9,
                "(a)y": -9,
                "Gin": -9,
            }.items()
        },
        unlikely=rf"^.?[{vowels}]-|[^{vowels}]{script('ch')}-{script('i')}|[{vowels}]{script('i')}-{script('s')}",
        tried_on_longer=script("(i)m (i)ng"),
        doubtful=script("(i)b J m ng k"),
    )


_LATIN = SuffixStemmer(_grammar(str, "aeiouŏ"))
_CYRILLIC = SuffixStemmer(_grammar(_cyrillic, "аеёиоуўэюяы"))


def stem(word: str) -> str:
    """The folded stem of an Uzbek word in its own script."""
    return _stemmer(word).stem(_one_letter_each(word))


def stems(word: str) -> tuple[str, ...]:
    """Every plausible stem of a typed word, with the apostrophes or without."""
    return _stemmer(word).stems(_one_letter_each(word))


def _stemmer(word: str) -> SuffixStemmer:
    return _LATIN if word[:1] < "\u0400" else _CYRILLIC


def _one_letter_each(word: str) -> str:
    return word.replace("oʻ", "ŏ").replace("gʻ", "ğ").replace("ʻ", "")
