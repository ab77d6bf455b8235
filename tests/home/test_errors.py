from unittest import mock

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import RequestFactory

from home.views import errors

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_is_said_kindly(client, language):
    response = client.get(f"/{language}/no/such/page/")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert f'href="/{language}/catalogue/"' in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_page_needs_no_database(language):
    # No database mark: a query would fail this test.
    response = errors.server_error(RequestFactory().get(f"/{language}/catalogue/"))
    assert response.status_code == 500
    assert f'<html lang="{language}"' in response.text


def test_an_error_page_that_cannot_be_drawn_falls_back():
    with mock.patch("home.views.errors.render", side_effect=DatabaseError):
        response = errors.page_not_found(RequestFactory().get("/ru/x/"), Exception())
    assert response.status_code == 404
    assert '<html lang="ru"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.permission_denied, 403)])
def test_other_errors_have_pages_of_their_own(view, status):
    response = view(RequestFactory().get("/en/"), Exception())
    assert response.status_code == status
    assert "<h1>" in response.text
