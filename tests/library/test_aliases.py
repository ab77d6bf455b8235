"""Pages in languages that they are not translated into yet."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import ContentPage
from home.sitemaps import PageSitemap
from home.sources import PageSource
from library.aliases import make_aliases, make_all_aliases
from library.locales import content_locales, create_content_locales
from tests.factories.home import make_page, make_site
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


def languages(page):
    rows = page.get_translations(inclusive=True).values_list("locale__language_code", "alias_of")
    return {code: bool(alias) for code, alias in rows}


# --- Locales ------------------------------------------------------------------------------------------


def test_every_content_language_has_its_locale(settings):
    assert [locale.language_code for locale in content_locales()] == ["az", "ru", "en"]
    settings.CONTENT_LANGUAGES = ["az", "kk"]
    settings.WAGTAIL_CONTENT_LANGUAGES = [("az", "az"), ("kk", "kk")]
    create_content_locales()
    create_content_locales()
    assert [locale.language_code for locale in content_locales()] == ["az", "kk"]
    assert Locale.all_objects.count() == 4


def test_the_administration_lists_the_locales(client):
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse("wagtaillocales:index")).status_code == 200


# --- Aliases ------------------------------------------------------------------------------------------


def test_a_page_gets_an_alias_in_each_language_it_lacks():
    homes = make_site()
    section = make_page(homes["az"], "Bölmə", slug="bolme")
    page = make_page(section, "Haqqımızda", slug="haqqimizda")
    made = make_aliases(page=page)
    assert {alias.locale.language_code for alias in made} == {"ru", "en"}
    assert languages(page) == languages(section) == {"az": False, "ru": True, "en": True}
    assert make_aliases(page=page) == make_aliases(page=made[0]) == []


def test_a_translation_is_left_alone():
    homes = make_site()
    page = make_page(homes["az"], "Haqqımızda", slug="about")
    make_page(homes["en"], "About", slug="about", translation_key=page.translation_key)
    make_aliases(page=page)
    assert languages(page) == {"az": False, "en": False, "ru": True}


def test_an_alias_follows_its_page_drafts_included():
    homes = make_site()
    draft = make_page(homes["az"], "Qaralama", slug="qaralama", live=False)
    alias = next(alias for alias in make_aliases(page=draft) if alias.locale.language_code == "ru")
    assert not Page.objects.get(pk=alias.pk).live
    draft.title = "Hazırdır"
    draft.save_revision().publish()
    alias = Page.objects.get(pk=alias.pk)
    assert (alias.live, alias.title) == (True, "Hazırdır")


def test_all_pages_at_once_when_a_language_is_added(settings, capsys):
    homes = make_site()
    make_page(make_page(homes["az"], "Bölmə", slug="bolme"), "Səhifə", slug="sehife")
    make_page(homes["ru"], "О нас", slug="o-nas")
    call_command("make_aliases")
    assert "6 aliases made" in capsys.readouterr().out
    assert make_all_aliases() == 0
    settings.CONTENT_LANGUAGES = ["az", "ru", "en", "kk"]
    settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in settings.CONTENT_LANGUAGES]
    create_content_locales()
    assert make_all_aliases() == 4
    assert ContentPage.objects.filter(locale__language_code="kk").count() == 3


def test_a_page_created_in_the_administration_gets_its_aliases(client):
    homes = make_site()
    client.force_login(UserFactory(is_superuser=True))
    data = {
        "title": "Haqqımızda", "slug": "haqqimizda", "intro": "", "action-publish": "1", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "body-count": "0", "seo_title": "", "search_description": "",
    }  # fmt: skip
    response = client.post(
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", homes["az"].pk]), data
    )
    assert response.status_code == 302, response.context["form"].errors
    assert languages(ContentPage.objects.get(locale__language_code="az")) == {
        "az": False,
        "ru": True,
        "en": True,
    }


def test_an_alias_is_read_in_its_own_language_and_known_to_no_search_engine(client):
    page = make_page(make_site()["az"], "Haqqımızda", slug="haqqimizda")
    aliases = make_aliases(page=page)
    html = client.get("/ru/haqqimizda/").text
    assert '<html lang="ru"' in html
    assert "Azərbaycanca" in html.split("<main")[1] and 'lang="az"' in html.split("<main")[1]
    head = html.split("</head>")[0]
    assert '<link rel="canonical" href="http://testserver/az/haqqimizda/">' in head
    assert 'hreflang="ru"' not in head and 'hreflang="en"' not in head
    sitemap = {item.pk for item in PageSitemap().items()}
    indexed = PageSource().ids_after(0, 100)
    for alias in aliases:
        assert alias.pk not in sitemap and alias.pk not in indexed
    assert page.pk in sitemap and page.pk in indexed
    assert not list(PageSource().documents([alias.pk for alias in aliases]))
