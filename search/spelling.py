"""Words of the index that look like a typed one: a letter too many, too few, wrong, or two that changed places.

Engines are only asked which words they hold, so that both find the same.
"""

import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from search import query
from search.analysis import fold, words

SHORTEST_WIDENED = 5
SHORTEST_WIDENED_WITHOUT_HITS = 4
SHORTEST_WITH_TWO_EDITS = 9
LONGEST_WIDENED = 30
COMMON = 10  # documents with a word that is not taken for a misspelling
MOST_NEAR_WORDS = 40
MOST_WIDENED_WORDS = 8  # of one query
KEPT_BEGINNING = 3  # letters that must be right where two others are wrong
MOST_BEGINNING = 20_000

Known = Callable[[Iterable[str]], Mapping[str, int]]
Beginning = Callable[[str], Mapping[str, int]]
NearWords = dict[str, tuple[str, ...]]

# What the folded words of a script are spelled with.
ALPHABETS = (
    frozenset(string.ascii_lowercase),
    frozenset(fold("абвгдежзийклмнопрстуфхцчшщыьэюя")),
    frozenset("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
)
EVERY_LETTER = frozenset().union(*ALPHABETS)
# Letters that are mistaken for one another: neighbours on the keyboard, and such as sound alike.
KEYBOARD_ROWS: tuple[tuple[str, ...], ...] = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("ქწერტყუიოპ", "ასდფგჰჯკლ", "ზხცვბნმ"),
)
SAME_SOUNDS: tuple[str, ...] = (
    "aeiouy",
    "bp",
    "dt",
    "gkq",
    "cs",
    "sz",
    "vw",
    "hx",
    "fv",
    "jc",
    "mn",
    "оаеиыуюяэ",
    "бп",
    "дт",
    "гк",
)
SAME_SOUNDS += ("зс", "вф", "жшщч", "йи", "ьъ", "კქყ", "თტ", "პფბ", "ცძწ", "ჩჯჭ", "ხღჰ", "აეიოუ")


def _mistaken_pairs() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for rows in KEYBOARD_ROWS:
        for y, row in enumerate(rows):
            for x, letter in enumerate(row):
                below = rows[y + 1][max(x - 1, 0) : x + 1] if y + 1 < len(rows) else ""
                pairs.update((letter, other) for other in row[x + 1 : x + 2] + below)
    for sounds in SAME_SOUNDS:
        pairs.update(combinations(sounds, 2))
    pairs = {(fold(one), fold(other)) for one, other in pairs}
    return frozenset(pairs | {(other, one) for one, other in pairs})


MISTAKEN = _mistaken_pairs()


def near_words(tree: query.Node, known: Known, *, is_nothing_found: bool) -> NearWords:
    """For typed words that are long enough, the words of the index one edit away, the likeliest first.

    Words that stand in many documents are hardly misspelt: where anything was found they are left as they are.
    """
    typed = _widened(tree, SHORTEST_WIDENED_WITHOUT_HITS if is_nothing_found else SHORTEST_WIDENED)
    if not is_nothing_found:
        counts = known([fold(word) for word in typed])
        typed = [word for word in typed if counts.get(fold(word), 0) < COMMON]
    edits = {word: set(one_edit(fold(word))) for word in typed}
    counts = known({edit for found in edits.values() for edit in found}) if edits else {}
    near = {word: _likeliest(fold(word), found & counts.keys(), counts) for word, found in edits.items()}
    return {word: found for word, found in near.items() if found}


def far_words(tree: query.Node, beginning: Beginning) -> NearWords:
    """For each long typed word, the words of the index two edits away that begin with the same letters."""
    near: NearWords = {}
    for word in _widened(tree, SHORTEST_WITH_TWO_EDITS):
        typed = fold(word)
        counts = beginning(typed[:KEPT_BEGINNING])
        found = {other for other in counts if other != typed and within_two_edits(typed, other)}
        if found:
            near[word] = _likeliest(typed, found, counts)
    return near


def _widened(tree: query.Node, shortest: int) -> list[str]:
    leaves = (leaf.text for leaf in query.leaves(tree) if isinstance(leaf, query.Word))
    found = [word for word in dict.fromkeys(leaves) if shortest <= len(fold(word)) <= LONGEST_WIDENED]
    return [word for word in found if alphabet_of(fold(word))][:MOST_WIDENED_WORDS]


def alphabet_of(folded: str) -> frozenset[str]:
    """The letters of the script that most of the word is in; none for numbers, call numbers and other scripts."""
    if not EVERY_LETTER.issuperset(folded):
        return frozenset()
    return max(ALPHABETS, key=lambda alphabet: sum(letter in alphabet for letter in folded))


def one_edit(folded: str) -> Iterator[str]:
    """Everything that becomes the word by one edit: insertion, deletion, replacement, two letters changed round."""
    alphabet = alphabet_of(folded)
    for place in range(len(folded) + 1):
        before, after = folded[:place], folded[place:]
        for letter in alphabet:
            yield before + letter + after
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in alphabet if letter != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]


def within_two_edits(one: str, other: str) -> bool:
    """Whether two edits, or fewer, make one word of the other."""
    if abs(len(one) - len(other)) > 2:
        return False
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, sign in enumerate(other, start=1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > 2:
            return False
        before, previous = previous, current
    return previous[-1] <= 2


def _likeliest(typed: str, found: Iterable[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    ranked = sorted(found, key=lambda other: (not is_likely(typed, other), -counts[other], other))
    return tuple(ranked[:MOST_NEAR_WORDS])


def is_likely(typed: str, meant: str) -> bool:
    """Whether the difference is one that hands and ears make: a doubled letter, neighbours, alike sounds."""
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None or len(typed) != len(meant):
        longer = max(typed, meant, key=len)
        place = min(len(typed), len(meant)) if start is None else start
        return longer[place] in longer[max(place - 1, 0) : place] + longer[place + 1 : place + 2]
    if typed[start + 1 :] == meant[start + 1 :]:
        return (typed[start], meant[start]) in MISTAKEN
    return typed[start : start + 2] == meant[start : start + 2][::-1]


def corrections(text: str, near: NearWords, known: Known, spelt: Callable[[str], str]) -> list[str]:
    """The text with words that the index does not hold, or else one of its words, replaced by near ones.

    `spelt` says how a folded word is written. The likeliest first; nothing is promised of what they find.
    """
    typed = [word for word in words(text) if word in near]
    counts = known([fold(word) for word in typed])
    unknown = [word for word in typed if not counts.get(fold(word))] or typed[:1]
    if not unknown:
        return []
    whole = text
    for word in unknown:
        whole = whole.replace(word, spelt(near[word][0]))
    others = (text.replace(unknown[0], spelt(other)) for other in near[unknown[0]][1:4])
    return list(dict.fromkeys([whole, *others] if len(unknown) == 1 else [whole]))


def other_layouts(text: str) -> list[str]:
    """What was typed, had another keyboard layout been on."""
    from search import keyboards

    return keyboards.other_layouts(text)
