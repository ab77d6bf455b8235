"""Which books a topic has, in each class scheme; and what the search keeps of a book for children."""

import pytest

from catalog_pages.children.topics import TOPICS, TOPICS_BY_CODE, search_value, search_values
from catalog_pages.models import AgeGroup, Record


@pytest.mark.parametrize(
    ("scheme", "number", "topics"),
    [
        ("ddc", "398.2094754", {"tales"}),
        ("ddc", "894.3611", {"stories"}),
        ("ddc", "599.7", {"animals"}),
        ("ddc", "636.7", {"animals"}),
        ("ddc", "630", set()),
        ("ddc", "523.4", {"space"}),
        ("ddc", "530", {"experiments"}),
        ("ddc", "612", {"body"}),
        ("ddc", "629.2", {"machines"}),
        ("ddc", "915.77", {"countries"}),
        ("ddc", "947.54", {"history"}),
        ("ddc", "784.2", {"art"}),
        ("ddc", "200", set()),
        ("udc", "821.512.162", {"stories"}),
        ("udc", "811.161.1", {"words"}),
        ("udc", "599", {"animals"}),
        ("bbk", "28.69", {"animals"}),
        ("bbk", "84(5Аз)6", {"stories"}),
        ("bbk", "22.6", {"space"}),
        ("bbk", "85.1", {"art"}),
        ("", "599", set()),
        ("ddc", "", set()),
        ("ddc", "no number", set()),
    ],
)
def test_books_belong_to_topics_by_their_class(scheme, number, topics):
    assert {topic.code for topic in TOPICS if topic.holds(scheme, number)} == topics


@pytest.mark.parametrize(
    ("age", "in_store", "values"),
    [
        ("7-10", False, {"any", "any/animals", "7-10", "7-10/animals"}),
        ("", True, {"any", "any/animals"}),
        ("", False, set()),
    ],
)
def test_what_the_search_keeps(age, in_store, values):
    record = Record(class_scheme="ddc", class_number="599", age_group=age)
    assert set(search_values(record, in_childrens_store=in_store)) == values


@pytest.mark.parametrize(
    ("age", "topic", "value"),
    [("7-10", "space", "7-10/space"), ("", "space", "any/space"), ("99", "", "any"), ("", "taxes", "any")],
)
def test_what_is_asked_of_the_search(age, topic, value):
    assert search_value(age, topic) == value


def test_every_topic_and_age_has_its_picture():
    from django.template.loader import render_to_string

    pictures = [
        render_to_string("catalog_pages/children/topic_picture.html", {"topic": code})
        for code in TOPICS_BY_CODE
    ]
    pictures += [
        render_to_string("catalog_pages/children/age_picture.html", {"age": age}) for age in AgeGroup
    ]
    assert len(set(pictures)) == len(TOPICS) + len(AgeGroup)
