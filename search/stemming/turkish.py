"""Stems of Turkish words.

Nouns lose number, possession, case and copula; verbs in the commoner finite forms go back to the infinitive, which is
where a dictionary has them and which keeps *yaz* (summer) apart from *yazmak* (to write). Derived words (-lI, -CI,
-lIk, -sIz, -mA) are words of their own and stay whole.
"""

from search.stemming.agglutination import NEVER, Grammar, Paradigm, SuffixStemmer

# --- Nouns: number, possession, case --------------------------------------------------------------------

PLURAL = "- lAr"
CASE = "- (n)In (y)A (y)I DA DAn (y)lA"
OWN = "(I)m (I)n (I)mIz (I)nIz"  # my, your
THIRD = "(s)I"  # his, her, their
CASE_AFTER_THIRD = "- nIn nA nI ndA ndAn (y)lA"
RELATIVE = "DAki"  # evdeki: that of the house
RELATIVE_AFTER_THIRD = "ndAki"
COPULA = "- DIr (y)Im sIn (y)Iz sInIz DIrlAr"
PAST_COPULA = "(y)DI (y)mIş (y)sA yDI ymIş ysA"
PERSON_OF_PAST = "- m n k nIz lAr Im sIn Iz sInIz"

NOUNS = Paradigm(
    paths=(
        (PLURAL, CASE),
        (PLURAL, OWN, CASE),
        (PLURAL, THIRD, CASE_AFTER_THIRD),
        (PLURAL, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, OWN, RELATIVE, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, THIRD, RELATIVE_AFTER_THIRD, PLURAL, CASE_AFTER_THIRD),
        (PLURAL, "- DA", COPULA),
        (PLURAL, THIRD, "- ndA", "DIr"),
        (PLURAL, "- DA", PAST_COPULA, PERSON_OF_PAST),
        (PLURAL, THIRD, "- ndA", PAST_COPULA),
    )
)

# --- Verbs: tense and person ----------------------------------------------------------------------------

NEGATION = "- mA"
TENSE = "(y)AcAk mIş mAlI"
PERSON = "- sIn sInIz lAr DIr DI DIm DIk DIlAr"

VERBS = Paradigm(
    rank=1,
    citation="mAk",
    paths=(
        (NEGATION, "DI", "- m n k nIz lAr"),
        (NEGATION, TENSE, PERSON),
        (NEGATION, "(y)AcAğ mIş mAlIy", "Im Iz"),
        ("(I)yor mIyor", PERSON + " Im Iz DInIz mIş sA"),
        (NEGATION, "(y)ArAk"),
    ),
)
# What someone did or will do; too many nouns end so to take it off short verbs: yastığı, geleceği.
PARTICIPLES = Paradigm(
    rank=1,
    citation="mAk",
    paths=(
        (NEGATION, "DIğ (y)AcAğ", "Im In ImIz InIz I", CASE_AFTER_THIRD),
        (NEGATION, "DIk (y)AcAk", "lArI", CASE_AFTER_THIRD),
    ),
    least_ending=(NEVER, 1, 1),
)
# Verbs that end in a or e lose it before -yor: istemek, istiyor.
VERBS_IN_A = Paradigm(citation="AmAk", paths=(("Iyor", PERSON + " Im Iz"),))

_V = "aeıioöuüâîû"

TURKISH = Grammar(
    vowels=("aıâ", "eiî", "ouû", "öü"),
    harmony={"A": "aeae", "I": "ıiuü"},
    finals=("", "pçtkfhsş", ""),
    assimilation={"D": "dtd"},
    unharmonious="al ol ul at ot ut ak ok uk âl âk ât ûl arf arp arb alp alb",
    paradigms=(NOUNS, VERBS, PARTICIPLES, VERBS_IN_A),
    softening={"loğ": "log", "ğ": "k", "b": "p", "c": "ç", "d": "t", "g": "k"},
    softening_of_short={"ng": "nk", "ğ": "k", "b": "p", "c": "ç", "d": "t", "g": "k"},
    fleeting="I",
    fleeting_between="ğz kl ln ğr hs yn nz sm mr ğs ps cz vm yf rn yl tn sl ğl mz br hr kr hn lm zm tr zr dr kt",
    # No stem of two syllables ends so: yazar-l from yazarlı, gümrük-ç from gümrükçü.
    unlikely=f"[{_V}].*[{_V}].*(?:[^{_V}]l|[^{_V}lrn][cç]|[bdgptkçc][rnm])-",
    least_ending=(3, 1, 1),
    weights={"DI": 1, "mIş": 2, "(y)AcAk": 2, "(y)AcAğ": 2},
    doubtful="(y)A (I)m (I)n (y)Im (y)Iz (y)DI (y)mIş (y)sA sIn Iyor",
    tried="(s)I (n)In (I)m",
    tried_on_longer="(y)A (I)n",
)

_STEMMER = SuffixStemmer(TURKISH)
stem = _STEMMER.stem
stems = _STEMMER.stems
dictionary_forms = _STEMMER.dictionary_forms
