from operator import attrgetter

import pytest

from benchmarks.paradigms import azerbaijani as all_forms
from benchmarks.paradigms import derived
from benchmarks.words import Pair, Words
from search.folding import fold
from search.stemming import azerbaijani
from tests.conftest import missing
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "kənd kəndi kəndin kəndə kənddə kənddən kəndlər kəndlərdən kəndlərimizdə kəndimiz kəndinizdən kəndlərinin",
    "bulaq bulağı bulağın bulağa bulaqda bulaqlar bulağım bulağımız bulağında bulaqlarımızdan bulaqdır",
    "çiçəklik çiçəkliyi çiçəkliyin çiçəkliyə çiçəkliklər çiçəkliyimizdən",
    "bələdiyyə bələdiyyəni bələdiyyənin bələdiyyəyə bələdiyyəsi bələdiyyəsinin bələdiyyələrdə bələdiyyəmizin",
    "kitabxana kitabxanada kitabxananın kitabxanaya kitabxanası kitabxanasında kitabxanalarımızdan",
    "qapı qapını qapının qapıya qapıda qapılar qapısı qapısından qapımız",
    "oğul oğlu oğlum oğlunun oğullar oğlumuzdan",
    "ağız ağzı ağzında ağzından ağızlar",
    "könül könlü könlüm könlümdə könüllər",
    "fikir fikri fikrin fikirlər fikrində",
    "haqq haqqı haqqında haqqın",
    "yazıçı yazıçının yazıçılar yazıçıları yazıçısı yazıçılarımızdan",
    "göz gözü gözün gözlər gözləri gözlərindən gözümüz",
    "su suda sudan sular suları",
    "Əliyev Əliyevin Əliyevə Əliyevlər".lower(),
    "avtobus avtobusun avtobusda avtobuslar avtobusla",
    "yazmaq yazıram yazırlar yazdılar yazmışam yazacaqlar yazmağın yazmaqda",
    "oxumaq oxuyurlar oxudular oxumuşuq oxuyacağam oxumadı oxumağa",
    "görmək görürəm gördülər görəcəyik görməyin",
]
SINGLE_WORDS = (
    "ana ata şirin kəndir balıq dəniz donuz qadın vətən bayram salam təlim insan meydan lalə səda kirpi"
)


def finds(typed: str, titled: str) -> bool:
    return azerbaijani.stem(titled) in azerbaijani.stems(typed)


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_the_dictionary_form(forms):
    lemma, *others = forms.split()
    assert [form for form in others if not finds(form, lemma)] == []
    assert [form for form in others if not finds(fold(form), lemma)] == []
    assert [form for form in others if fold(lemma) not in azerbaijani.dictionary_forms(form)] == []


@pytest.mark.parametrize(
    "lemma", ["kənd", "bulaq", "bələdiyyə", "kitabxana", "qapı", "yazıçı", "göz", "körpü"]
)
def test_the_dictionary_form_finds_every_form(lemma):
    missed = [form for form in all_forms(lemma) if not finds(lemma, form)]
    assert len(missed) <= 0.08 * len(list(all_forms(lemma)))


@pytest.mark.parametrize("word", SINGLE_WORDS.split())
def test_words_that_end_like_suffixes_are_still_found(word):
    assert finds(word, word)
    assert word == fold(word) or finds(fold(word), word)
    assert fold(word) in azerbaijani.dictionary_forms(word + "lar")


@pytest.mark.parametrize(
    "word", ["ana", "ata", "balıq", "şirin", "qadın", "vətən", "insan", "körpü", "dəniz", "kirpi"]
)
def test_words_that_end_like_suffixes_stay_whole(word):
    assert azerbaijani.stem(word) == fold(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kitab", "kitabça"), ("kitab", "kitabçı"), ("duz", "duzlu"), ("duz", "duzsuz"), ("dost", "dostluq"),
        ("yaz", "yazmaq"), ("qar", "qardaş"), ("bal", "balıq"), ("an", "ana"), ("göz", "gözəl"), ("dil", "dilim"),
        ("bağ", "bağban"), ("ad", "ada"), ("at", "ata"), ("dağ", "dağıstan"), ("qaz", "qazı"),
    ],
)  # fmt: skip
def test_different_words_stay_apart(one, other):
    assert azerbaijani.stem(one) != azerbaijani.stem(other)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("китабларымыздан", "китаб"), ("ушағын", "ушаг"), ("чөрәјимиз", "чөрәк"), ("кәндләрдә", "кәнд"),
        ("оғлунун", "оғул"), ("кандларда", "кәнд"), ("мәктәбдән", "мәктәб"), ("язырам", "язырам"),
    ],
)  # fmt: skip
def test_cyrillic_letters(form, lemma):
    assert finds(form, lemma)


def test_doubled_consonants():
    assert finds("haqq", "haqlar")
    assert finds("haqları", "haqq")


def test_forms_derived_from_the_nouns_of_the_word_lists(shared):
    if not (shared / "data" / "lang" / "az").is_dir():
        missing("the word lists are not among the shared test data")
    nouns = sorted({pair.lemma for pair in Words(shared / "data").nouns("az") if pair.lemma.isalpha()})
    pairs = list(derived(nouns, "az"))[::5]
    found = [
        finds(form(pair), pair.lemma) for pair in pairs for form in (attrgetter("form"), in_plain_letters)
    ]
    assert sum(found) / len(found) >= 0.995


def in_plain_letters(pair: Pair) -> str:
    return fold(pair.form)


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "az", azerbaijani) >= 0.995
