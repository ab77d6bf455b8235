"""A text typed with the wrong keyboard layout on, as it would read with the right one.

Layouts are drawn as they lie before a typist: four rows without and with Shift, a space between two keys. They are
the standard ones of the countries (Azerbaijan, Kazakhstan, Georgia, Uzbekistan in Cyrillic, Turkey, Russia, the
United States); Uzbek Latin is typed on the American one.
"""

import re
from collections.abc import Mapping

from search.bridges import CYRILLIC, GEORGIAN, LATIN, script_of

MOST_RESULTS = 4
LONGEST_TEXT = 200

LAYOUTS: Mapping[str, tuple[str, str]] = {
    "us": (
        r"""` 1 2 3 4 5 6 7 8 9 0 - =
            q w e r t y u i o p [ ] \
            a s d f g h j k l ; '
            z x c v b n m , . /""",
        r"""~ ! @ # $ % ^ & * ( ) _ +
            Q W E R T Y U I O P { } |
            A S D F G H J K L : "
            Z X C V B N M < > ?""",
    ),
    "ru": (
        r"""ё 1 2 3 4 5 6 7 8 9 0 - =
            й ц у к е н г ш щ з х ъ \
            ф ы в а п р о л д ж э
            я ч с м и т ь б ю .""",
        r"""Ё ! " № ; % : ? * ( ) _ +
            Й Ц У К Е Н Г Ш Щ З Х Ъ /
            Ф Ы В А П Р О Л Д Ж Э
            Я Ч С М И Т Ь Б Ю ,""",
    ),
    "kk": (
        r"""( " ә і ң ғ , . ү ұ қ ө һ
            й ц у к е н г ш щ з х ъ \
            ф ы в а п р о л д ж э
            я ч с м и т ь б ю №""",
        r""") ! Ә І Ң Ғ ; : Ү Ұ Қ Ө Һ
            Й Ц У К Е Н Г Ш Щ З Х Ъ /
            Ф Ы В А П Р О Л Д Ж Э
            Я Ч С М И Т Ь Б Ю ?""",
    ),
    "uz": (
        r"""ё 1 2 3 4 5 6 7 8 9 0 ғ ҳ
            й ц у к е н г ш ў з х ъ \
            ф қ в а п р о л д ж э
            я ч с м и т ь б ю .""",
        r"""Ё ! " № ; % : ? * ( ) Ғ Ҳ
            Й Ц У К Е Н Г Ш Ў З Х Ъ /
            Ф Қ В А П Р О Л Д Ж Э
            Я Ч С М И Т Ь Б Ю ,""",
    ),
    "az": (
        r"""` 1 2 3 4 5 6 7 8 9 0 - =
            q ü e r t y u i o p ö ğ \
            a s d f g h j k l ı ə
            z x c v b n m ç ş .""",
        r"""~ ! " № ; % : ? * ( ) _ +
            Q Ü E R T Y U İ O P Ö Ğ |
            A S D F G H J K L I Ə
            Z X C V B N M Ç Ş ,""",
    ),
    "tr": (
        r"""" 1 2 3 4 5 6 7 8 9 0 * -
            q w e r t y u ı o p ğ ü ,
            a s d f g h j k l ş i
            z x c v b n m ö ç .""",
        r"""é ! ' ^ + % & / ( ) = ? _
            Q W E R T Y U I O P Ğ Ü ;
            A S D F G H J K L Ş İ
            Z X C V B N M Ö Ç :""",
    ),
    "ka": (
        r"""„ 1 2 3 4 5 6 7 8 9 0 - =
            ქ წ ე რ ტ ყ უ ი ო პ [ ] \
            ა ს დ ფ გ ჰ ჯ კ ლ ; '
            ზ ხ ც ვ ბ ნ მ , . /""",
        r"""“ ! @ # $ % ^ & * ( ) _ +
            ქ ჭ ე ღ თ ყ უ ი ო პ { } |
            ა შ დ ფ გ ჰ ჟ კ ლ : "
            ძ ხ ჩ ვ ბ ნ მ < > ?""",
    ),
}  # fmt: skip

# Which layout may have been on, and which ones were meant then, the likeliest first.
MEANT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    CYRILLIC: {"ru": ("az", "us", "tr", "ka"), "kk": ("us", "az", "tr"), "uz": ("us",)},
    LATIN: {"us": ("ru", "ka", "kk", "uz"), "az": ("ru", "kk"), "tr": ("ru", "kk")},
    GEORGIAN: {"ka": ("us", "ru", "az")},
}

