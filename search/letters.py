"""Letters of the seven languages and what readers type for them: the tables behind `search.folding`.

Written so that a linguist can check them line by line. Upper case is dealt with before a table is asked.
`pairs("абв", "abv")` reads column by column: each letter above becomes the letter below it.
"""


def pairs(letters: str, replacements: str) -> dict[str, str]:
    """A table in which each letter becomes the one at the same place of `replacements`."""
    return dict(zip(letters, replacements, strict=True))


# --- Marks inside words -------------------------------------------------------------------------------

# What people type for the apostrophe of Uzbek oʻ gʻ, for hamza, ayn and soft sign, in "don't" or "Türkiye'de".
APOSTROPHES = "'`´ʹʺʻʼʽʾʿˈˊˋ‘’‛′″‵＇"
# Those that never close a quotation and so may end a word: bogʻ.
WORD_ENDING_APOSTROPHES = "ʹʺʻʼʽʾʿ"
# Quotation marks that stand for the hard sign between these letters: pod"ezd, Pod”jačevo.
HARD_SIGN_QUOTES = '"”'
BEFORE_HARD_SIGN, AFTER_HARD_SIGN = "bdfklmnprstvzBDFKLMNPRSTVZ", "eëyjâû"
# Dots that part two letters of one word: BGN vy·uditʹ, Catalan col·lecció.
INNER_DOTS = "·‧"
# Invisible: soft hyphen, joiners, direction marks, byte order mark.
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)

# Languages (ISO 639-1 and 639-2) in which capital I belongs to ı and İ to i.
DOTLESS_I_LANGUAGES = frozenset({"az", "aze", "tr", "tur", "tt", "tat", "crh", "kaa", "gag", "ota"})

# --- Folding: the letter that is typed by a reader who lacks the right one -------------------------------

# ğ ş ç ö ü ñ ū and the like lose their mark by Unicode decomposition; here stand those that do not decompose.
LATIN_FOLDING = (
    pairs("əǝᴇıøɵƣǥƶħꜧđðłŋꞑɣ", "eeeioogg" + "zhhddlnng")
    | pairs("ƙƥɓɗɛɔʒʙꝗⱪⱨȥ", "kpbdeozb" + "qkhz")
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)

CYRILLIC_FOLDING = (
    pairs("ёйъ", "еиь")  # Russian
    | pairs("әғқңөұүһі", "агкноуухи")  # Kazakh, on a Russian keyboard
    | pairs("ҹҝј", "чги")  # Azerbaijani
    | pairs("ўҳҷӯӣ", "ухчуи")  # Uzbek, Tajik
    | pairs("җҥҙҫҡӊӄӷҕҗҽҭҵ", "жнзскнкггжчтц")  # Tatar, Kyrgyz, Bashkir, Caucasian
    | pairs("їєґ", "иег")  # Ukrainian
    | pairs("ѣѳѵѕӏѡѧѫѩѭ", "ефизи" + "ояуяю")  # older Russian and Church Slavonic, Caucasian palochka
    | {"ђ": "дж", "љ": "ль", "њ": "нь", "ћ": "ч", "џ": "дж", "ѥ": "е", "ꙗ": "я", "ѯ": "кс", "ѱ": "пс"}
)

# Church scripts of Georgian (Nuskhuri; Asomtavruli and Mtavruli are its and Mkhedruli's capitals to Unicode).
GEORGIAN_FOLDING = pairs(
    "ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠ",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
)
# Letters that the alphabet dropped in 1879.
OLD_GEORGIAN_FOLDING = pairs("ჱჲჳჴჵⴡⴢⴣⴤⴥ", "ეივხოეივხო")

FOLDING = LATIN_FOLDING | CYRILLIC_FOLDING | GEORGIAN_FOLDING | OLD_GEORGIAN_FOLDING

# --- Letters of two scripts that look alike ----------------------------------------------------------------

# Latin above, Cyrillic below. In a word of one script a letter of the other is a slip of the keyboard or of OCR.
LOOKALIKES = pairs(
    "AƏBEHOÖPCXYKMTISJËÏaəeoöpcxykmtishjëï",
    "АӘВЕНОӨРСХУКМТІЅЈЁЇаәеоөрсхукмтіѕһјёї",
)
LATIN_TO_CYRILLIC = LOOKALIKES
# In the Latin alphabets of the 1930s ь stood for ı.
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LOOKALIKES.items()} | pairs("вҮүьЬ", "bYyıı")

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
