"""Orders of letters, after the tables of Unicode's CLDR: what `search.sorting` builds its keys from.

Written so that a linguist can check them line by line. Letters stand in order, parted by spaces, as small letters;
capitals and accents make no difference here. The common order of a script is that of CLDR's root, and a language says
only in what it differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Sorted before all letters, in this order (in lists of names; catalogues file without them).
MARKS = "_-–—―,;:!¡?¿.…·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%‰†‡•′″`´^¯¨¸ʹʺˈ°©®→+±÷×<=>¬|¦~−¤¢$£¥€₸₼₽₾"
DIGITS = "0123456789"

# Scripts in the order in which they follow one another.
SCRIPTS = {
    "Latn": "a b c d e ǝ ə f g ɣ h ʻ i ı j k ƙ l m n ŋ o ɵ p q ĸ r s t u v w x y z ƶ ʒ þ ʼ ʾ ʿ",
    "Grek": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω",
    "Cyrl": "а ә ӕ б в г ғ ҕ д ђ ҙ е є ж җ з ѕ ӡ и і й ј к қ ҡ ҟ ҝ л љ м н ң ҥ њ о ө п ԥ р с ҫ т ҭ ћ у ү ұ ф х ҳ һ "
    "ц ҵ ч ҷ ҹ ҽ џ ш щ ъ ы ь ѣ э ю я ѳ ѵ ҩ ӏ",
    "Geor": "ა ბ გ დ ე ვ ზ ჱ თ ი კ ლ მ ნ ჲ ო პ ჟ რ ს ტ ჳ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჴ ჯ ჰ ჵ ჶ ჷ ჸ",
    "Armn": "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ",
    "Hebr": "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת",
    "Arab": "ء آ أ ؤ إ ئ ا ب پ ة ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ك ک گ ل م ن ه و ى ي ی",
}

# Letters that count as others with an accent, or as several.
ACCENTED = {
    "đ": "d̵",
    "ð": "d̵",
    "ħ": "h̵",
    "ł": "l̵",
    "ø": "o̸",
    "ґ": "г̵",
    "ς": "σ",
    "ך": "כ",
    "ם": "מ",
    "ן": "נ",
}
ACCENTED |= {"ף": "פ", "ץ": "צ"}
SEVERAL = {"ß": "ss", "æ": "ae", "œ": "oe", "և": "եւ", "№": "no"}

# What stands on or under a letter, the least difference first; all others follow.
ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0335\u0327\u0328\u0304"


@dataclass(frozen=True, slots=True)
class Tailoring:
    """In what a language differs from the common order: its scripts come first, then the others.

    `after` {"c": "ç"} puts ç right behind c, `before` {"i": "ı"} puts ı right before i. Letters of two signs stand in
    `spellings` in every way of writing them that counts as one: sh Sh SH, but not sH.
    """

    scripts: tuple[str, ...]
    after: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[tuple[str, ...], ...] = ()
    dotless_i: bool = False


_TURKIC = {"c": "ç", "g": "ğ", "o": "ö", "s": "ş", "u": "ü"}

TAILORINGS = {
    "az": Tailoring(
        ("Latn", "Cyrl"), _TURKIC | {"k": "q", "e": "ə", "h": "x", "z": "w"}, {"i": "ı"}, dotless_i=True
    ),
    "tr": Tailoring(("Latn",), _TURKIC, {"i": "ı"}, dotless_i=True),
    "uz": Tailoring(
        ("Latn",),
        before={"ʒ": "oʻ gʻ sh ch"},
        spellings=(("oʻ", "Oʻ"), ("gʻ", "Gʻ"), ("sh", "Sh", "SH"), ("ch", "Ch", "CH")),
    ),
    "kk": Tailoring(("Cyrl",), {"е": "ё", "ұ": "ү"}, {"ь": "і"}),
    "ru": Tailoring(("Cyrl",)),
    "ka": Tailoring(("Geor",)),
    "en": Tailoring(("Latn",)),
}


def tailoring(language: str) -> Tailoring:
    """How a list in this language differs; as English for a language without a table here."""
    return TAILORINGS.get(language, TAILORINGS["en"])


def alphabet(language: str) -> list[str]:
    """All letters in the order of a list in this language."""
    rules = tailoring(language)
    scripts = dict.fromkeys([*rules.scripts, *SCRIPTS])
    order = [letter for script in scripts for letter in SCRIPTS[script].split()]
    for step, moves in ((1, rules.after), (0, rules.before)):
        for anchor, moved in moves.items():
            order = [letter for letter in order if letter not in moved.split()]
            place = order.index(anchor) + step
            order[place:place] = moved.split()
    return order