# The letters of what is typed on each layout, the commonest first; "us" serves several languages.
BY_FREQUENCY: Mapping[str, str] = {
    "us": "aeinrotlsdmuhbkgycpvzfwqxj",
    "az": "aəinrldmıeystubkoqşzxgçhvcüöpfğj",
    "tr": "aeinrlıdkmyutsboüşzgçhğvcöpfj",
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "kk": "аеынтрлідқсмоғужкбгшпйұиөңзүәхвяюфцэчһьщъ",
    "uz": "аиолнрдтбшуқгмсйкёҳўғзэвхпчжцфяюъь",
    "ka": "აიესრნმდლობთუვგკტშხპქზცჩფღჯჭყწძჰჟ",
}

_VOWEL = re.compile("[aeiouyəıöüаеёиоуыэюяәөүұіўაეიოუ]")
_WORD = re.compile(r"[^\W\d_]+")
_HEAP = re.compile("[^aeiouyəıöüаеёиоуыэюяәөүұіўა-ჰ\\W\\d_]{4,}")
_ODD = re.compile(
    "[aeouəıöüаеёоуыэәөүұ]{4,}"  # too many vowels
    "|(?<!\\w)[ьъığ]|[аеёиоуыэюяәөүұіў][ьъ]|[ьъ]{2}"  # letters that do not stand there
    "|(?<=\\w)[^\\w\\s'’ʻ-]+(?=\\w)"  # signs inside a word
)
ODD, HEAP = 0.15, 0.1  # how strange an odd place or a heap of consonants makes a text


def _keys(name: str) -> list[str]:
    return [key for row in LAYOUTS[name] for key in row.split()]


def _tables() -> dict[tuple[str, str], dict[int, str]]:
    tables = {}
    for on in LAYOUTS:
        for meant in LAYOUTS:
            pairs = list(zip(_keys(on), _keys(meant), strict=True))
            tables[on, meant] = {ord(typed): right for typed, right in reversed(pairs)}
    return tables


_TABLES = _tables()


def other_layouts(text: str) -> list[str]:
    """What a typed text may have been meant to read, had the right keyboard layout been on; best first, few.

    Empty where the text looks no stranger as it stands than with any other layout.
    """
    text = text.strip()[:LONGEST_TEXT]
    found: dict[str, float] = {}
    for on, meant in MEANT.get(script_of(text.casefold()), {}).items():
        if any(not character.isspace() and ord(character) not in _TABLES[on, on] for character in text):
            continue
        as_it_stands = _strangeness(text, on)
        for layout in meant:
            reading = text.translate(_TABLES[on, layout])
            strangeness = _strangeness(reading, layout)
            if (
                reading != text
                and _is_words(reading)
                and strangeness < min(as_it_stands, found.get(reading, 1))
            ):
                found[reading] = strangeness
    return sorted(found, key=lambda reading: found[reading])[:MOST_RESULTS]


def _is_words(text: str) -> bool:
    """Whether it is letters mostly, with a vowel in every longer word."""
    found = _WORD.findall(text.casefold())
    letters = sum(map(len, found))
    enough = letters >= 3 and letters * 10 >= 8 * len("".join(text.split()))
    return enough and all(_VOWEL.search(word) for word in found if len(word) > 2)


def _strangeness(text: str, layout: str) -> float:
    """How unlike the layout's languages a text is: 0 with their commonest letters only, 0.5 with any letters."""
    folded = text.replace("İ", "i").casefold()
    places = _PLACES[layout]
    marks = [places.get(character, 1.0) for character in folded if not character.isspace()]
    capitals = sum(word[1:] != word[1:].lower() and not word.isupper() for word in _WORD.findall(text))
    return (
        sum(marks) / max(len(marks), 1)
        + ODD * (len(_ODD.findall(folded)) + capitals)
        + HEAP * len(_HEAP.findall(folded))
    )


_PLACES = {
    layout: {letter: place / len(letters) for place, letter in enumerate(letters)}
    | dict.fromkeys("'’ʻ-0123456789", 0.5)
    for layout, letters in BY_FREQUENCY.items()
}
