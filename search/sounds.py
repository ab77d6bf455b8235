"""What the letters of each script sound like, and how else a word is spelled: the tables behind `search.bridges`.

Sounds are written as Latin letters with š (sh), č (ch), ž (zh, j, dzh) and c (ts, and a bare Latin c, which may be
any of them). What romanisations confuse is one sound here: ы й і и are all i, х һ kh x are all h.

A respelling is a list of (pattern, replacement), applied one after the other to a word in its exact form: what the
word would look like in another system. `by_letter("г ғ", "q г")` is the list that replaces letter by letter.
"""

import re

from search.letters import pairs

LATIN_SOUNDS = (
    dict.fromkeys(("shch", "šč", "sč", "sch", "sh", "ş", "š", "ș", "ŝ"), "š")
    | dict.fromkeys(("tsch", "tch", "ch", "ç", "č", "ĉ", "ć"), "č")
    | dict.fromkeys(("dzh", "dsch", "dj", "dž", "zh", "ž", "j", "ǰ", "ĵ"), "ž")
    | dict.fromkeys(("ts", "tz", "cz", "ț"), "c")
    | {"kh": "h", "x": "h", "gh": "g", "ph": "f", "dz": "z", "w": "v", "y": "i", "tsh": "tš", "ý": "u"}
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
    by_letter("w", "u"),  # Kazakh of 2017: waqyt = уақыт
    by_letter("ng", "n"),  # Kazakh BGN, ALA-LC: teng = тең
    by_letter("x", "ks"),  # Alexander = Александр
    by_letter("ae oe ue", "a o u"),  # Kazakh of 2017: oelen = өлең
    by_letter("yo jo", "e e"),  # Solyonoye = Солёное
    by_letter("ŭ ū", "o o"),  # Uzbek ALA-LC, BGN: Ŭzbekiston = Ўзбекистон
    by_letter("oʻ", "u"),  # Oʻzbek = узбек
    by_letter("4 6", "ch sh"),  # chat: 4ehov, 6kola
    respelling(("(?<=[^aeiouy])i(?=[aou])", "iy")),  # Maria = Мария
    respelling(("^h", "g")),  # Hasan = Гасан
    respelling(("^q", "k"), ("q", "h")),  # Qazaqstan = Казахстан
    respelling(("q", "k"), ("^g", "k"), ("(?<=...)(?:gh|ğ|g)$", "h")),  # Qarabağ = Карабах
)
# A Latin word, sought among Georgian ones.
LATIN_FOR_GEORGIAN = (
    by_letter("w y", "ts k"),  # the Georgian keyboard: wyali = წყალი
    by_letter("x", "ks"),  # Alexandre = ალექსანდრე
    by_letter("j", "dz"),  # ISO 9984: ja = ძა
    by_letter("y", "i"),
)
# A Latin word, sought among Latin ones.
LATIN_FOR_LATIN = (
    by_letter("c", "j"),  # Cavid = Javid
    by_letter("j", "c"),
    respelling(("(?<![sckzdg])h", "x"), ("y", "j")),  # Yuriy = Jurij
    by_letter("x", "ks"),
    by_letter("ŭ", "oʻ"),
    by_letter("oʻ", "u"),
    respelling(("^q", "k"), ("q", "h")),
    respelling(("q", "k"), ("^g", "k"), ("(?<=...)(?:gh|ğ|g)$", "h")),
    by_letter("q", "k"),
    by_letter("q", "g"),
)
# A Cyrillic word, sought among Latin ones.
CYRILLIC_FOR_LATIN = (
    by_letter("й я ю ё", "ж жа жу жо"),  # ISO 9, GOST: Jurij
    by_letter("й я ю", "ж а у"),  # ISO 9: Ûrij, without its marks
    by_letter("щ ш ч ж й я ю", "сц с ц з ж жа жу"),  # the same without its háčky: Cajkovskij
    by_letter("г дж ҹ", "q ц ц"),  # Azerbaijani: гараҹа = qaraca
    by_letter("г дж ҹ ч ш", "q ц ц ц с"),  # the same without its marks: ҝүмүш = gumus
    by_letter("дж ҹ ч ш", "ц ц ц с"),
    by_letter("қ", "q"),  # Kazakh, Uzbek
    by_letter("қ ч ш щ", "q ц с с"),
    by_letter("ң", "нг"),
    by_letter("ё", "ио"),
    by_letter("кс", "х"),
    by_letter("ў", "у"),
    respelling(("(?<=[бвгджзклмнпрстфхҝ])я", "э"), ("дж", "ц")),  # Гянджа = Gence
    respelling(("^қ", "к"), ("қ", "х"), ("ғ$", "х")),  # Қазақстан = Kazakhstan
    respelling(("^г", "к"), ("(?<=...)[гғ]$", "х")),  # Гарабағ = Karabakh
)
# A Cyrillic word with letters of its own, sought among the Russian spellings of the same.
CYRILLIC_FOR_CYRILLIC = (
    by_letter("ә", "а"),
    by_letter("ә", "э"),
    respelling(("^қ", "к"), ("қ", "х")),  # Қазақстан = Казахстан
    respelling(("^г", "к"), ("(?<=...)ғ$", "х")),  # Гарабағ = Карабах
    respelling(("^һ", "г"), ("ә", "а")),  # Һәсән = Гасан
    respelling(("ў", "у"), ("о", "а")),  # Ўзбекистон = Узбекистан
    by_letter("ў", "у"),
)
# Georgian words, sought among Latin and Cyrillic ones.
GEORGIAN_FOR_LATIN = (
    by_letter("ყ", "ქ"),
    by_letter("ძ", "ჟ"),  # ISO 9984: ja
    by_letter("ფ", "f"),
    by_letter("შ ჩ ჭ ჟ", "ს ც ც ზ"),  # ALA-LC without its marks
    by_letter("ქს", "ხ"),
    by_letter("წ ყ", "ვ ი"),  # the Georgian keyboard: wyali
)
GEORGIAN_FOR_CYRILLIC = (by_letter("ფ", "f"), by_letter("ჰ", "გ"))

