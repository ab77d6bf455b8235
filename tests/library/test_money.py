"""Prices in the currency of the library system, by the rules of each language."""

from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation
from wagtail.models import Site

from library.models import SystemSettings
from library.money import currency, in_currency, prices, with_currency

pytestmark = pytest.mark.django_db


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def system():
    def system(**fields):
        settings = SystemSettings.for_site(Site.objects.get(is_default_site=True))
        for name, value in fields.items():
            setattr(settings, name, value)
        settings.save()

    return system


@pytest.mark.parametrize(
    ("fields", "code"),
    [({}, ""), ({"country": "AZ"}, "AZN"), ({"country": "KZ"}, "KZT"), ({"country": "GE"}, "GEL"),
     ({"country": "UZ"}, "UZS"), ({"country": "TR"}, "TRY"), ({"country": "TR", "currency": "EUR"}, "EUR")],
)  # fmt: skip
def test_the_currency_is_set_or_that_of_the_country(system, fields, code):
    system(**fields)
    assert currency() == code


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("az", "AZN", "1.234,50 ₼"), ("kk", "KZT", "1 234,50 ₸"), ("ka", "GEL", "1 234,50 ₾"),
        ("uz", "UZS", "1 234,50 soʻm"), ("tr", "TRY", "₺1.234,50"), ("ru", "KZT", "1 234,50 KZT"),
        ("en", "AZN", "AZN 1,234.50"), ("ru", "AZN", "1 234,50 AZN"), ("en", "", "1,234.50"),
    ],
)  # fmt: skip
def test_prices_are_written_as_the_language_writes_them(language, code, expected):
    with translation.override(language):
        assert plain(in_currency(Decimal("1234.5"), code)) == expected


def test_no_price_is_nothing_and_no_currency_is_invented(system):
    assert prices()(None) == "" and prices()(Decimal(2)) == "2.00" and with_currency("Price") == "Price"
    system(country="KZ")
    assert with_currency("Price") == "Price, KZT"


def test_a_page_reads_the_settings_once(system, django_assert_num_queries):
    system(country="GE")
    template = engines["django"].from_string(
        "{% load money %}{% for one in all %}{% price one %};{% endfor %}{% price nothing %}{% price 0 %}"
    )
    with django_assert_num_queries(1):
        text = template.render({"all": [Decimal(1), Decimal(2), None]})
    assert text.count("GEL") + text.count("₾") == 3
