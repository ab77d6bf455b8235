"""What children look for, in a few words each, and the class numbers under which such books stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.classes import main_class
from catalog_pages.models import AgeGroup, Record
from catalog_pages.shelf_order import class_key

ANY_AGE = "any"
LITERATURE = 8


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, the main class whose colour it has, and the numbers of its books in each scheme."""

    code: str
    name: Promise
    colour: int
    numbers: Mapping[str, tuple[str, ...]]

    def holds(self, scheme: str, number: str) -> bool:
        """Whether a book of this class number belongs to the topic."""
        if self.code == "stories":
            return main_class(scheme, number) == LITERATURE
        key = class_key(scheme, number)
        return bool(key) and any(
            key.startswith(class_key(scheme, own)) for own in self.numbers.get(scheme, ())
        )


def _topic(code: str, name: Promise, colour: int, ddc: str = "", udc: str = "", bbk: str = "") -> Topic:
    return Topic(
        code, name, colour, {"ddc": tuple(ddc.split()), "udc": tuple(udc.split()), "bbk": tuple(bbk.split())}
    )


TOPICS = (
    _topic("tales", _("Fairy tales"), 3, "398.2", "398.2", "82.3"),
    _topic("stories", _("Stories and poems"), LITERATURE),
    _topic("animals", _("Animals"), 5, "59 636", "59 636", "28.6 46 Е6"),
    _topic("nature", _("Nature"), 5, "50 55 56 57 58", "50 55 56 57 58", "20 26 28.0 28.5 Д Е0 Е5"),
    _topic("space", _("Space"), 5, "52 629.4", "52 629.7", "22.6 39.6 В6"),
    _topic("experiments", _("Numbers and experiments"), 5, "51 53 54", "51 53 54", "22.1 22.3 24 В1 В3 Г"),
    _topic("machines", _("How things work"), 6, "60 62 66 67 68 69 004", "60 62 66 67 68 69 004", "3 Ж З К Л О"),
    _topic("body", _("My body"), 6, "61", "61", "5 Р"),
    _topic("countries", _("Countries and journeys"), 9, "91", "91", "26.8 Д8"),
    _topic("history", _("Long ago"), 9, "90 92 93 94 95 96 97 98 99", "93 94 902 903 929", "63 Т"),
    _topic("art", _("Music, art, games"), 7, "7", "7", "75 77 85 Щ"),
    _topic("words", _("Letters and languages"), 4, "4 372.4", "80 81 372.4", "81 Ш1"),
)  # fmt: skip
TOPICS_BY_CODE = {topic.code: topic for topic in TOPICS}


def search_values(record: Record, *, in_childrens_store: bool) -> Iterator[str]:
    """What the search keeps of a book for children: its age group and topics, each alone and both together.

    Nothing for a book that is meant for no age group and stands in no children's store.
    """
    if not record.age_group and not in_childrens_store:
        return
    topics = [topic.code for topic in TOPICS if topic.holds(record.class_scheme, record.class_number)]
    for age in (ANY_AGE, *([record.age_group] if record.age_group else [])):
        yield age
        yield from (f"{age}/{topic}" for topic in topics)


def search_value(age: str, topic: str) -> str:
    """The value by which the books of an age group ("" for all) and a topic ("" for all) are found."""
    value = age if age in AgeGroup.values else ANY_AGE
    return f"{value}/{topic}" if topic in TOPICS_BY_CODE else value
