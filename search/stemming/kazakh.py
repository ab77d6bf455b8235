"""Stems of Kazakh words, in Cyrillic."""

import re

from search.stemming.agglutination import Grammar, Paradigm, SuffixStemmer

PLURAL = "LAр"
CASE = "- NIң GA ZI DA XAн Mен DAGI DAGIлAр ZIкі"
OWN = "(I)м (I)ң"
OWN_CASE = "- NIң A ZI DA XAн Mен DAGI"
OWN_CASE_OF_MANY = OWN_CASE.replace(" A ", " Á ")
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
        (PLURAL, "Iм Iң", OWN_CASE_OF_MANY),
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
        (NEGATION, "GAн", PERSON),
        (NEGATION, "GAн", "дI", "- " + PAST),
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
    rank=1,
    bare=True,
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
    softens_from=1,
    fleeting="I",
    fleeting_between="рн йн зн ңл нл лқ рқ лк рк лп рп уз ус",
    unharmonious="ев г рк нк ск кт ль ьд",
    least_ending=(2, 1),
    weights={
        "(с)I": 2,
        "(I)м": 1,
        "(I)ң": 1,
        "A": -9,
        "н": -1,
        "K": -9,
        "(A)р": -9,
        "MAK": -9,
        "(I)п": -9,
        "сA": -9,
    },
    unlikely=r"(?<![аәеоөұүыіэ][ғгб])-[ыі]?[мң](?!ен|[ыі]з|[ае])|^.?[аәеоөұүыіэ]-|ш-[ыі]|[рлнмңй][гғбд]-[ыі]|[қкп]-[ыі]|(?<!ш)[ыі]-с|[^аәеоөұүыіуи]с-тан$",
    seams={"йу": "ю", "ыу": "у", "іу": "у", "қу": "ғу", "ку": "гу", "пу": "бу", "иу": "ию", "йю": "ю"},
    tried_on_longer="(I)м (I)ң",
    doubtful="(I)п с J",
)

_STEMMER = SuffixStemmer(KAZAKH)
_LATIN_LETTERS = re.compile("[a-z]")
_CYRILLIC_LETTERS = re.compile("[а-яәғқңөұүһі]")
# Latin letters that look like Cyrillic ones and slip in from the wrong keyboard.
_LOOKALIKES = str.maketrans("aceikmnopxyh", "асеікмпорхуһ")


def stem(word: str) -> str:
    """The folded stem of a Kazakh word (exact form, Cyrillic)."""
    return _STEMMER.stem(_in_cyrillic(word)).removesuffix("ь")


def stems(word: str) -> tuple[str, ...]:
    """Every plausible stem of a typed word, the likeliest first, also typed on a Russian keyboard."""
    found = _STEMMER.stems(_in_cyrillic(word))
    return (
        tuple(dict.fromkeys(form.removesuffix("ь") for form in found))
        if any("ь" in f for f in found)
        else found
    )


def _in_cyrillic(word: str) -> str:
    """The word without Latin letters among its Cyrillic ones."""
    if word.isascii() or not _LATIN_LETTERS.search(word) or not _CYRILLIC_LETTERS.search(word):
        return word
    return word.translate(_LOOKALIKES)
