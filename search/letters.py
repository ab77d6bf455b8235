"""Letters of the seven languages and what stands for them: the tables behind `search.analysis`.

Written so that a linguist can check them line by line. Upper case is dealt with before a table is asked.
`pairs("абв", "abv")` reads column by column: each letter above becomes the letter below it.
"""


def pairs(letters: str, replacements: str) -> dict[str, str]:
    """A table in which each letter becomes the one at the same place of `replacements`."""
    return dict(zip(letters, replacements, strict=True))


# --- Marks inside words -------------------------------------------------------------------------------

# What people type for the apostrophe of Uzbek oʻ gʻ, for hamza and ayn, and in "don't" or "Türkiye'de".
APOSTROPHES = "'`´ʹʺʻʼʽʾʿˈˊˋ‘’‛′‵＇"
# Those that never close a quotation and so may end a word: bogʻ.
WORD_ENDING_APOSTROPHES = "ʹʺʻʼʽʾʿ"
# Invisible: soft hyphen, joiners, direction marks, byte order mark.
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)

# Languages (ISO 639-1 and 639-2) in which capital I belongs to ı and İ to i.
DOTLESS_I_LANGUAGES = frozenset({"az", "aze", "tr", "tur", "tt", "tat", "crh", "kaa", "gag", "ota"})

# --- Folding: the letter that is typed by a reader who lacks the right one -------------------------------

# ğ ş ç ö ü ñ ū and the like lose their mark by Unicode decomposition; here stand those that do not decompose.
LATIN_FOLDING = pairs("əǝıøɵƣƶħđðłŋɣ", "eeioogzhddlng") | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}

CYRILLIC_FOLDING = (
    pairs("ёйъ", "еиь")  # Russian
    | pairs("әғқңөұүһі", "агкноууxи".replace("x", "х"))  # Kazakh, on a Russian keyboard
    | pairs("ҹҝј", "чги")  # Azerbaijani
    | pairs("ўҳҷ", "ухч")  # Uzbek, Tajik
    | pairs("җҥҙҫҡ", "жнзск")  # Tatar, Kyrgyz, Bashkir
    | pairs("їєґ", "иег")  # Ukrainian
    | pairs("ѣѳѵѕӏ", "ефизи")  # older Russian, Caucasian palochka
)

# Church scripts of Georgian; Mtavruli capitals are handled by Unicode case folding.
GEORGIAN_FOLDING = pairs(
    "ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠ",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
)

FOLDING = LATIN_FOLDING | CYRILLIC_FOLDING | GEORGIAN_FOLDING

# --- Script bridges: every script into plain Latin ------------------------------------------------------

CYRILLIC_TO_LATIN = (
    pairs("абвгдезиклмнопрстуфхыэ", "abvgdeziklmnoprstufhie")
    | {"ж": "j", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ь": "", "ю": "iu", "я": "ia"}
    | {"й": "i", "ё": "e", "ъ": ""}
)

GEORGIAN_TO_LATIN = pairs("აბგდევზთიკლმნოპრსტუფქყჰ", "abgdevztiklmnoprstupkqh") | {
    "ჟ": "j", "ღ": "g", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "h", "ჯ": "j",
}  # fmt: skip

# Some letters are heard in two ways. The eastern reading keeps Turkic spelling (Qarabağ = Гарабағ, oʻzbek = ўзбек),
# the northern one follows what Russian made of it (Qarabağ = Карабах, Əliyev = Алиев, oʻzbek = узбек).
EASTERN_READING = {"ə": "e", "ә": "e", "q": "g", "қ": "k", "ў": "o", "oʻ": "o"}
NORTHERN_READING = {"ə": "a", "ә": "a", "q": "k", "қ": "k", "ў": "u", "oʻ": "u"}

# Sounds that romanisations spell in many ways, brought to one letter each. Applied in this order.
ROMANISATION_VARIANTS = (
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("dzh", "c"), ("sh", "s"), ("ch", "c"), ("zh", "c"), ("dj", "c"),
    ("kh", "h"), ("gh", "g"), ("ts", "c"), ("tz", "c"), ("j", "c"), ("x", "h"), ("w", "v"), ("y", "i"),
)  # fmt: skip

# ISO 639-2 codes of records to those of the interface's languages.
LANGUAGES = {
    "aze": "az",
    "tur": "tr",
    "uzb": "uz",
    "eng": "en",
    "rus": "ru",
    "kaz": "kk",
    "geo": "ka",
    "kat": "ka",
}
