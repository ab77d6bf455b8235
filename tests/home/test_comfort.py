import pytest

pytestmark = pytest.mark.django_db


def test_choices_are_remembered_one_by_one(client):
    response = client.post("/en/comfort/", {"scheme": "dark", "next": "/en/branches/?q=x"})
    assert (response.status_code, response.url) == (302, "/en/branches/?q=x")
    client.post("/en/comfort/", {"text": "largest", "next": "/en/branches/"})
    html = client.get("/en/branches/").text
    assert 'data-scheme="dark" data-text="largest" data-contrast="normal"' in html
    assert 'media="screen" data-dark' in html


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_no_redirect_leaves_the_site(client, target):
    assert client.post("/kk/comfort/", {"text": "large", "next": target}).url == "/kk/"


@pytest.mark.parametrize("cookie", ["", "dark", "x.y.z.w", "DARK.large", '"><script>', "." * 500])
def test_a_broken_cookie_counts_as_no_choice(client, cookie):
    client.cookies["comfort"] = cookie
    html = client.get("/en/branches/").text
    assert "<script>" not in html and 'data-contrast="normal"' in html


def test_it_needs_a_form(client):
    assert client.get("/en/comfort/").status_code == 405
