"""What the letters of each script sound like, and how else a word is spelled: the tables behind `search.bridges`.

Sounds are written as Latin letters with š (sh), č (ch), ž (zh, j, dzh) and c (ts, and a bare Latin c, which may be
any of them). What romanisations confuse is one sound here: ы й і и are all i, х һ kh x are all h.

A respelling is a list of (pattern, replacement), applied one after the other to a word in its exact form: what the
word would look like in another system. `by_letter("г ғ", "q г")` is the list that replaces letter by letter.
"""

import re

from search.letters import pairs

LATIN_SOUNDS = (
    dict.fromkeys(("schtsch", "shch", "şç", "šč", "sč", "sch", "sh", "ş", "š", "ș", "ŝ"), "š")
    | dict.fromkeys(("tsch", "tch", "ch", "ç", "č", "ĉ", "ć"), "č")
    | dict.fromkeys(("dzh", "dsch", "dj", "dž", "zh", "ž", "j", "ǰ", "ĵ"), "ž")
    | dict.fromkeys(("ts", "tz", "cz", "ț"), "c")
    | {
        "kh": "h",
        "x": "h",
        "gh": "g",
        "ph": "f",
        "dz": "z",
        "w": "v",
        "y": "i",
        "tsh": "tš",
        "tshch": "tš",
        "ý": "u",
        "ŭ": "o",
    }
)

