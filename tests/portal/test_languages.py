import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ADDRESSES = [
    "/", "/branches/", "/events/", "/halls/", "/mobile/", "/archive/", "/e-resources/", "/ask/", "/catalogue/",
    "/search/",
]  # fmt: skip


@pytest.mark.parametrize("address", [*ADDRESSES, "/my/", "/desk/", "/catalogue/7/", "/no/such/page/"])
def test_an_address_without_language_leads_to_the_librarys_own_and_keeps_the_query(client, address):
    response = client.get(address, {"q": "Əliyev & Co", "page": "2"}, headers={"accept-language": "ru"})
    assert response.status_code == 302
    assert response.url == f"/az{address}?q=%C6%8Fliyev+%26+Co&page=2"


def test_a_form_sent_to_the_short_address_is_sent_again_as_a_form(client):
    response = client.post("/ask/", {"question": "?"})
    assert (response.status_code, response.url) == (307, "/az/ask/")


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example/az/", "/\\evil.example/", "///evil.example"]
)
def test_no_redirect_leaves_the_site(client, path):
    response = client.generic("GET", "/", PATH_INFO=path)
    assert response.status_code in (301, 302, 404)
    assert response.get("Location", "/az/").startswith("/az/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_pages(client, language):
    response = client.get(f"/{language}/branches/")
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text


HEADINGS = {
    "az": "Axtarış", "kk": "Іздеу", "ka": "ძიება", "uz": "Qidiruv", "tr": "Arama", "ru": "Поиск", "en": "Search",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_speaks_on_its_pages(client, translated, language):
    for address in ("branches/", "catalogue/?q=x", "catalogue/browse/", "catalogue/shelf/", "search/?q=x"):
        assert client.get(f"/{language}/{address}").status_code in (200, 503), address
    assert HEADINGS[language] in client.get(f"/{language}/search/").text


@pytest.mark.parametrize(
    "address", ["/health/live", "/robots.txt", "/sitemap.xml", "/theme.css", "/events/calendar.ics"]
)
def test_addresses_for_machines_carry_no_language(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/sru/none", "/oai/none", "/iiif/x/manifest", "/static/none.css", "/media/private.pdf"]
)
def test_unknown_machine_addresses_are_not_redirected(client, address):
    assert client.get(address).status_code == 404
