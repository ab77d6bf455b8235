"""Stems of Kazakh words, in Cyrillic."""

from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

PLURAL = "LAр"
CASE = "- NIң GA ZI DA XAн Mен DAGI DAGIлAр ZIкі"
OWN = "(I)м (I)ң"
OWN_CASE = "- NIң A ZI DA XAн Mен DAGI"
OUR = "(I)мIз (I)ңIз"
THIRD = "(с)I"
THIRD_CASE = "- нIң нA н нDA нAн Mен нDAGI"

NOUNS = Paradigm(
    paths=(
        (CASE,),
        (OWN, OWN_CASE),
        (OUR, CASE),
        (THIRD, THIRD_CASE),
        (PLURAL, CASE),
        (PLURAL, "Iм Iң", OWN_CASE),
        (PLURAL, OUR, CASE),
        (PLURAL, "I", THIRD_CASE),
    )
)

PERSON = "- MIн сIң сIз MIз сIңдAр сIздAр"
PAST = "м ң K ңIз ңдAр ңIздAр"
NEGATION = "- PA"
VERBS = Paradigm(
    paths=(
        (NEGATION, "DI", "- " + PAST),
        (NEGATION, "GAн", PERSON + " дI дIм дIң дIK дIңIз дIңдAр дIңIздAр"),
        (NEGATION, "GAн", CASE),
        (NEGATION, "GAн", "I", THIRD_CASE),
        (NEGATION, "Jтін Jтын", PERSON),
        (NEGATION, "J", "- дI мIн сIң сIз мIз сIңдAр сIздAр"),
        (NEGATION, "(I)п", "- тI MIн сIң сIз MIз"),
        (NEGATION, "сA", "- " + PAST),
        (NEGATION, "(I)ңIз (I)ңдAр (I)ңIздAр сIн JйIK"),
        ("PA", "с тIн", PERSON),
        ("(A)р", PERSON),
        (NEGATION, "MAK"),
    ),
    citation="у",
)

KAZAKH = Grammar(
    vowels=("аоұыяёуию", "еәөүіэиую"),
    harmony={"A": "ае", "I": "ыі", "G": "ғг", "K": "қк"},
    finals=("", "рйуиюь", "ль", "мнң", "зжбвгғд", "пфкқтсшщчцхһбвгғд", ""),
    #             V R L N Z T
    assimilation={
        "L": "ллдддтт",
        "N": "нддндтт",
        "Z": "нддддтт",
        "D": "дддддтт",
        "X": "дддндтт",
        "M": "ммммбпп",
        "P": "мммббпп",
        "G": "GGGGGKK",
        "J": "йAAAAAA",
    },
    paradigms=(NOUNS, VERBS),
    softening={"ғ": "қ", "г": "к", "б": "п"},
    softening_of_short={"ғ": "қ", "г": "к", "б": "п"},
    fleeting="I",
    fleeting_between="рн йн зн ңл нл лқ рқ лк рк лп рп уз ус",
    unharmonious="ев г рк нк ск кт ль ьд",
    least_ending=(2, 1),
    weights={"(с)I": 2, "(I)м": -9, "(I)ң": -9, "н": -1, "K": -9, "(A)р": -9, "MAK": -9, "(I)п": -9, "сA": -9},
    unlikely=r"^.?[аәеоөұүыіэ]-|ш-[ыі]|[рлнмй][гғбд]-[ыі]|[қкп]-[ыі]|(?<!ш)[ыі]-с|[^аәеоөұүыіуи]с-тан$",
    seams={"йу": "ю", "ыу": "у", "іу": "у", "қу": "ғу", "ку": "гу", "пу": "бу", "иу": "ию", "йю": "ю"},
    doubtful="(I)п с J",
)

_STEMMER = SuffixStemmer(KAZAKH)
stem = _STEMMER.stem
stems = _STEMMER.stems
