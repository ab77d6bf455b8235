import re

import pytest
from django.conf import settings

from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def language_menu(html: str) -> dict[str, str]:
    """{language: address} of the language switch."""
    menu = (
        html.split('aria-label="Language"')[1].split("</nav>")[0] if 'aria-label="Language"' in html else html
    )
    return {
        code: url.replace("&amp;", "&") for url, code in re.findall(r'<a href="([^"]*)" lang="(\w\w)"', menu)
    }


def test_the_switch_keeps_the_page_and_its_query(client):
    BranchFactory(code="central")
    menu = language_menu(client.get("/en/branches/central/", {"q": "a b", "open": "1"}).text)
    assert menu == {code: f"/{code}/branches/central/?q=a+b&open=1" for code in LANGUAGES}


def test_each_language_is_named_in_itself(client):
    html = client.get("/en/branches/").text
    for _code, name in settings.LANGUAGES:
        assert name in html


def test_the_switch_leads_to_a_pages_own_translation(client):
    homes = make_site()
    page = make_page(homes["en"], "About", slug="about")
    make_page(homes["az"], "Haqqımızda", slug="haqqimizda", translation_key=page.translation_key)
    menu = language_menu(client.get("/en/about/").text)
    assert menu["az"] == "/az/haqqimizda/"
    assert menu["kk"] == "/kk/haqqimizda/"  # the library writes nothing in Kazakh: its own language stands in
    assert menu["en"] == "/en/about/"


def test_a_page_shown_in_another_language_says_so(client):
    make_page(make_site()["az"], "Haqqımızda", slug="haqqimizda")
    html = client.get("/kk/haqqimizda/").text
    assert '<html lang="kk"' in html
    assert 'lang="az"' in html.split("<main")[1]
    assert "Azərbaycanca" in html.split("<main")[1]


def test_alternates_name_only_real_translations(client):
    homes = make_site()
    page = make_page(homes["en"], "About", slug="about")
    page.copy_for_translation(homes["ru"].locale, alias=True)
    html = client.get("/en/about/").text
    assert re.findall(r'hreflang="(\w\w)" href="http://testserver([^"]*)"', html.split("</head>")[0]) == [
        ("en", "/en/about/")
    ]
    assert '<link rel="canonical" href="http://testserver/en/about/">' in html


def test_the_canonical_address_has_no_query(client):
    html = client.get("/ru/branches/", {"open": "1"}).text
    assert '<link rel="canonical" href="http://testserver/ru/branches/">' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_home_page(client, language):
    make_site()
    assert client.get(f"/{language}/").status_code == 200
