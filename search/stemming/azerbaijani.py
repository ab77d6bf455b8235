"""Stems of Azerbaijani words, in Latin and in Cyrillic letters.

Nouns lose number, possession, case and copula; verbs in the commoner finite forms go back to the infinitive, which is
where a dictionary has them and which keeps *yaz* (spring) apart from *yazmaq* (to write). Derived words (-lI, -çI,
-lIq, -sIz, -mA) are words of their own and stay whole.
"""

from search import letters
from search.stemming.agglutination import NEVER, Grammar, Paradigm, SuffixStemmer, in_other_letters

# --- Nouns: number, possession, case --------------------------------------------------------------------

PLURAL = "- lAr"
CASE = "- (n)In (y)A (n)I dA dAn (y)lA"
OWN = "(I)m (I)n (I)mIz (I)nIz"  # my, your
THIRD = "(s)I"  # his, her, their
CASE_AFTER_THIRD = "- nIn nA nI ndA ndAn (y)lA"
RELATIVE = "dAkI"  # evdəki: that of the house
RELATIVE_AFTER_THIRD = "ndAkI"
COPULA = "- dIr dIrlAr (y)Am sAn (y)IK sInIz mI"

NOUNS = Paradigm(
    paths=(
        (PLURAL, CASE, "- dIr mI"),
        (PLURAL, OWN, CASE, "- dIr mI"),
        (PLURAL, THIRD, CASE_AFTER_THIRD, "- dIr mI"),
        (PLURAL, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, OWN, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, THIRD, RELATIVE_AFTER_THIRD, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, "- dA", COPULA),
        (PLURAL, "- (s)I", "(y)dI (y)mIş (y)sA ydI ymIş ysA", "- m n K nIz lAr"),
    )
)

# --- Verbs: tense and person ----------------------------------------------------------------------------

NEGATION = "- mA"
PERSON = "Am sAn IK sInIz lAr dIr"
PAST_PERSON = "- m n K nIz lAr"

VERBS = Paradigm(
    rank=1,
    citation="mAK",
    paths=(
        (NEGATION, "dI", PAST_PERSON),
        ("(y)Ir mIr", PERSON + " dI dIm dIn dIK dInIz dIlAr mIş sA"),
        (NEGATION, "mIş (y)AcAK mAlI (y)Ib", "- sAn sInIz lAr dIr dIrlAr dI dIm dIlAr"),
        (NEGATION, "mIş (y)AcAğ (y)AcAy mAlIy", "Am IK"),
        (NEGATION, "(y)ArAK dIKdA dIKcA"),
    ),
)
# What someone did or will do; too many nouns end so to take it off short verbs: sandığı, gələcəyi.
PARTICIPLES = Paradigm(
    rank=1,
    citation="mAK",
    paths=(
        (NEGATION, "dIğ dIy (y)AcAğ (y)AcAy", "Im In ImIz InIz I", CASE_AFTER_THIRD),
        (NEGATION, "dIK (y)AcAK", "lArI", CASE_AFTER_THIRD),
    ),
    least_ending=(NEVER, 1, 1),
)

_V = "aeəǝıioöuü"

LATIN = Grammar(
    vowels=("aı", "əǝei", "ou", "öü"),
    harmony={"A": "aəaə", "I": "ıiuü", "K": "qkqk"},
    finals=("", ""),
    assimilation={},
    paradigms=(NOUNS, VERBS, PARTICIPLES),
    softening={"ğ": "q", "y": "k"},
    softening_of_short={"d": "t"},
    fleeting="I",
    fleeting_between="ğz ln yn rn kr sm nl sl ğl mr kl tr nf br hn dr",
    # No stem of two syllables ends so: yazar-l from yazarlı, gömrük-ç from gömrükçü.
    unlikely=f"[{_V}].*[{_V}].*(?:[^{_V}bk]l|[^{_V}lrn][cç]|[bdgptkçc][nm])-",
    least_ending=(3, 1, 1),
    weights={"dI": 1, "dIr": 2, "mIş": 2, "(y)AcAK": 2, "(y)Ib": 1},
    doubtful="(y)A (I)m (I)n (y)Am (y)IK sAn mI (y)dI (y)mIş (y)sA",
    tried="(s)I (n)In (I)m",
    tried_on_longer="(y)A (I)n",
)

# The alphabet of 1958, letter by letter.
TO_CYRILLIC = letters.pairs("abcçdeəfgğhxıijkqlmnoöprsştuüvyz", "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз")

_LATIN = SuffixStemmer(LATIN)
_CYRILLIC = SuffixStemmer(in_other_letters(LATIN, TO_CYRILLIC))


def stem(word: str) -> str:
    """The folded stem under which an Azerbaijani word (exact form) is indexed, in the word's own script."""
    return _stemmer(word).stem(word)


def stems(word: str) -> tuple[str, ...]:
    """All plausible stems of a typed word, folded, in its own script; letters of the language may be missing."""
    return _stemmer(word).stems(word)


def dictionary_forms(word: str) -> tuple[str, ...]:
    """What dictionaries may list a typed word under, folded, in its own script; the likeliest first."""
    return _stemmer(word).dictionary_forms(word)


def _stemmer(word: str) -> SuffixStemmer:
    return _CYRILLIC if any("а" <= letter <= "ӿ" for letter in word) else _LATIN
