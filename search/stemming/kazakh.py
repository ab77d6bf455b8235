"""Stems of Kazakh words in Cyrillic letters (`search.bridges` makes Cyrillic of what is typed in Latin ones).

Nouns lose number, possession and case; verbs in the commoner forms go back to the infinitive in -у, which is where a
dictionary has them and which keeps *бас* (head) apart from *бастау* (to begin). Derived words (-шы, -лық, -сыз, -лы)
are words of their own and stay whole.
"""

from search.folding import fold
from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

# --- Nouns: number, possession, case --------------------------------------------------------------------

PLURAL = "LAр"
CASE = "- NIң GA VI DA XAн Mен DAGI DAGIлAр Vікі"  # the last ones: that which is in …, those …, that of …
OWN = "(I)м (I)ң"  # my, your
OWN_CASE = "- NIң A VI DA XAн Mен DAGI"
OWN_OF_MANY = "Iм Iң"
OWN_CASE_OF_MANY = "- NIң (A) VI DA XAн Mен DAGI"
OUR = "(I)мIз (I)ңIз"
THIRD = "(с)I"  # his, her, their
THIRD_CASE = "- нIң нA н нDA нAн Mен нDAGI"

NOUNS = Paradigm(
    paths=(
        (CASE,),
        (OWN, OWN_CASE),
        (OUR, CASE),
        (THIRD, THIRD_CASE),
        (PLURAL, CASE),
        (PLURAL, OWN_OF_MANY, OWN_CASE_OF_MANY),
        (PLURAL, OUR, CASE),
        (PLURAL, "I", THIRD_CASE),
    )
)

# --- Verbs: tense and person; participles are declined like nouns ------------------------------------------

NEGATION = "- PA"
PERSON = "- MIн сIң сIз MIз сIңдAр сIздAр"
PERSON_OF_PAST = "- м ң K ңIз ңдAр ңIздAр"
PERSON_OF_PRESENT = "- дI мIн сIң сIз мIз сIңдAр сIздAр"

VERBS = Paradigm(
    paths=(
        (NEGATION, "DI сA", PERSON_OF_PAST),
        (NEGATION, "GAн Jтін Jтын", PERSON),
        (NEGATION, "GAн", "дI", PERSON_OF_PAST),
        (NEGATION, "GAн", CASE),
        (NEGATION, "GAн", PLURAL, CASE),
        (NEGATION, "GAн", "I", THIRD_CASE),
        (NEGATION, "J", PERSON_OF_PRESENT),
        (NEGATION, "(I)п", "- тI MIн сIң сIз MIз"),
        (NEGATION, "(I)ңIз (I)ңдAр (I)ңIздAр сIн JйIK"),
        (NEGATION, "MAK"),
        ("PA", "с тIн", PERSON),
        ("(A)р", PERSON),
    ),
    citation="у",
    rank=1,
    bare=True,
)

KAZAKH = Grammar(
    vowels=("аоұыяёуию", "еәөүіэиую"),
    harmony={"A": "ае", "I": "ыі", "G": "ғг", "K": "қк"},
    # After vowels; р and what sounds like й or у; л; nasals; з ж and what some hear as voiced; voiceless.
    finals=("", "рйуиюь", "ль", "мнң", "зжбвгғд", "пфкқтсшщчцхһбвгғд", ""),
    assimilation={
        "L": "ллдддтт",  # the plural
        "N": "нддндтт",  # the genitive
        "V": "нддддтт",  # the accusative
        "D": "дддддтт",  # the locative, the past
        "X": "дддндтт",  # the ablative
        "M": "ммммбпп",  # the instrumental, I, we
        "P": "мммббпп",  # the negation
        "G": "GGGGGKK",  # the dative, the perfect
        "J": "йAAAAAA",  # the present
    },
    # Foreign words that end so take either vowels: паркі, рейтингі, Назарбаевтың.
    unharmonious="ев г рк нк ск кт ль ьд",
    paradigms=(NOUNS, VERBS),
    softening={"нг": "нг", "ғ": "қ", "г": "к", "б": "п"},
    softens_from=1,
    fleeting="I",
    fleeting_between="рн йн зн ңл нл лқ рқ лк рк лп рп уз ус",
    seams={
        "йу": "ю",  # қой: қою
        "йю": "ю",
        "ыу": "у",  # оқы: оқу
        "іу": "у",
        "қу": "ғу",  # шық: шығу
        "ку": "гу",
        "пу": "бу",  # тап: табу
        "иу": "ию",  # жыми: жымию
    },
    least_ending=(2, 1),
    weights={
        "(с)I": 2,
        "(I)м": 1,
        "(I)ң": 1,
        "н": -1,  # мойын, жауын, келін are no accusatives
        "A": -9,
        "K": -9,
        "(A)р": -9,
        "MAK": -9,
        "(I)п": -9,
        "сA": -9,
    },
    doubtful="с J",
    unlikely=(
        r"^.?[аәеоөұүыіэ]-"  # no stem is as short as that
        r"|(?<![аәеоөұүыіэ][ғгб])-[ыі]?[мң](?!ен|[ыі]з|[ае])"  # білім, өлең; but жүрегім, кітабың
        r"|ш-[ыі]|(?:[рлмңй][гғбд]|н[ғбд])-[ыі]"  # оқытушы, үлгі
        r"|(?<![лр])[қкп]-[ыі]"  # would be softened, but халық: халқы
        r"|(?<!ш)[ыі]-с"  # дауысы is дауыс-ы
        r"|[^аәеоөұүыіуи]с-тан$"  # Қазақстан
    ),
    tried_on_longer="(I)м (I)ң",
)

_STEMMER = SuffixStemmer(KAZAKH)


def stem(word: str) -> str:
    """The folded stem under which a Kazakh word (exact form) is indexed."""
    return _hard(_STEMMER.stem(word)) if _is_cyrillic(word) else fold(word)


def stems(word: str) -> tuple[str, ...]:
    """All plausible stems of a typed word, folded, the likeliest first; also typed on a Russian keyboard."""
    if not _is_cyrillic(word):
        return (fold(word),)
    return tuple(dict.fromkeys(_hard(found) for found in _STEMMER.stems(word)))


def dictionary_forms(word: str) -> tuple[str, ...]:
    """What dictionaries may list a typed word under, folded, the likeliest first."""
    if not _is_cyrillic(word):
        return (fold(word),)
    forms = _STEMMER.dictionary_forms(word)
    return *forms, *(f"{form}ь" for form in forms if form[-1] in "лднт")


def _hard(found: str) -> str:
    """The soft sign of foreign words goes before vowels: модель, моделі."""
    return found.removesuffix("ь") or found


def _is_cyrillic(word: str) -> bool:
    return any("а" <= letter <= "ӿ" for letter in word)
