import pytest

from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


def test_robots_keep_out_of_searches_and_find_the_sitemap(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /*/search/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_names_its_parts(client):
    text = client.get("/sitemap.xml").text
    for part in ("pages", "libraries", "records"):
        assert f"http://testserver/sitemap-{part}.xml" in text
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_pages_stand_in_the_sitemap_in_their_own_language_without_aliases(client):
    homes = make_site()
    page = make_page(homes["az"], "Haqqımızda", slug="haqqimizda")
    make_page(homes["az"], "Draft", slug="draft", live=False)
    page.copy_for_translation(homes["ru"].locale, alias=True)
    text = client.get("/sitemap-pages.xml").text
    assert "<loc>http://testserver/az/haqqimizda/</loc>" in text
    assert "/ru/haqqimizda/" not in text and "/draft/" not in text


def test_libraries_stand_in_the_sitemap_in_every_language(client):
    BranchFactory(code="central")
    text = client.get("/sitemap-libraries.xml").text
    assert "<loc>http://testserver/kk/branches/central/</loc>" in text
    assert 'hreflang="ka"' in text
