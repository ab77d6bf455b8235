"""Links of a record say what they lead to, where, and in what form."""

import pytest

from catalog_pages.links import links_of


@pytest.fixture(autouse=True)
def own_address(settings):
    settings.BASE_URL = "https://library.example"


@pytest.mark.parametrize(
    ("link", "host", "form", "is_work", "is_elsewhere"),
    [
        ({"url": "https://www.example.org/a.PDF", "text": ""}, "example.org", "PDF", True, True),
        ({"url": "https://library.example/read/7", "text": ""}, "library.example", "Web page", True, False),
        ({"url": "http://x.example/toc.html", "relation": "related"}, "x.example", "Web page", False, True),
        ({"url": "http://x.example/a.mp3?b=.pdf"}, "x.example", "Sound", True, True),
    ],
)
def test_what_a_link_leads_to(link, host, form, is_work, is_elsewhere):
    (found,) = links_of([link])
    assert (found.host, str(found.form), found.is_work, found.is_elsewhere) == (
        host,
        form,
        is_work,
        is_elsewhere,
    )


@pytest.mark.parametrize(
    "url", ["ftp://x.example/a", "javascript:alert(1)", "", "http://[::1", "JAVASCRIPT:alert(1)"]
)
def test_what_a_browser_cannot_follow_is_left_out(url):
    assert links_of([{"url": url, "text": ""}]) == []


def test_the_work_itself_comes_first():
    found = links_of([{"url": "http://a.example", "relation": "related"}, {"url": "http://b.example"}])
    assert [link.host for link in found] == ["b.example", "a.example"]
