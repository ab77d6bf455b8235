"""Documents of a synthetic catalogue, made without a database: the quick way to measure the engines alone."""

from collections.abc import Iterator
from random import Random

from catalog_pages.synthetic_words import TONGUES, Words, zipf
from search.documents import Document
from search.sorting import filing_key

BRANCHES = 63
MATERIALS = ["book"] * 88 + ["periodical"] * 4 + ["score", "map", "audio", "video"] + ["electronic"] * 4


def documents(records: int, seed: int = 1) -> Iterator[Document]:
    """As many documents as asked, like those of `generate_library` after an import; the same every time."""
    random = Random(f"{seed}-documents")  # noqa: S311
    tongues = [Words(tongue, seed, records) for tongue in TONGUES]
    shares = [tongue.share for tongue in TONGUES]
    for number in range(1, records + 1):
        yield _document(number, random, random.choices(tongues, shares)[0])


def _document(number: int, random: Random, words: Words) -> Document:
    title, year = words.title(random), 2025 - int(random.expovariate(1 / 25)) % 175
    authors = (words.name(random), *([words.name(random)] if random.random() < 0.2 else []))
    subjects = tuple({words.subject(random): None for _ in range(1 + random.randrange(3))})
    notes = ["Synthetic Press", "Synthetic record, generated for measurements"]
    if random.random() < 0.3:
        notes.append(words.subject(random))
    if random.random() < 0.5:
        notes.append(f"{words.title(random)}. {words.title(random)}.")
    copies = random.randrange(1, 4)
    branches = tuple({f"branch-{zipf(random, BRANCHES):02}": None for _ in range(copies)})
    return Document(
        id=f"record:{number}",
        kind="record",
        title=f"{title}: {words.title(random)}" if random.random() < 0.3 else title,
        language=words.language,
        authors=authors,
        subjects=subjects,
        notes=tuple(notes),
        identifiers=(f"{number:08d}", *(f"SYN-{number:08d}-{copy}" for copy in range(copies))),
        classes=(f"{random.randrange(1000):03}.{random.randrange(1000)}",),
        facets={
            "branch": branches,
            "available": ("yes",) if random.random() < 0.9 else (),
            "material": (random.choice(MATERIALS),),
            "language": (words.language,),
            "author": authors,
            "subject": subjects,
            "year": (str(year),),
        },
        year=year,
        title_sort=filing_key(title, words.language),
        author_sort=filing_key(authors[0], words.language),
        added=1_700_000_000 + number,
    )
