"""Bridges between scripts: skeletons under which a word meets its spellings in other scripts and systems.

A document's word has one skeleton for itself and one for its stem, marked with the script it stands in ("L" Latin,
"C" Cyrillic, "G" Georgian), and another where the north spells it in a way of its own ("A", "O", "K"). A typed word
asks, script by script, for the skeletons of the spellings that it may have there: wide where another script has to be
guessed, narrow in its own, so that наш does not find нас while "nas" finds both.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import product

from search import sounds
from search.folding import FOLDED, fold
from search.sounds import Respelling

LATIN, CYRILLIC, GEORGIAN = "L", "C", "G"  # capitals, so that no key is ever the same as a stem
MOST_STEMS, MOST_NAMES, SHORTEST_STEM = 6, 3, 4
CACHED_STEMS = 20_000
SHORTEST_NAME = 5  # letters of a Latin word that may be a name of the south

_FIRST_LETTER = re.compile(
    "([a-z\u00df-\u024f\u0250-\u02af\u1e00-\u1eff])|([\u0400-\u052f])|([\u10a0-\u10ff\u2d00-\u2d2f])"
)
_MARKS = re.compile("[ʻ\u0300-\u036f\ufe20-\ufe2f]+")
_ENG = re.compile("n[\u0361\ufe20]g")  # ALA-LC writes ң as n and g under one arc
_KAZAKH_W = re.compile("yʻ(?!e)")  # in the alphabet of 2017
_HACEK = re.compile("[čšžěĉŝ]|(?<=[iy])j$")  # signs of a system in which j is й
_LOST_GLIDE = re.compile("(?<=[^aeiou0-9])i(?=[aou])")
_E_AFTER_I = re.compile("i+e")
_REPEATED = re.compile(r"([^0-9])(?=\1)")
_DIGRAPH = re.compile("sh|ch|zh|kh|gh|ts|w|[yj][aou]")
_ROMAN_NUMBER = re.compile("(?=..)x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = str.maketrans("хі", "xi")  # Cyrillic look-alikes, as they are typed
_EASTERN = re.compile("[әғқңөұүһіҹҝјўҳҷ]")
_OF_THE_SOUTH = re.compile("[әғқңөұүһіҹҝјўҳҷəığşçöüñ]|[og]ʻ")
_SCHWA = re.compile("[əăä]")  # of today, in ALA-LC, and of 1991
_UZBEK_U = re.compile("oʻ|ŭ|ў")
_AZERBAIJANI = re.compile("[ҹҝј]")
_OF_UZBEK = re.compile("[og]ʻ|[ўҳŭ]")
_UZBEK = re.compile("[qxj]|sh|ch|[og]ʻ|iy$")
_NOT_UZBEK = re.compile("[ыщьюяэёәіңұүөwıəöüñğşç]")


class _Sounds(dict[int, str]):
    """Letters that stand for themselves, without their marks (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = character if character in "šžč" else fold(character)
        if found in sounds.CYRILLIC_SOUNDS:  # left in a Latin word
            found = sounds.CYRILLIC_SOUNDS[found]
        self[code] = found
        return found


_LEFT_OVER = _Sounds()


def _speller(table: dict[str, str]) -> Callable[[str], str]:
    """A function that puts sounds for letters, groups of letters first."""
    pattern = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    return partial(pattern.sub, lambda match: table[match[0]])


_latin = _speller(sounds.LATIN_SOUNDS)
_cyrillic = _speller(sounds.CYRILLIC_SOUNDS)
_georgian = _speller(sounds.GEORGIAN_SOUNDS)
_PLAIN: Mapping[int, str] = str.maketrans(sounds.PLAIN_SOUNDS)
_PLAIN_GEORGIAN: Mapping[int, str] = str.maketrans(sounds.PLAIN_GEORGIAN_SOUNDS)
_IN_TITLES = str.maketrans(sounds.SOUNDS_OF_TITLES)
_FROM_1929 = str.maketrans(sounds.ALPHABET_OF_1929)
_OF_1929 = re.compile(f"[{sounds.LETTERS_OF_1929}]")
_NORTHERN = {sign: str.maketrans(merged) for sign, merged in sounds.NORTHERN.items()}
_WITHOUT_NORTHERN_NAMES = ("eng", "rus", "tur")


def script_of(word: str) -> str:
    """The script of the first letter of a word in its exact form; "" for digits and other scripts."""
    match = _FIRST_LETTER.search(word)
    return (LATIN, CYRILLIC, GEORGIAN)[(match.lastindex or 1) - 1] if match else ""


# --- Skeletons ------------------------------------------------------------------------------------------------


def skeleton(word: str, script: str) -> str:
    """The sounds of a word in its exact form, evened out."""
    if script == CYRILLIC:
        found = _cyrillic(word.replace("ь", "").replace("ъ", "").replace("ʻ", ""))
    elif script == GEORGIAN:
        found = _georgian(fold(word))
    else:
        found = _latin(word if word.isascii() and not word.endswith(("ij", "yj")) else _prepared(word))
    if not found.isascii():
        found = found.translate(_LEFT_OVER)
    return _evened(found)


def _prepared(word: str) -> str:
    """A Latin word with the marks of its system understood."""
    word = _KAZAKH_W.sub("w", word)
    word = _MARKS.sub("", _ENG.sub("ñ", word.replace("ū\u0306", "ŭ")))
    if _OF_1929.search(word):
        word = word.translate(_FROM_1929)
    return word.replace("j", "y") if _HACEK.search(word) else word


def _evened(found: str) -> str:
    if "i" in found:
        found = _E_AFTER_I.sub("e", _LOST_GLIDE.sub("", found))
    return _REPEATED.sub("", found)


def _plain(found: str, table: Mapping[int, str] = _PLAIN) -> str:
    plain = found.translate(table)
    return _REPEATED.sub("", plain) if plain != found else found


# --- Keys of a document's word ----------------------------------------------------------------------------------


def document_keys(exact_form: str, stem: str, language: str = "") -> tuple[str, ...]:
    """The keys under which a word of a document is indexed: one to four, the word's own first.

    `stem` is its folded stem, `language` the ISO 639-2 code of the record, or empty.
    """
    script = script_of(exact_form)
    if not script or _is_roman_number(exact_form):
        return (_as_it_is(exact_form),)
    own, northern = _keys_of(exact_form, script, language)
    stem = lettered(exact_form, stem)
    if stem != exact_form:
        more_own, more_northern = _keys_of(stem, script, language)
        own, northern = own + more_own, northern + more_northern
    return tuple(dict.fromkeys(own + northern)) or (_as_it_is(exact_form),)


def title_skeleton(keys: tuple[str, ...]) -> str:
    """The skeleton that a document's word shares with its spellings in other scripts, for comparing whole titles."""
    return _plain(keys[0][1:], _IN_TITLES)


def _as_it_is(word: str) -> str:
    """The key of what is the same in all scripts: numbers, Roman ones too, and other scripts than ours."""
    return f"={fold(word.translate(_ROMAN_DIGITS))}"


def _is_roman_number(word: str) -> bool:
    return _ROMAN_NUMBER.fullmatch(word.translate(_ROMAN_DIGITS)) is not None


def lettered(exact_form: str, stem: str) -> str:
    """The stem with the letters that folding took from it, as far as the word begins with it."""
    folded = exact_form.translate(FOLDED)
    if len(folded) == len(exact_form) and folded.startswith(stem):
        return exact_form[: len(stem)]
    place, found = 0, ""
    for letter in exact_form:
        folded = letter.translate(FOLDED)
        if not stem.startswith(folded, place) or place == len(stem):
            break
        found, place = found + letter, place + len(folded)
    return found + stem[place:]


@lru_cache(CACHED_STEMS)
def _keys_of(form: str, script: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of a word, or of the stem of one, in a document; and those for northern spellings."""
    written = script_of(form)  # the stem of a Cyrillic word may be in Latin letters
    found = [skeleton(spelling, written) for spelling in _of_schwa(form, language)]
    northern = _northern_key(form, found, language) if script != GEORGIAN else ""
    if script == CYRILLIC:
        found = list(map(_plain, found))
    elif script == GEORGIAN:
        found = [_plain(found[0], _PLAIN_GEORGIAN)]
    return tuple(script + key for key in found if key), (northern,) if northern else ()


def _of_schwa(form: str, language: str) -> tuple[str, ...]:
    """A Cyrillic word with its ә as heard: e in Azerbaijani, a elsewhere, both where the language is not known."""
    if "ә" not in form:
        return (form,)
    if language == "aze" or _AZERBAIJANI.search(form):
        return (form.replace("ә", "э"),)
    return (form,) if language else (form, form.replace("ә", "э"))


def _northern_key(form: str, found: list[str], language: str) -> str:
    """The key by which spellings of the north find a name of the south, if this may be one."""
    if language in _WITHOUT_NORTHERN_NAMES:
        return ""
    letters = set(form)
    if language == "aze" or (language not in ("kaz", "uzb") and ("ə" in form or _AZERBAIJANI.search(form))):
        has_consonants = not letters.isdisjoint(sounds.AZERBAIJANI_CONSONANTS)
        if not letters.isdisjoint(sounds.AZERBAIJANI_VOWELS):
            return _northern("A" if has_consonants else "E", found[-1])
        return _northern("Q", found[-1]) if has_consonants else ""
    if language == "uzb" or (language != "kaz" and _may_be_uzbek(form)):
        if letters.isdisjoint(sounds.UZBEK_LETTERS):
            return ""
        return _northern("U", skeleton(_UZBEK_U.sub("u", form), script_of(form)))
    if letters.isdisjoint(sounds.KAZAKH_LETTERS):
        return ""
    return _northern("Q" if language != "kaz" and not letters.isdisjoint("qğғ") else "K", found[0])


def _northern(sign: str, found: str) -> str:
    return sign + _plain(_plain(found), _NORTHERN[sign])


def _may_be_uzbek(form: str) -> bool:
    if "o" in form:
        return bool(_UZBEK.search(form)) and not _NOT_UZBEK.search(form)
    return bool(_OF_UZBEK.search(form)) or (
        len(form) > SHORTEST_NAME and "о" in form and not _NOT_UZBEK.search(form)
    )


# --- Keys of a typed word ---------------------------------------------------------------------------------------


def query_keys(exact_form: str, stems: Iterable[str] = ()) -> frozenset[str]:
    """The keys of everything that a typed word may be spelled as; `stems` are its folded stems."""
    if not script_of(exact_form) or _is_roman_number(exact_form):
        return frozenset((_as_it_is(exact_form),))
    asked = {LATIN: _asked_by_latin, CYRILLIC: _asked_by_cyrillic, GEORGIAN: _asked_by_georgian}
    found = set(asked[script_of(exact_form)](exact_form))
    found.update(_of_uzbek_o(exact_form), _surnames(exact_form))
    is_of_the_south = _OF_THE_SOUTH.search(exact_form) is not None
    for place, stem in enumerate(_likely(stems, exact_form)):
        found.update(
            _asked_by_stem(lettered(exact_form, stem), as_name=not is_of_the_south and place < MOST_NAMES)
        )
    return frozenset(key for key in found if len(key) > 1) or frozenset((_as_it_is(exact_form),))


def reading_keys(reading: str, stems: Iterable[str]) -> Iterator[str]:
    """The keys of documents' words that have one of these stems, which a reading of a typed word has."""
    for stem in _likely(stems, reading):
        if script := script_of(stem):
            yield from _keys_of(stem, script, "any")[0]


def _likely(stems: Iterable[str], word: str) -> list[str]:
    """The stems that a word may be cut down to; what a stemmer adds for other endings goes without bridges."""
    likely = (stem for stem in stems if len(stem) <= len(word))
    return sorted(likely, key=lambda stem: (len(stem), stem))[:MOST_STEMS]


def _asked_by_stem(form: str, *, as_name: bool) -> Iterator[str]:
    """The keys by which a stem is found in other scripts: its usual spellings only, as stems are many."""
    script = script_of(form)
    for other in _respelled(form, sounds.STEMS.get(script, ())):
        found = skeleton(other, script)
        if script != LATIN:
            yield LATIN + found
        if script != CYRILLIC:
            yield CYRILLIC + _plain(found)
        if as_name and other == form and len(found) >= SHORTEST_STEM:
            yield from _northern_spellings(form, found)


def _respelled(word: str, respellings: Iterable[Respelling]) -> Iterator[str]:
    """The word, and the word in each respelling that changes it."""
    yield word
    for rules in respellings:
        found = word
        for pattern, replacement in rules:
            found = pattern.sub(replacement, found)
        if found != word:
            yield found


def _asked_by_latin(word: str) -> Iterator[str]:
    readings = [*_of_schwa_in_latin(word)]
    for reading in readings[1:-1]:
        found = skeleton(reading, LATIN)
        yield LATIN + found
        yield CYRILLIC + _plain(found)
    for reading in dict.fromkeys((readings[0], readings[-1])):
        for other in _respelled(reading, sounds.LATIN_FOR_LATIN):
            yield LATIN + skeleton(other, LATIN)
        for other in _respelled(reading, sounds.LATIN_FOR_CYRILLIC):
            yield CYRILLIC + _plain(skeleton(other, LATIN))
    for other in _respelled(word, sounds.LATIN_FOR_GEORGIAN):
        yield GEORGIAN + _plain(skeleton(other, LATIN), _PLAIN_GEORGIAN)
    for reading in _of_plain_vowels(word):
        yield CYRILLIC + _plain(skeleton(reading, LATIN))
    yield from _northern_spellings(word, skeleton(word, LATIN))


def _asked_by_cyrillic(word: str) -> Iterator[str]:
    for reading in dict.fromkeys((word, word.replace("ә", "э"))):
        for other in _respelled(reading, sounds.CYRILLIC_FOR_LATIN):
            yield LATIN + skeleton(other, CYRILLIC)
    found = skeleton(word, CYRILLIC)
    yield GEORGIAN + _plain(found, _PLAIN_GEORGIAN)
    if _EASTERN.search(word):
        readings = _with_vowels(word, "ә", "аэ") if _AZERBAIJANI.search(word) else ()
        others = (
            skeleton(other, CYRILLIC)
            for other in [*readings, *_respelled(word, sounds.CYRILLIC_FOR_CYRILLIC)]
        )
        is_name = len(word) > SHORTEST_NAME  # long enough not to be taken for another
        yield from (CYRILLIC + _plain(other) for other in others if other != found or is_name)
    yield from _northern_spellings(word, found)


def _asked_by_georgian(word: str) -> Iterator[str]:
    folded = fold(word)
    for other in _respelled(folded, sounds.GEORGIAN_FOR_LATIN):
        yield LATIN + skeleton(other, GEORGIAN)
    for other in _respelled(folded, sounds.GEORGIAN_FOR_CYRILLIC):
        yield CYRILLIC + _plain(skeleton(other, GEORGIAN))


def _of_schwa_in_latin(word: str) -> Iterator[str]:
    """The word with each ə as e, or as the a that it is in Russian: Məmmədov = Мамедов."""
    return _with_vowels(_SCHWA.sub("ə", word), "ə", "ea") if len(word) > 2 else iter((word,))


def _of_plain_vowels(word: str) -> Iterator[str]:
    """An Azerbaijani name in plain letters as Russian has it: Gencevi = Гянджеви, Mammadov = Мамедов."""
    if len(word) < SHORTEST_NAME or not word.isascii() or _DIGRAPH.search(word):
        return
    for reading in _with_vowels(word, "e", "ea"):
        yield reading
        if reading.startswith("h"):
            yield "g" + reading[1:]
    for place in [place for place, letter in enumerate(word) if letter == "a"][:3]:
        yield f"{word[:place]}e{word[place + 1 :]}"


def _with_vowels(word: str, letter: str, vowels: str) -> Iterator[str]:
    parts = word.split(letter)
    places = len(parts) - 1
    if places > 3:
        choices = [
            vowels[:1] * places,
            vowels[1] + vowels[0] * (places - 1),
            vowels[0] + vowels[1] * (places - 1),
        ]
        choices.append(vowels[1] * places)
    else:
        choices = list(map("".join, product(vowels, repeat=places)))
    for choice in choices:
        yield "".join(part + vowel for part, vowel in zip(parts, [*choice, ""], strict=True))


def _of_uzbek_o(word: str) -> Iterator[str]:
    """A word that may be Uzbek, with its o as the a that it is in Russian and English: Toshkent = Ташкент."""
    script = script_of(word)
    if script == GEORGIAN or len(word) < SHORTEST_NAME or _NOT_UZBEK.search(word):
        return
    if script == LATIN and not _UZBEK.search(word):
        return
    for other in _respelled(word, [sounds.UZBEK_O]):
        if other != word:
            found = skeleton(other, script)
            yield LATIN + found
            yield CYRILLIC + _plain(found)


def _northern_spellings(word: str, found: str) -> Iterator[str]:
    """The keys by which a word without letters of the south finds the names that it may stand for there."""
    script = script_of(word)
    if script == GEORGIAN or _OF_THE_SOUTH.search(word) or (script == LATIN and len(word) < SHORTEST_NAME):
        return
    for sounding in {found, skeleton(word.replace("ё", "о"), script)} if "ё" in word else {found}:
        yield from (_northern(sign, sounding) for sign in _NORTHERN)


def _surnames(word: str) -> Iterator[str]:
    """A surname with the ending of another language: Кунанбаев = Құнанбайұлы."""
    plain = _plain(skeleton(word, script_of(word)))
    for other in _respelled(plain, sounds.PATRONYMICS):
        if other != plain:
            yield LATIN + other
            yield CYRILLIC + other
    for other in _respelled(plain, [sounds.SURNAMES]):
        if other != plain:
            yield LATIN + other
            yield CYRILLIC + other
            yield from (_northern(sign, other) for sign in "QK")
