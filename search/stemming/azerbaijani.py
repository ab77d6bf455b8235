"""Stems of Azerbaijani words."""

from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

PLURAL = "- lAr"
CASE = "- (n)In (y)A (n)I dA dAn"
OWN = "(I)m (I)n (I)mIz (I)nIz"
THIRD = "(s)I"
CASE_AFTER_THIRD = "- nIn nA nI ndA ndAn"
PREDICATE = "- dIr dIrlAr mI"

NOUNS = Paradigm(
    paths=(
        (PLURAL, CASE, PREDICATE),
        (PLURAL, OWN, CASE, PREDICATE),
        (PLURAL, THIRD, CASE_AFTER_THIRD, PREDICATE),
    )
)

AZERBAIJANI = Grammar(
    vowels=("aı", "əǝei", "ou", "öü"),
    harmony={"A": "aəaə", "I": "ıiuü"},
    finals=("", "pçtkqfsşhx", ""),
    assimilation={},
    paradigms=(NOUNS,),
    softening={"ğ": "q", "y": "k", "g": "q"},
    fleeting="I",
    firm_end="[lrnm][pbtdkgqcçfsşz]|[sşfhx][tkq]|[kp]s|lm|[kczr]m|[sf]r|fs|zv",
    least_ending=(3, 1, 1),
    doubtful="(y)A (I)m (I)n",
    unlikely_end="[^aeəǝıioöuübk]l|[^aeəǝıioöuülrn][cç]|[bdgptkçc][nm]",
    tried="(s)I (n)In",
)

_STEMMER = SuffixStemmer(AZERBAIJANI)
stem = _STEMMER.stem
stems = _STEMMER.stems
