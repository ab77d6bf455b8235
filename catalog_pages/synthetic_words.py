"""Made-up words that look like those of the seven languages, from tables of syllables; no list is copied."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

MOST_WORDS = 40_000
MOST_TRIES = 20  # for each word wanted


@dataclass(frozen=True, slots=True)
class Tongue:
    """How the words of a language are put together: beginnings, middles, endings, and ends of surnames."""

    language: str
    share: int
    heads: str
    middles: str
    tails: str
    surnames: str


TONGUES = (
    Tongue(
        "aze", 40,
        "ba gö qa da kə mü yo sə xa ça ye dü ar al iş ul öz bir gün sol tə no mə ki su",
        "la rə lı mə ri na du qa şə di zə tu lə ka ya rü ğı və",
        "lar lər lıq dan maz ət im sa cə ğan rək qan ist an i ı lu",
        "lov lova zadə lı oğlu bəyli",
    ),
    Tongue(
        "rus", 25,
        "по при раз ве мо со до на за го те ко пе све зна бе жи лю стра ро по ми ду ле ка",
        "ло ре ви та ни ро да ле ми сто го ва ле ру чи но ле ра",
        "ние ость тель ка ный ная ла ств ов ек ец ина ть ский ия а",
        "ов ова ин ина ский енко",
    ),
    Tongue(
        "tur", 8,
        "ka gü de yo ba ço ge sa dü ya in ev ku şe bi ta or al me su yı çı ko",
        "la ri mu li ra ne dü ka şi yo lı ma ge ze",
        "lar ler lik dan mak mek çı im cü sız yor an en ış a",
        "oğlu lı kaya er can soy",
    ),
    Tongue(
        "kaz", 8,
        "қа ба те со жа ке бо ма ая ұл өз кө да се тү мұ жо ал ер ка",
        "ла ре ды ра ну қы та ме ңі ға лы сы да",
        "лар лер дық ған шы ту ім мен тың дей ан ыс ақ",
        "ев ева баев ұлы қызы бек",
    ),
    Tongue(
        "geo", 6,
        "მა სა და გა შე წი კა ბა თა ქა მო სი ცხო გულ ზღა მზე და ხა ლა",
        "რა ლი ნა ვე და ბი ხა მო ლა რი თა კე სა",
        "ობა ური ება ელი ი ა ავს ის ში თან ნი ული",
        "შვილი ძე ია უა ელი ანი",
    ),
    Tongue(
        "uzb", 6,
        "qa ba ki to su yo da mu sha cho oʻz gul bo te la xo ni ha ma",
        "la ri mo di na qa li to ra shi ga yi",
        "lar lik dan chi gan moq ning ida siz li ot im a",
        "ov ova yev boyev zoda",
    ),
    Tongue(
        "eng", 7,
        "con re pro in un be ma ter sta lo wa fi ri mo gra ca ho tra pe de sil no",
        "ti ra ne li mo ver te no ri la den si ca",
        "tion ing ed ly ness er al ment ance ty ist en ow age e",
        "son ton well field man ley",
    ),
)  # fmt: skip


class Words:
    """The vocabulary and the names of one language; the same for the same seed and number of titles.

    The more titles there are, the more different words they have: about the square root as many.
    """

    def __init__(self, tongue: Tongue, seed: int, titles: int) -> None:
        random = Random(f"{seed}-{tongue.language}")  # noqa: S311
        self.language = tongue.language
        parts = [part.split() for part in (tongue.heads, tongue.middles, tongue.tails)]
        vocabulary = min(1000 + int(60 * titles**0.5), MOST_WORDS)
        self.words = _distinct(lambda: _word(random, *parts), vocabulary)
        surnames = tongue.surnames.split()
        self.names = _distinct(
            lambda: (
                f"{_capital(_word(random, parts[0], parts[1], surnames))}, {_capital(_word(random, *parts))}"
            ),
            vocabulary // 4,
        )

    def title(self, random: Random) -> str:
        """Two to eight words; few of them are frequent and most are rare, as in real titles."""
        count = 2 + int(random.random() ** 2 * 7)
        return _capital(" ".join(self.words[zipf(random, len(self.words))] for _ in range(count)))

    def subject(self, random: Random) -> str:
        """A subject of one or two words out of some two thousand."""
        first = zipf(random, 600)
        return _capital(
            f"{self.words[first]} {self.words[600 + first % 3]}" if first % 3 else self.words[first]
        )

    def name(self, random: Random) -> str:
        """A heading "Surname, Given name" that belongs to nobody."""
        return self.names[zipf(random, len(self.names))]


def zipf(random: Random, size: int) -> int:
    """A rank from 0 to size - 1; rank n comes about 1/(n+1) as often as rank 0."""
    return min(int(math.exp(random.random() * math.log(size + 1))) - 1, size - 1)


def _word(random: Random, heads: list[str], middles: list[str], tails: list[str]) -> str:
    length = int(random.random() * 3)
    return (
        random.choice(heads) + "".join(random.choice(middles) for _ in range(length)) + random.choice(tails)
    )


def _distinct(make, count: int) -> list[str]:  # type: ignore[no-untyped-def]
    """So many different words, or as many as the syllables of the language yield."""
    made: dict[str, None] = {}
    for _ in range(MOST_TRIES * count):
        made[make()] = None
        if len(made) == count:
            break
    return list(made)


def _capital(text: str) -> str:
    # Georgian has no capitals in running text; i keeps its dot where the next letter would.
    return text if text[0] >= "ა" else text[0].upper() + text[1:]