CYRILLIC_SOUNDS = (
    pairs("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdežziiklmnoprstufhcčššie")
    | pairs("әғқңөұүһіҹҝјўҳҷ", "agknouuhižgiohž")
    | {"ё": "e", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
    | {"дж": "ž", "дҹ": "ž", "тс": "c", "тч": "č", "дз": "z", "шч": "š", "сч": "š", "сщ": "š"}
)

GEORGIAN_SOUNDS = pairs("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "abgdevztiklmnopžrstupkgqšččzcčhžh") | {
    "ც": "c", "დზ": "z", "ტს": "c", "თს": "c", "ტშ": "tš",
}  # fmt: skip

# Sounds that a reader who has only the plain Latin letters cannot tell apart: Şuşa typed "susa", Çexov "cexov".
PLAIN_SOUNDS = pairs("ščžq", "scck")
# The same for Georgian words, where f is a stranger: ფ is p.
PLAIN_GEORGIAN_SOUNDS = PLAIN_SOUNDS | {"f": "p"}

# --- Latin alphabets of other times ----------------------------------------------------------------------

# The common Turkic alphabet of 1929 (Azərʙajçan); ş, s and the other letters are as today.
LETTERS_OF_1929 = "ƣɵƶꞑʙ"
ALPHABET_OF_1929 = pairs("çcjyƶƣɵꞑʙ", "cçyüjğöñb")

# --- Respellings -------------------------------------------------------------------------------------------

Respelling = tuple[tuple[re.Pattern[str], str], ...]


def respelling(*rules: tuple[str, str]) -> Respelling:
    """A respelling from pairs of a regular expression and its replacement."""
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


def by_letter(letters: str, replacements: str) -> Respelling:
    """A respelling letter by letter, or group of letters by group, parted by spaces; "-" stands for nothing."""
    found = zip(letters.split(), replacements.split(), strict=True)
    return respelling(*((letter, "" if other == "-" else other) for letter, other in found))


# A Latin word, sought among Cyrillic ones.
LATIN_FOR_CYRILLIC = (
    by_letter("q", "g"),  # Azerbaijani qara = гара
    by_letter("j", "y"),  # ISO 9, GOST: Jurij = Юрий
    by_letter("w yʻ", "u u"),  # Kazakh of 2017: waqyt, yʻaqyt = уақыт
    by_letter("ng", "n"),  # Kazakh BGN, ALA-LC: teng = тең
    by_letter("x", "ks"),  # Alexander = Александр
    by_letter("ae oe ue", "a o u"),  # Kazakh of 2017: oelen = өлең
    by_letter("yo jo", "e e"),  # Solyonoye = Солёное
    by_letter("oʻ ŭ", "u u"),  # Oʻzbek = узбек
    by_letter("4 6", "ch sh"),  # chat: 4ehov, 6kola
    by_letter("â û", "ya yu"),  # ISO 9: âma = яма
    by_letter("z", "zh"),  # ISO 9 without its marks: Uzur = Ужур
    by_letter("š č ž", "sh ch zh"),  # j is no й then: javaxišvili = Джавахишвили
    by_letter("sh", "skh"),  # ISO 9: shodit' = сходить
    by_letter("sc", "sch"),  # ISO 9 without its marks: Scukin = Щукин
    respelling(("(?<=[^aeiouy])i(?=[aou])", "iy")),  # Maria = Мария
    respelling(("^h", "g")),  # Hasan = Гасан
    respelling(("(?<=[hşçšč])o", "e")),  # Gorbachov = Горбачёв
    respelling(("^q", "k"), ("q", "h")),  # Qazaqstan = Казахстан
    respelling(("q", "k"), ("^g(?=.*(?:gh|ğ|g)$)", "k"), ("(?<=...)(?:gh|ğ|g)$", "h")),  # Qarabağ = Карабах
)
# A Latin word, sought among Georgian ones.
LATIN_FOR_GEORGIAN = (
    by_letter("w y", "ts k"),  # the Georgian keyboard: wyali = წყალი
    by_letter("x", "ks"),  # Alexandre = ალექსანდრე
    by_letter("j", "dz"),  # ISO 9984: ja = ძა
    by_letter("š č ž", "sh ch zh"),  # j is no й then
    by_letter("z", "zh"),  # the same without its marks: zami = ჟამი
)
# A Latin word, sought among Latin ones.
LATIN_FOR_LATIN = (
    by_letter("c", "j"),  # Cavid = Javid
    by_letter("j", "c"),
    by_letter("j", "y"),  # Jesenin = Yesenin
    by_letter("y", "j"),
    by_letter("x", "ks"),
    by_letter("ks", "x"),
    by_letter("yo jo", "e e"),  # Solovyov = Solovëv
    by_letter("ë", "yo"),
    by_letter("oʻ ŭ", "u u"),
    by_letter("š č ž", "sh ch zh"),  # j is no й then: javaxišvili = javakhishvili
    respelling(("u(?=[aeoy])", "w")),  # uaqyt = waqyt
    by_letter("w yʻ", "u u"),
    by_letter("ñ ń ŋ", "ng ng ng"),  # öleñ = öleng
    by_letter("ng", "n"),
    by_letter("â û", "ya yu"),
    by_letter("4 6", "ch sh"),
    by_letter("q", "k"),
    by_letter("q", "g"),
    respelling(("^q", "k"), ("q", "h")),  # Qazaqstan = Kazakhstan
    respelling(("q", "k"), ("^g(?=.*(?:gh|ğ|g)$)", "k"), ("(?<=...)(?:gh|ğ|g)$", "h")),  # Qarabağ = Karabakh
    respelling(("^k(?=.*(?:gh|ğ|kh)$)", "g"), ("kh$", "g")),  # Karabakh = Garabagh
    respelling(("^g(?=.*(?:gh|ğ)$)", "k")),
)
# A Cyrillic word, sought among Latin ones.
CYRILLIC_FOR_LATIN = (
    by_letter("й я ю ё", "ж жа жу жо"),  # ISO 9, GOST: Jurij
    by_letter("я ю", "а у"),  # ISO 9: Ûrij
    by_letter("й я ю", "ж а у"),  # the same without its marks: Urij
    by_letter("сх", "ш"),  # ISO 9: shodit'
    by_letter("щ ш ч ж й я ю", "сц с ц з ж жа жу"),  # the same without its háčky: Cajkovskij
    by_letter("г дж ҹ", "q ц ц"),  # Azerbaijani: гараҹа = qaraca
    by_letter("г дж ҹ ч ш", "q ц ц ц с"),  # the same without its marks: ҝүмүш = gumus
    by_letter("дж ҹ ч ш", "ц ц ц с"),
    by_letter("щ ш ч ж я ю", "сц с ц з а у"),  # ISO 9 without its marks, but for final ij
    by_letter("қ", "q"),  # Kazakh, Uzbek
    by_letter("қ ч ш щ", "q ц с с"),
    respelling(("у(?=[аәеоы])", "в"), ("қ", "q")),  # уақыт = waqyt
    by_letter("дж", "й"),  # where j is й by the look of other letters: javaxišvili
    by_letter("қ ң", "q нг"),  # Kazakh BGN
    by_letter("қ ў", "q у"),  # Uzbek BGN, ALA-LC
    by_letter("ў", "у"),
    by_letter("ё", "ио"),
    by_letter("ё", "о"),  # Хрущёв = Hruşçov
    by_letter("кс", "х"),
    respelling(("(?<=[бвгджзклмнпрстфхҝ])я", "э"), ("дж", "ц")),  # Гянджеви = Gencevi
    respelling(("(?<=[бвгджзклмнпрстфхҝ])я(?=.*е)", "а"), ("е", "а")),  # Гянджеви = Ganjavi
    respelling(("^қ", "к"), ("қ", "х"), ("ғ$", "х")),  # Қазақстан = Kazakhstan
    respelling(("^г(?=.*[гғ]$)", "к"), ("(?<=...)[гғ]$", "х")),  # Гарабағ = Karabakh
    respelling(("^г(?=.*ғ$)", "к")),  # Гарабағ = Karabagh
    respelling(("(?<=...)х$", "г")),  # Карабах = Karabagh
    respelling(("^к(?=.*х$)", "г"), ("(?<=...)х$", "г")),  # Карабах = Garabagh
    respelling(("^г", "х")),  # Гейдар = Heydar
)
# A Cyrillic word with letters of its own, sought among the Russian spellings of the same.
CYRILLIC_FOR_CYRILLIC = (
    by_letter("ә", "а"),
    respelling(("^қ", "к"), ("қ", "х")),  # Қазақстан = Казахстан
    respelling(("^г(?=.*ғ$)", "к"), ("(?<=...)ғ$", "х")),  # Гарабағ = Карабах
    respelling(("^һ", "г"), ("ә", "а")),  # Һәсән = Гасан
    respelling(("ў", "у"), ("о", "а")),  # Ўзбекистон = Узбекистан
    by_letter("ў", "у"),
)
# Georgian words, sought among Latin and Cyrillic ones.
GEORGIAN_FOR_LATIN = (
    by_letter("ყ", "ქ"),
    by_letter("ძ", "ჟ"),  # ISO 9984: ja
    by_letter("ძ ჯ", "ი ი"),  # where j is й by the look of other letters
    by_letter("ფ", "f"),
    by_letter("შ ჩ ჭ ჟ", "ს ც ც ზ"),  # ALA-LC without its marks
    by_letter("ქს", "ხ"),
    by_letter("წ ყ ფ", "ვ ი f"),  # the Georgian keyboard: wyali
)
GEORGIAN_FOR_CYRILLIC = (by_letter("ფ", "f"), by_letter("ჰ", "გ"))

# What a Latin word may be in other letters, near enough for its ending to be understood. What keys do not tell
# apart need not be right. Groups of letters first, then what is left, letter by letter.
KAZAKH_READING = (  # BGN and the alphabets of 2017 to 2021
    respelling(
        ("sh|ş|š", "ш"), ("ch|ç|č", "ч"), ("zh|j|ž", "ж"), ("kh|x", "х"), ("gh|ğ|ǵ", "ғ"), ("ng|ñ|ń|ŋ", "ң"),
        ("ts", "ц"), ("ya", "я"), ("yu", "ю"), ("(?<=[aeiouäöüáóúū])[yi]", "й"),
    ),
    pairs("abdefghiklmnopqrstuvwyzäáəöóüúūýıī", "абдефгхиклмнопқрстувуызәәәөөүүууыи"),
)  # fmt: skip
RUSSIAN_READING = (  # BGN, ALA-LC, ISO 9 and passports
    respelling(
        ("shch|šč|ŝ", "щ"), ("sh|š", "ш"), ("ch|č", "ч"), ("zh|ž", "ж"), ("kh|x", "х"), ("ts|c", "ц"), ("ʻ", "ь"),
        ("i[iyj]a", "ия"), ("[yji]a|â", "я"), ("[yj]u|û", "ю"), ("[yj]o|ë", "ё"), ("(?<=[aeiou])[yj]e|^[yj]e", "е"),
        ("i[yji]$", "ий"), ("y[yji]$", "ый"), ("(?<=[aeiou])[yji]", "й"),
    ),
    pairs("abdefghijklmnopqrstuvwyz", "абдефгхийклмнопкрстуввыз"),
)  # fmt: skip
GEORGIAN_READING = (  # the national system, ALA-LC and the keyboard
    respelling(
        ("kh", "ხ"), ("gh", "ღ"), ("ts", "ც"), ("dz", "ძ"), ("ch|č", "ჩ"), ("sh|š", "შ"), ("zh|ž", "ჟ"), ("ʻ", ""),
    ),
    pairs("abcdefghijklmnopqrstuvwxyz", "აბცდეფგჰიჯკლმნოფყრსთუვწხყზ"),
)  # fmt: skip
READINGS = {"kaz": KAZAKH_READING, "rus": RUSSIAN_READING, "geo": GEORGIAN_READING}

# Stems, sought in another script; by the mark of their own.
STEMS = {
    "L": (by_letter("q", "g"), by_letter("ə", "a"), by_letter("w", "u")),
    "C": (
        by_letter("г дж ҹ", "q ц ц"),
        by_letter("г дж ҹ ч ш", "q ц ц ц с"),
        by_letter("қ", "q"),
        by_letter("қ ч ш", "q ц с"),
    ),
    "G": (by_letter("ყ", "ქ"), by_letter("ფ", "f")),
}

# Uzbek o is Russian and English a: Toshkent = Ташкент.
UZBEK_O = by_letter("oʻ ŭ ў o о", "u u у a а")

# A surname made the Russian way and the Kazakh, Uzbek or Azerbaijani way, in sounds.
SURNAMES = respelling(("(?<=[^i]ba)ev(?:a|)$", "iuli"), ("(?<=..)(?:ov|ev)a?$", "uli"))
PATRONYMICS = (
    respelling(("(?<=a)i(?:uli|kizi)$", "ev"), ("(?<=..)(?:uli|oglu|ogli|kizi)$", "ov")),
    respelling(("(?<=a)i(?:uli|kizi)$", "eva"), ("(?<=..)(?:uli|oglu|ogli|kizi)$", "ev")),
)

# --- Spellings that the north gave to names of the south ------------------------------------------------------

# What those spellings confuse, by the sign that such a key begins with.
NORTHERN = {
    "A": pairs("kghe", "kkka"),  # Azerbaijani, vowels and consonants
    "E": pairs("e", "a"),  # Azerbaijani ə: a (Алиев), e (Мамед) or я (Гянджа)
    "Q": pairs("kgh", "kkk"),  # Azerbaijani q ğ h: к or г, г or х, г or х (Карабах, Гейдар)
    "U": pairs("o", "a"),  # Uzbek o: а (Ташкент)
    "K": pairs("h", "k"),  # Kazakh қ: к or х (Казахстан)
}
# The letters by which a word shows that it has such spellings.
AZERBAIJANI_VOWELS, AZERBAIJANI_CONSONANTS = frozenset("əә"), frozenset("qğhгғһ")
UZBEK_LETTERS = frozenset("oоʻŭўқғҳq")
KAZAKH_LETTERS = frozenset("qğқғһәä")

# A title that is found already is the same title when it sounds about the same.
SOUNDS_OF_TITLES = pairs("ščžqgkhfeo", "scckkkkpaa")
