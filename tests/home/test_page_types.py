"""What every page type keeps to, whichever room it comes from."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage
from library.models import BasePage
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db

TYPES = [model for model in apps.get_models() if issubclass(model, BasePage) and model is not HomePage]


def made(model: type[Page], parent: Page) -> Page:
    """A page of the type with as little as it can have."""
    page = model(title="A page of words", slug="words", locale=parent.locale)
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if is_text and not field.blank and not field.value_from_object(page):
            setattr(page, field.name, "https://example.org/")
        if isinstance(field, models.DateField) and not field.null and field.value_from_object(page) is None:
            setattr(
                page, field.name, timezone.now() if "time" in type(field).__name__.lower() else date.today()
            )
    return parent.add_child(instance=page)


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_it_says_in_which_language_it_is(client, model):
    homes = make_site()
    page = made(model, homes["az"])
    for locale in ("ru", "en"):
        page.copy_for_translation(homes[locale].locale, alias=True)
    for code in ("ru", "en", "kk", "uz"):
        response = client.get(f"/{code}/words/")
        assert response.status_code == 200, code
        main = response.text.split("<main")[1]
        assert "Azərbaycanca" in main and 'lang="az"' in main, code
        head = response.text.split("</head>")[0]
        assert set(re.findall(r'hreflang="([\w-]+)"', head)) == {"az"}, code
        assert '<link rel="canonical" href="http://testserver/az/words/">' in head
    assert 'class="notice foreign-language"' not in client.get("/az/words/").text


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_its_head_is_whole(client, model):
    page = made(model, make_site()["en"])
    text = client.get(page.url).text
    head = text.split("</head>")[0]
    for name in ("description", "twitter:card"):
        assert re.search(rf'<meta name="{name}" content="[^"]+"', head), name
    for name in ("og:title", "og:url", "og:image", "og:description"):
        assert re.search(rf'<meta property="{name}" content="[^"]+"', head), name
    assert text.count("<h1") == 1
    assert '"BreadcrumbList"' in text
    assert "<script>" not in text and " style=" not in text
