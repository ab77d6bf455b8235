"""What fields, kinds of material and operators are called in the languages of the interface.

For each language: what it stands for, a colon, and its names, of which any will do. Names are compared folded: who
lacks ə or ş on the keyboard types "muellif:" and "basliq:". The words are those of the interface.
"""

from collections.abc import Mapping

from search.folding import fold


def _table(meanings: str, by_language: Mapping[str, str]) -> dict[str, str]:
    """Folded name → what it stands for; where two languages differ, the first has it. A meaning names itself."""
    found = {fold(meaning): meaning for meaning in meanings.split()}
    for text in by_language.values():
        for line in text.split(";"):
            meaning, _colon, names = line.partition(":")
            found |= {name: meaning.strip() for name in map(fold, names.split()) if name not in found}
    return found


# "identifier" is every number and mark: ISBN, ISSN, barcode, call number, control number.
_FIELDS = _table(
    "title author subject identifier class year branch material language notes",
    {
        "en": """identifier: isbn issn number barcode callnumber shelfmark; material: kind type; branch: library;
                 language: lang; notes: note; class: ddc udc bbk lcc""",
        "az": """title: sərlövhə başlıq ad adı; author: müəllif; subject: mövzu; identifier: nömrə şifr;
                 class: sinif təsnifat; year: il; branch: filial kitabxana; material: növ; language: dil;
                 notes: qeyd""",
        "kk": """title: атауы атау; author: автор авторы; subject: тақырып; identifier: нөмір шифр;
                 class: сынып жіктеу әож кбж; year: жыл жылы; branch: филиал кітапхана; material: түр түрі;
                 language: тіл тілі; notes: ескерту""",
        "ka": """title: სათაური დასახელება; author: ავტორი; subject: თემა საგანი; identifier: ნომერი შიფრი;
                 class: კლასი კლასიფიკაცია ინდექსი; year: წელი; branch: ფილიალი ბიბლიოთეკა; material: სახე ტიპი;
                 language: ენა; notes: შენიშვნა""",
        "uz": """title: sarlavha nom nomi; author: muallif; subject: mavzu; identifier: raqam shifr;
                 class: sinf tasnif; year: yil; branch: filial kutubxona; material: tur turi; language: til;
                 notes: izoh""",
        "tr": """title: eser başlık ad; author: yazar; subject: konu; identifier: numara; class: sınıf sınıflama;
                 year: yıl; branch: şube kütüphane; material: tür; language: dil; notes: not""",
        "ru": """title: заглавие название; author: автор; subject: тема предмет; identifier: номер шифр;
                 class: класс индекс удк ббк; year: год; branch: филиал библиотека; material: вид тип;
                 language: язык; notes: примечание""",
    },
)

_MATERIALS = _table(
    "book periodical article map score audio video picture electronic manuscript object",
    {
        "en": """book: books; periodical: journal newspaper magazine serial; article: articles; map: maps atlas;
                 score: scores music; audio: sound audiobook; picture: pictures photo photograph;
                 electronic: ebook online; manuscript: manuscripts; video: film""",
        "az": """book: kitab kitablar; periodical: jurnal qəzet; article: məqalə məqalələr; map: xəritə xəritələr;
                 score: not notlar; audio: səs audiokitab; picture: şəkil foto fotoşəkil; electronic: elektron;
                 manuscript: əlyazma əlyazmalar; object: əşya""",
        "kk": """book: кітап кітаптар; periodical: журнал газет; article: мақала мақалалар; map: карта карталар;
                 score: нота ноталар; audio: аудио дыбыс; video: бейне видео; picture: сурет фотосурет;
                 electronic: электрондық; manuscript: қолжазба қолжазбалар; object: зат""",
        "ka": """book: წიგნი წიგნები; periodical: ჟურნალი გაზეთი პერიოდიკა; article: სტატია სტატიები;
                 map: რუკა რუკები; score: ნოტი ნოტები; audio: აუდიო ხმა;
                 video: ვიდეო; picture: სურათი ფოტო ფოტოსურათი;
                 electronic: ელექტრონული; manuscript: ხელნაწერი ხელნაწერები; object: ნივთი""",
        "uz": """book: kitob kitoblar; periodical: gazeta jurnal; article: maqola maqolalar; map: xarita xaritalar;
                 score: nota notalar; audio: ovoz; picture: rasm surat; manuscript: qoʻlyozma qoʻlyozmalar;
                 object: buyum""",
        "tr": """book: kitap kitaplar; periodical: dergi gazete süreli; article: makale makaleler;
                 map: harita haritalar; score: nota notalar; audio: ses sesli; picture: resim fotoğraf;
                 electronic: elektronik; manuscript: elyazması yazma; object: nesne""",
        "ru": """book: книга книги; periodical: журнал газета периодика; article: статья статьи; map: карта карты;
                 score: ноты; audio: аудио звук; video: видео; picture: изображение фото фотография;
                 electronic: электронный; manuscript: рукопись рукописи; object: предмет""",
    },
)

# Operators count in capitals only: in small letters they are words of titles. Georgian is written without
# capitals, so its words count in Mtavruli alone (ᲓᲐ, ᲐᲜ, ᲐᲠ); who cannot type that has AND, OR, NOT, + and -.
_OPERATORS = _table(
    "AND OR NOT",
    {
        "az": "AND: və; OR: vəya yaxud; NOT: deyil",  # VƏ YA in two words is read as one
        "kk": "AND: және; OR: немесе; NOT: емес",
        "ka": "AND: და; OR: ან; NOT: არ",
        "uz": "AND: va; OR: yoki; NOT: emas",
        "tr": "AND: ve; OR: veya; NOT: değil",
        "ru": "AND: и; OR: или; NOT: не",
    },
)


def field_of(name: str) -> str | None:
    """The field that a name before a colon means, in any language; None when none does."""
    return _FIELDS.get(fold(name))


def material_of(name: str) -> str | None:
    """The code of the kind of material that a word means, in any language."""
    return _MATERIALS.get(fold(name))


def operator_of(word: str) -> str | None:
    """AND, OR or NOT for a word in capitals that means it in one of the languages."""
    return _OPERATORS.get(fold(word)) if word.isupper() else None
