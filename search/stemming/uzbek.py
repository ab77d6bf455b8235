"""Stems of Uzbek words, in Latin and in Cyrillic letters.

Nouns lose number, possession, case and particles; verbs in the commoner forms go back to the infinitive in -moq.
Derived words (-chi, -lik, -siz, -li, -cha) are words of their own and stay whole. Uzbek spelling knows no vowel
harmony. In the tables oʻ and gʻ are one letter each: ŏ, ğ; and ʼ (sanʼat) does not count, as many leave it out.
"""

from search import letters
from search.folding import fold
from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer, in_other_letters

# --- Nouns: number, possession, case --------------------------------------------------------------------

PLURAL = "lar"
CASE = "- ning ni Ga da dan Gacha"
RELATIVE = "dagi niki"  # that which is in …, that of …
OWNER = "(i)m (i)ng (i)miz (i)ngiz (s)i"
OWNER_OF_MANY = "im ing imiz ingiz i"
PARTICLE = "- mi dir gina dek day"

NOUNS = Paradigm(
    paths=(
        (CASE, PARTICLE),
        (OWNER, CASE, PARTICLE),
        (PLURAL, CASE, PARTICLE),
        (PLURAL, OWNER_OF_MANY, CASE, PARTICLE),
        (RELATIVE, "- lar", CASE, "- mi dir"),
        (OWNER, RELATIVE, "- lar", CASE),
        (PLURAL, RELATIVE, "- lar", CASE),
        (PLURAL, OWNER_OF_MANY, RELATIVE, "- lar", CASE),
    )
)

# --- Verbs: tense and person; participles and verbal nouns are declined -------------------------------------

NEGATION = "- ma"
PERSON = "- man san miz siz lar sizlar"
PERSON_OF_PAST = "- m ng k ngiz lar ngizlar"

VERBS = Paradigm(
    paths=(
        (NEGATION, "di sa", PERSON_OF_PAST),
        (NEGATION, "Gan yotGan ayotGan", PERSON + " di"),
        (NEGATION, "Gan yotGan ayotGan Jdigan", "- lar", "- " + OWNER, CASE),
        (NEGATION, "J", "- di dilar man san miz siz sizlar"),
        (NEGATION, "yap", "- ti tilar man san miz siz sizlar"),
        (NEGATION, "(i)b", "- ti man san miz siz"),
        (NEGATION, "(i)bdi", "- lar"),
        (NEGATION, "sin sinlar (i)ng (i)ngiz (i)nglar (i)ngizlar Gin (a)y (a)ylik (a)yotir Guncha Gach"),
        (NEGATION, "(i)sh", "- " + OWNER, CASE),
        (NEGATION, "moq moqda moqchi", PERSON + " dir"),
        ("mas masdan may (a)r", PERSON),
    ),
    citation="moq",
    rank=1,
    bare=True,
)

# Many words of the dictionary end so: bilim, tomon, kitob, oʻqish.
NEVER_SURE = "(i)m (i)ng m ng k mi dir sa (i)b (a)r (i)sh (a)y (a)ylik Gin"

LATIN = Grammar(
    vowels=("aeiouŏ" + "ёюяэы",),
    harmony={"A": "a", "Y": "y"},
    # After vowels, k, q; o of foreign words and y may be either (kinosi, kinoi).
    finals=("o", "k", "q", "oy", ""),
    assimilation={"G": "gkqgg", "J": "YAAAA"},
    paradigms=(NOUNS, VERBS),
    softening={"ğ": "q", "ag": "ak", "ig": "ik", "ug": "uk", "eg": "ek"},
    softening_of_short={"ğ": "q", "g": "k"},
    irregular={
        "shahr": "shahar", "burn": "burun", "ŏğl": "ŏğil", "ŏrn": "ŏrin", "bŏyn": "bŏyin", "qorn": "qorin",
        "kŏngl": "kŏngil", "singl": "singil", "bağr": "bağir", "oğz": "oğiz", "qŏyn": "qŏyin", "yarm": "yarim",
        "egn": "egin", "zahr": "zahar",
    },
    least_ending=(2, 1),
    weights={"(s)i": 2} | dict.fromkeys(NEVER_SURE.split(), -9),
    doubtful="J m ng k",
    unlikely=(
        r"^.?[aeiouŏ]-"  # no stem is as short as that
        r"|[^aeiouŏ]ch-i"  # ishchi
        r"|[^aeiouŏnrz]d-i"  # ketdi
        r"|[aeiouŏ]i-s"  # raisi is rais-i
    ),
    tried_on_longer="(i)m (i)ng",
)  # fmt: skip

TO_CYRILLIC = {"yo": "ё", "ya": "я", "ch": "ч", "sh": "ш"} | letters.pairs(
    "abdefghijklmnopqrstuvxyzŏğ", "абдефгҳижклмнопқрстувхйзўғ"
)

_LATIN = SuffixStemmer(LATIN)
_CYRILLIC = SuffixStemmer(in_other_letters(LATIN, TO_CYRILLIC))


def stem(word: str) -> str:
    """The folded stem under which an Uzbek word (exact form) is indexed, in the word's own script."""
    return _stemmer(word).stem(_one_letter_each(word)) or fold(word)


def stems(word: str) -> tuple[str, ...]:
    """All plausible stems of a typed word, folded, in its own script; apostrophes may be any or missing."""
    return _stemmer(word).stems(_one_letter_each(word)) or (fold(word),)


def dictionary_forms(word: str) -> tuple[str, ...]:
    """What dictionaries may list a typed word under, folded, in its own script; the likeliest first."""
    return _stemmer(word).dictionary_forms(_one_letter_each(word))


def _stemmer(word: str) -> SuffixStemmer:
    return _CYRILLIC if any("а" <= letter <= "ӿ" for letter in word) else _LATIN


def _one_letter_each(word: str) -> str:
    return word.replace("oʻ", "ŏ").replace("gʻ", "ğ").replace("ʻ", "")
