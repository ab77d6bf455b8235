"""A small catalogue in seven languages, a generated one, and a source that holds them: all made for these tests."""

import random
from collections.abc import Iterable, Sequence

from search.documents import Document
from search.sorting import filing_key

# title, author, language, year, subject: works everybody may look up.
WORKS = """
Xəmsə|Nizami Gəncəvi|aze|1983|Poeziya
Leyli və Məcnun|Nizami Gəncəvi|aze|1981|Poeziya
Leyli və Məcnun|Füzuli, Məhəmməd|aze|1958|Poeziya
Kitabi-Dədə Qorqud||aze|1988|Dastanlar
Koroğlu||aze|1965|Dastanlar
Qarabağ nağılları||aze|2009|Nağıllar
Qarabağ|Vəzirova, S.|aze|2021|Tarix
Ölülər|Məmmədquluzadə, Cəlil|aze|1909|Dram
Əli və Nino|Qurban Səid|aze|2004|Roman
Dəli Kür|Şıxlı, İsmayıl|aze|1968|Roman
Iğdır yolları|Əliyev, Əli|aze|1977|Roman
Ana dili|Əliyev, Əli|aze|1990|Dilçilik
Абай жолы|Әуезов, Мұхтар|kaz|1942|Роман
Қан мен тер|Нұрпейісов, Әбдіжәміл|kaz|1961|Роман
Қара сөздер|Абай Құнанбайұлы|kaz|1993|Философия
Өлеңдер|Абай Құнанбайұлы|kaz|1939|Өлең
Көшпенділер|Есенберлин, Ілияс|kaz|1976|Роман
ვეფხისტყაოსანი|რუსთაველი, შოთა|geo|1966|პოეზია
გამზრდელი|წერეთელი, აკაკი|geo|1898|პოეზია
დათა თუთაშხია|ამირეჯიბი, ჭაბუა|geo|1978|რომანი
კაცია-ადამიანი?!|ჭავჭავაძე, ილია|geo|1863|პროზა
Oʻtkan kunlar|Abdulla Qodiriy|uzb|1925|Roman
Mehrobdan chayon|Abdulla Qodiriy|uzb|1929|Roman
Boburnoma|Bobur, Zahiriddin Muhammad|uzb|1989|Tarix
Сариқ девни миниб|Тўхтабоев, Худойберди|uzb|1968|Болалар адабиёти
İnce Memed|Yaşar Kemal|tur|1955|Roman
Kürk Mantolu Madonna|Sabahattin Ali|tur|1943|Roman
Tutunamayanlar|Oğuz Atay|tur|1972|Roman
Türkiye'de çağdaş düşünce tarihi|Ülken, Hilmi Ziya|tur|1966|Tarih
Kara kitap|Orhan Pamuk|tur|1990|Roman
Война и мир|Толстой, Лев|rus|1869|Роман
Анна Каренина|Толстой, Лев|rus|1877|Роман
Преступление и наказание|Достоевский, Фёдор|rus|1866|Роман
Мастер и Маргарита|Булгаков, Михаил|rus|1967|Роман
Карабах|Шагинян, М.|rus|1927|Очерки
Вишнёвый сад|Чехов, Антон|rus|1904|Драма
Ёлка|Зощенко, Михаил|rus|1939|Рассказы
War and peace|Tolstoy, Leo|eng|1889|Novel
Crime and punishment|Dostoevsky, Fyodor|eng|1886|Novel
Ali and Nino|Kurban Said|eng|1970|Novel
Nineteen Eighty-Four|Orwell, George|eng|1949|Novel
The Knight in the panther's skin|Rustaveli, Shota|eng|1912|Poetry
To be or not to be||eng|1980|Drama
"""
BRANCHES = ("merkez", "qovlar", "usaq", "azaplı", "bozalqanli")
MATERIALS = ("book", "book", "book", "map", "audio")
ISBNS = {"Kara kitap": "975-05-0106-3", "Nineteen Eighty-Four": "978-0-14-103614-4"}


def works() -> list[Document]:
    """Each work in five editions, so that facets, ties and pages have something to do."""
    lines = [line.split("|") for line in WORKS.strip().splitlines()]
    return [
        _edition(5 * place + edition + 1, line, edition)
        for place, line in enumerate(lines)
        for edition in range(5)
    ]


def _edition(number: int, line: list[str], edition: int) -> Document:
    title, author, language, year, subject = line
    branches = tuple(sorted({BRANCHES[number % 5], BRANCHES[number % 3]}))
    shown = title if edition < 3 else f"{title}: {('seçilmiş', 'избранное')[edition - 3]}"
    return make_document(
        number,
        shown,
        language=language,
        authors=(author,) if author else (),
        subjects=(subject,),
        notes=(f"{title} {edition}",) if edition == 4 else (),
        identifiers=(f"TV{number:06}", *((ISBNS[title],) if title in ISBNS and edition == 0 else ())),
        year=None if edition == 2 else int(year) + edition,
        branches=branches,
        material=MATERIALS[number % 5],
        added=1_700_000_000 + (number * 7919) % 1000 // 100,
    )


def make_document(number: int, title: str, **given) -> Document:
    """A document with the facets that follow from what is given."""
    branches, material = given.pop("branches", ("merkez",)), given.pop("material", "book")
    year, language = given.get("year"), given.get("language", "")
    authors, subjects = given.get("authors", ()), given.get("subjects", ())
    facets = {
        "branch": branches,
        "available": ("yes",) if number % 2 else (),
        "material": (material,),
        "language": (language,) if language else (),
        "author": authors,
        "subject": subjects,
        "year": () if year is None else (str(year),),
    }
    return Document(
        id=f"record:{number}",
        kind=given.pop("kind", "record"),
        title=title,
        facets=facets,
        title_sort=filing_key(title, "az"),
        author_sort=filing_key(authors[0], "az") if authors else "",
        **given,
    )


def generated(count: int, seed: int) -> list[Document]:
    """Documents of words that recur as words do, with many ties and many rare facet values."""
    chance = random.Random(seed)
    words = [
        "".join(chance.choice("abçdeəğıioöşuxqkрстабмნურ") for _ in range(chance.randint(2, 7)))
        for _ in range(300)
    ]

    def some(most: int) -> str:
        return " ".join(
            words[min(int(chance.paretovariate(0.7)) - 1, 299)] for _ in range(chance.randint(1, most))
        )

    return [
        make_document(
            number,
            some(5).title(),
            language=chance.choice(("aze", "tur", "rus", "kaz", "geo", "eng", "")),
            authors=tuple(some(2) for _ in range(chance.randint(0, 2))),
            subjects=tuple(some(2) for _ in range(chance.randint(0, 3))),
            notes=(some(8),) if chance.random() < 0.3 else (),
            year=chance.choice((None, *range(1950, 2020))),
            branches=tuple(chance.sample(BRANCHES, chance.randint(0, 3))),
            material=chance.choice(MATERIALS),
            added=chance.randint(1_600_000_000, 1_600_000_020),
        )
        for number in range(1, count + 1)
    ]


class ToySource:
    """A source whose objects are a dict from primary key to document."""

    name = "record"

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.objects = {int(document.id.split(":")[1]): document for document in documents}

    def documents(self, ids: Sequence[int]) -> list[Document]:
        return [self.objects[number] for number in ids if number in self.objects]

    def ids_after(self, after: int, limit: int) -> list[int]:
        return sorted(number for number in self.objects if number > after)[:limit]

    def count(self) -> int:
        return len(self.objects)