# Uzbek o is Russian and English a: Toshkent = Ташкент.
UZBEK_O = {"latin": by_letter("oʻ o", "u a"), "cyrillic": by_letter("ў о", "у а")}

# A surname made the Russian way and the Kazakh, Uzbek or Azerbaijani way, in sounds.
SURNAMES = respelling(("(?<=[^i]ba)ev(?:a|)$", "iuli"), ("(?<=..)(?:ov|ev)a?$", "uli"))
PATRONYMICS = (
    respelling(("(?<=a)i(?:uli|kizi)$", "ev"), ("(?<=..)(?:uli|oglu|ogli|kizi)$", "ov")),
    respelling(("(?<=a)i(?:uli|kizi)$", "eva"), ("(?<=..)(?:uli|oglu|ogli|kizi)$", "ev")),
)

# --- Spellings that the north gave to names of the south ------------------------------------------------------

# Letters by which a word shows that it has such spellings, and what those spellings confuse.
# Azerbaijani: ə is a, e, я (Гянджа) or final e; q ğ x h are к г х, and ö is ё.
AZERBAIJANI_SIGNS, AZERBAIJANI_NAMES = frozenset("əәqğғгһҝhxхöө"), pairs("gkqhe", "kkkka")
# Uzbek: o is а, oʻ is у.
UZBEK_SIGNS, UZBEK_NAMES = frozenset("oоʻўқғҳqŏ"), pairs("gkqho", "kkkka")
# Kazakh and others: қ ғ һ are к г х.
KAZAKH_SIGNS, KAZAKH_NAMES = frozenset("qğқғһіәңұүөäŋ"), pairs("gkqh", "kkkk")
