"""Bridges between scripts: skeletons under which a word meets its spellings in other scripts and systems.

A document's word has one skeleton for itself and one for its stem, marked with the script it stands in ("L" Latin,
"C" Cyrillic, "G" Georgian), and another where the north spells it in a way of its own ("A", "O", "K"). A typed word
asks, script by script, for the skeletons of the spellings that it may have there: wide where another script has to be
guessed, narrow in its own, so that наш does not find нас while "nas" finds both.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product

from search import sounds
from search.folding import fold
from search.sounds import Respelling

LATIN, CYRILLIC, GEORGIAN = "L", "C", "G"  # capitals, so that no key is ever the same as a stem
MOST_STEMS = 8
SHORTEST_INFLECTED = 5
SHORTEST_NAME = 5  # letters of a Latin word that may be a name of the south

_LATIN_LETTER = re.compile("[a-z\u00df-\u02af]")
_FIRST_LETTER = re.compile(
    "([a-z\u00df-\u024f\u0250-\u02af\u1e00-\u1eff])|([\u0400-\u052f])|([\u10a0-\u10ff\u2d00-\u2d2f])"
)
_MARKS = re.compile("[ʻ\u0300-\u036f\ufe20-\ufe2f]+")
_ENG = re.compile("n[\u0361\ufe20]g")  # ALA-LC writes ң as n and g under one arc
_KAZAKH_W = re.compile("yʻ(?!e)")  # in the alphabet of 2017
_HACEK = re.compile("[čšžěĉŝ]|(?<=[iy])j$")  # signs of a system in which j is й
_LOST_GLIDE = re.compile("(?<=[^aeiou0-9])i(?=[aou])")
_E_AFTER_I = re.compile("i+e")
_REPEATED = re.compile(r"([^0-9])\1+")
_DIGRAPH = re.compile("sh|ch|zh|kh|gh|ts|w|[yj][aou]")
_ROMAN_NUMBER = re.compile("(?=..)x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = str.maketrans("хі", "xi")  # Cyrillic look-alikes, as they are typed
_EASTERN = re.compile("[әғқңөұүһіҹҝјўҳҷ]")
_AZERBAIJANI = re.compile("[ҹҝј]")
_OF_UZBEK = re.compile("[og]ʻ|[ўҳ]")
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
_NAMES = tuple(
    (sign, signs, str.maketrans(merged))
    for sign, signs, merged in (
        ("A", sounds.AZERBAIJANI_SIGNS, sounds.AZERBAIJANI_NAMES),
        ("O", sounds.UZBEK_SIGNS, sounds.UZBEK_NAMES),
        ("K", sounds.KAZAKH_SIGNS, sounds.KAZAKH_NAMES),
    )
)
_READINGS = tuple((groups, str.maketrans(letters)) for groups, letters in sounds.READINGS)
_NAMES_OF_LANGUAGE = {"aze": 0, "uzb": 1, "kaz": 2, "tur": -1, "eng": -1, "rus": -1}


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
    word = _MARKS.sub("", _ENG.sub("ñ", word))
    if _OF_1929.search(word):
        word = word.translate(_FROM_1929)
    return word.replace("j", "y") if _HACEK.search(word) else word


def _evened(found: str) -> str:
    return _REPEATED.sub(r"\1", _E_AFTER_I.sub("e", _LOST_GLIDE.sub("", found)))


def _plain(found: str, table: Mapping[int, str] = _PLAIN) -> str:
    return _REPEATED.sub(r"\1", found.translate(table))


# --- Keys of a document's word ----------------------------------------------------------------------------------


def document_keys(exact_form: str, stem: str, language: str = "") -> tuple[str, ...]:
    """The keys under which a word of a document is indexed: one to four, the word's own first.

    `stem` is its folded stem, `language` the ISO 639-2 code of the record, or empty.
    """
    script = script_of(exact_form)
    if not script or _is_roman_number(exact_form):
        return (_as_it_is(exact_form),)
    forms = dict.fromkeys((exact_form, lettered(exact_form, stem)))
    keys = [key for form in forms for key in _own_keys(form, script, language)]
    if script != GEORGIAN:
        keys += [key for form in forms for key in _northern_key(form, language)]
    return tuple(dict.fromkeys(keys)) or (_as_it_is(exact_form),)


def title_skeleton(keys: tuple[str, ...]) -> str:
    """The skeleton that a document's word shares with its spellings in other scripts, for comparing whole titles."""
    return _plain(keys[0][1:], _IN_TITLES)


def _as_it_is(word: str) -> str:
    """The key of what is the same in all scripts: numbers, Roman ones too, and other scripts than ours."""
    return f"={fold(word).translate(_ROMAN_DIGITS)}"


def _is_roman_number(word: str) -> bool:
    return _ROMAN_NUMBER.fullmatch(word.translate(_ROMAN_DIGITS)) is not None


def lettered(exact_form: str, stem: str) -> str:
    """The stem with the letters that folding took from it, as far as the word begins with it."""
    place, found = 0, ""
    for letter in exact_form:
        folded = letter.translate(_LETTERS)
        if not stem.startswith(folded, place) or place == len(stem):
            break
        found, place = found + letter, place + len(folded)
    return found + stem[place:]


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = found = fold(chr(code)) if code != ord("ʻ") else ""
        return found


_LETTERS = _Letters()


def _own_keys(form: str, script: str, language: str) -> Iterator[str]:
    written = script_of(form)  # the stem of a Cyrillic word may be in Latin letters
    if script == LATIN:
        found = [skeleton(form, written)]
    elif script == GEORGIAN:
        found = [_plain(skeleton(form, written), _PLAIN_GEORGIAN)]
    else:
        found = [_plain(skeleton(spelling, written)) for spelling in _of_schwa(form, language)]
    return (script + key for key in found if key)


