"""Stems of Turkish words."""

from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

PLURAL = "- lAr"
CASE = "- (n)In (y)A (y)I DA DAn (y)lA"
OWN = "(I)m (I)n (I)mIz (I)nIz"
THIRD = "(s)I"
CASE_AFTER_THIRD = "- nIn nA nI ndA ndAn (y)lA"
RELATIVE = "DAki"
RELATIVE_AFTER_THIRD = "ndAki"
PERSON = "- (y)Im sIn (y)Iz sInIz DIr DIrlAr"
PAST = "(y)DI (y)mIş (y)sA"
PERSON_OF_PAST = "- m n k nIz lAr Im sIn Iz sInIz"

NOUNS = Paradigm(
    paths=(
        (PLURAL, CASE),
        (PLURAL, OWN, CASE),
        (PLURAL, THIRD, CASE_AFTER_THIRD),
        (PLURAL, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, OWN, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, THIRD, RELATIVE_AFTER_THIRD, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, "- DA", PERSON),
        (PLURAL, "- DA", PAST, PERSON_OF_PAST),
    )
)

TURKISH = Grammar(
    vowels=("aı", "ei", "ou", "öü"),
    harmony={"A": "aeae", "I": "ıiuü"},
    finals=("", "pçtkfhsş", ""),
    assimilation={"D": "dtd"},
    paradigms=(NOUNS,),
    softening={"loğ": "log", "ğ": "k", "b": "p", "c": "ç", "d": "t", "g": "k"},
    softening_of_short={"ğ": "k", "b": "p", "c": "ç", "d": "t", "g": "k"},
    fleeting="I",
    firm_end="[lrnm][pbtdkgcçfsşz]|[sşfhx][tk]|[kp]t|[kp]s",
    least_ending=(3, 1, 1),
    doubtful="(y)A (I)m (I)n (y)Im (y)Iz",
    unlikely_end="[^aeıioöuüâîû]l|[^aeıioöuüâîûlrn][cç]|[bdgptkçc][rnm]",
    tried="(s)I (n)In",
)

_STEMMER = SuffixStemmer(TURKISH)
stem = _STEMMER.stem
stems = _STEMMER.stems
