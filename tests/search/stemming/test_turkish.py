import pytest

from search.folding import fold
from search.stemming import turkish
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "köy köyü köyün köye köyde köyden köyler köylerden köylerimizde köyümüz köyünüzden köylerinin köydeki",
    "kitaplık kitaplığı kitaplığın kitaplığa kitaplıkta kitaplıklar kitaplığımız kitaplıklarımızdan",
    "ağaç ağacı ağacın ağaca ağaçta ağaçlar ağacımız ağaçlarında",
    "sınıf sınıfı sınıfta sınıftan sınıflar sınıfımızın sınıfıyla",
    "kütüphane kütüphanede kütüphanenin kütüphaneye kütüphanesi kütüphanesinde kütüphanelerimizden",
    "kapı kapıyı kapının kapıya kapıda kapılar kapısı kapısından kapımız",
    "oğul oğlu oğlum oğlunun oğullar oğlumuzdan",
    "ağız ağzı ağzında ağzından ağızlar",
    "vakit vakti vaktin vakitler vaktinde",
    "hak hakkı hakkında hakkın haklar",
    "kalp kalbi kalbim kalbinin kalpler",
    "saat saati saatler saatlerinde saatte",
    "renk rengi renkler renginden renklerimiz",
    "psikolog psikoloğu psikologlar psikoloğun",
    "yazar yazarın yazarlar yazarları yazarımızdan yazarlarındaki",
    "imkân imkânı imkânlar imkânları",
    "yazmak yazıyorum yazıyorlar yazdılar yazmıştır yazacaklar yazmakta",
    "okumak okuyorlar okudular okumuşuz okuyacağım okumadı",
    "istemek istiyor istiyoruz istedi istemiyorum",
    "görmek görüyoruz gördük görecekler görmekten",
]


def finds(typed: str, titled: str) -> bool:
    return turkish.stem(titled) in turkish.stems(typed)


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_the_dictionary_form(forms):
    lemma, *others = forms.split()
    assert [form for form in others if not finds(form, lemma)] == []
    assert [form for form in others if not finds(fold(form), lemma)] == []
    assert [form for form in others if fold(lemma) not in turkish.dictionary_forms(form)] == []


@pytest.mark.parametrize(
    ("typed", "titled"),
    [
        ("köy", "köyü"), ("köy", "köyün"), ("ev", "evim"), ("kitap", "kitabı"), ("kitap", "kitabım"),
        ("kitap", "kitaba"), ("kütüphane", "kütüphanesi"), ("sınıf", "sınıfta"), ("yol", "yollarında"),
    ],
)  # fmt: skip
def test_the_dictionary_form_finds_inflected_titles(typed, titled):
    assert finds(typed, titled)


@pytest.mark.parametrize(
    "word", ["anne", "kadın", "balık", "deniz", "insan", "meydan", "yazar", "kedi", "tane"]
)
def test_words_that_end_like_suffixes_are_still_found(word):
    assert finds(word, word)
    assert fold(word) in turkish.dictionary_forms(word + "lar")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kitap", "kitapçı"), ("tuz", "tuzlu"), ("tuz", "tuzsuz"), ("dost", "dostluk"), ("yaz", "yazmak"),
        ("bal", "balık"), ("an", "ana"), ("göz", "gözlük"), ("at", "ad"), ("ek", "ekmek"), ("kar", "kardeş"),
        ("yastık", "yas"), ("gelecek", "gelmek"),
    ],
)  # fmt: skip
def test_different_words_stay_apart(one, other):
    assert turkish.stem(one) != turkish.stem(other)


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "tr", turkish) >= 0.985