def _of_schwa(form: str, language: str) -> tuple[str, ...]:
    """A Cyrillic word with its ә as heard: e in Azerbaijani, a elsewhere, both where the language is not known."""
    if "ә" not in form:
        return (form,)
    if language == "aze" or _AZERBAIJANI.search(form):
        return (form.replace("ә", "э"),)
    return (form,) if language else (form, form.replace("ә", "э"))


def _northern_key(form: str, language: str) -> Iterator[str]:
    """The key by which spellings of the north find a name of the south."""
    place = _NAMES_OF_LANGUAGE.get(language)
    if place is None:
        place = 0 if "ə" in form or _AZERBAIJANI.search(form) else 1 if _may_be_uzbek(form) else 2
    if place < 0:
        return
    sign, signs, merged = _NAMES[place]
    if signs.isdisjoint(form):
        return
    if sign == "A":
        form = form.replace("ö", "e").replace("ө", "е").replace("ә", "е")
    elif sign == "O":
        form = form.replace("oʻ", "u").replace("ў", "у")
    if key := _plain(skeleton(form, script_of(form))):
        yield sign + _plain(key, merged)


def _may_be_uzbek(form: str) -> bool:
    if "o" in form:
        return bool(_UZBEK.search(form)) and not _NOT_UZBEK.search(form)
    return bool(_OF_UZBEK.search(form)) or ("о" in form and not _NOT_UZBEK.search(form))


# --- Keys of a typed word ---------------------------------------------------------------------------------------


def query_keys(exact_form: str, stems: Iterable[str] = ()) -> frozenset[str]:
    """The keys of everything that a typed word may be spelled as; `stems` are its folded stems."""
    if not script_of(exact_form) or _is_roman_number(exact_form):
        return frozenset((_as_it_is(exact_form),))
    forms = [*dict.fromkeys([exact_form, *(lettered(exact_form, stem) for stem in stems)])]
    found = {key for form in forms[: MOST_STEMS + 1] for key in _asked(form)}
    found.update(_of_uzbek_o(exact_form), _surnames(exact_form))
    return frozenset(key for key in found if len(key) > 1) or frozenset((_as_it_is(exact_form),))


def _asked(form: str) -> Iterator[str]:
    asked = {LATIN: _asked_by_latin, CYRILLIC: _asked_by_cyrillic, GEORGIAN: _asked_by_georgian}.get(
        script_of(form)
    )
    return asked(form) if asked else iter(())


def stem_keys(stems: Iterable[str]) -> Iterator[str]:
    """The keys that documents have by these stems, in whatever script they are."""
    for stem in stems:
        if script := script_of(stem):
            yield from _own_keys(stem, script, "any")


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
    if len(word) >= SHORTEST_NAME and "ə" not in word:
        for reading in _of_plain_vowels(word):
            yield CYRILLIC + _plain(skeleton(reading, LATIN))
        yield from _northern_spellings(skeleton(word, LATIN))


def _asked_by_cyrillic(word: str) -> Iterator[str]:
    for reading in dict.fromkeys((word, word.replace("ә", "э"))):
        for other in _respelled(reading, sounds.CYRILLIC_FOR_LATIN):
            yield LATIN + skeleton(other, CYRILLIC)
    found = skeleton(word, CYRILLIC)
    yield GEORGIAN + _plain(found, _PLAIN_GEORGIAN)
    if _EASTERN.search(word):
        others = (skeleton(other, CYRILLIC) for other in _respelled(word, sounds.CYRILLIC_FOR_CYRILLIC))
        is_name = len(word) > SHORTEST_NAME  # long enough not to be taken for another
        yield from (CYRILLIC + _plain(other) for other in others if other != found or is_name)
    else:
        yield from _northern_spellings(found)


def _asked_by_georgian(word: str) -> Iterator[str]:
    folded = fold(word)
    for other in _respelled(folded, sounds.GEORGIAN_FOR_LATIN):
        yield LATIN + skeleton(other, GEORGIAN)
    for other in _respelled(folded, sounds.GEORGIAN_FOR_CYRILLIC):
        yield CYRILLIC + _plain(skeleton(other, GEORGIAN))


def _of_schwa_in_latin(word: str) -> Iterator[str]:
    """The word with each ə as e, or as the a that it is in Russian: Məmmədov = Мамедов."""
    return _with_vowels(word, "ə", "ea")


def _of_plain_vowels(word: str) -> Iterator[str]:
    """An Azerbaijani name in plain letters as Russian has it: Gencevi = Гянджеви, Mammadov = Мамедов."""
    if not word.isascii() or _DIGRAPH.search(word):
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


def _northern_spellings(found: str) -> Iterator[str]:
    plain = _plain(found)
    for sign, _, merged in _NAMES:
        yield sign + _plain(plain, merged)


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
            for sign, _, merged in _NAMES[1:]:
                yield sign + _plain(other, merged)


# --- Readings of a word typed in Latin letters --------------------------------------------------------------------


def readings(word: str) -> tuple[str, ...]:
    """What a Latin word in its exact form may be in Cyrillic and Georgian letters, to be stemmed there."""
    if len(word) < SHORTEST_INFLECTED or script_of(word) != LATIN:
        return ()
    prepared = _MARKS.sub("", word) if "ʻ" not in word else word
    found = (_read(prepared, groups, letters) for groups, letters in _READINGS)
    return tuple(reading for reading in dict.fromkeys(found) if not _LATIN_LETTER.search(reading))


def _read(word: str, groups: Respelling, letters: dict[int, str]) -> str:
    for pattern, replacement in groups:
        word = pattern.sub(replacement, word)
    return word.translate(letters).replace("ʻ", "")
