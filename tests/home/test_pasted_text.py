"""What editors paste: words stay, whatever else a word processor or a stranger put in goes."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.models import Site

from catalog_pages.models import EResourcePage
from home.addresses import checked_address
from home.blocks.text import FEATURES, TextBlock
from library.rich_text import TextArea, cleaned
from tests.factories.home import make_page, make_site

pytestmark = pytest.mark.django_db

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</style>
<xml><w:WordDocument></w:WordDocument></xml></head><body lang=AZ><!--[if gte mso 9]><xml></xml><![endif]-->
<p class="MsoNormal" style="mso-margin-top-alt:auto"><b style="mso-bidi-font-weight:normal"><span lang="AZ"
style="font-size:14.0pt;font-family:&quot;Times New Roman&quot;">Oxucu bileti<o:p></o:p></span></b></p>
<h1 style="color:red">Başlıq</h1><p><font color="red">Rəngli</font> <a href="javascript:alert(1)" onclick="x()">keçid
</a> <a href="https://example.org/" target="_blank" style="x">sayt</a></p><table><tr><td>Cədvəl</td></tr></table>
<img src="file:///C:/clip.png" onerror="alert(1)"><script>alert(1)</script><iframe></iframe>
<ul><li class="MsoListParagraph">Bir</li></ul></body></html>"""
BAD = re.compile(
    r"javascript:|vbscript:|data:|file:|on\w+=|style=|class=|<(script|iframe|img|font|span|o:p|h1|table|style|xml)",
    re.I,
)


def convert(html: str) -> str:
    """As the editor does: from HTML into its own form when a page is opened, and back when it is saved."""
    field = TextArea(features=FEATURES)
    return field.value_from_datadict({"x": field.format_value(html)}, {}, "x")


def test_text_from_a_word_processor_keeps_its_words_alone():
    html = convert(WORD)
    assert not BAD.search(html), html
    for words in (
        "<b>Oxucu bileti</b>",
        "Başlıq",
        "Rəngli",
        "keçid",
        'href="https://example.org/"',
        "<li",
        "Bir",
    ):
        assert words in html
    assert "alert" not in html and "MsoNormal" not in html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Plain <b>words</b></p>", "<p>Plain <b>words</b></p>"),
        ('<p><a linktype="page" id="3">Page</a></p>', '<p><a id="3" linktype="page">Page</a></p>'),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<p>x<img src=a.png>y</p>", "<p>xy</p>"),
        ('<a href="javascript:x()">x</a>', "x"),
        ("<li>alone</li>", "<p>alone</p>"),
        ("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>"),
        ("</p></b>loose", "loose"),
        ("", ""),
    ],
)
def test_cleaning(html, expected):
    assert cleaned(html) == expected


@pytest.mark.parametrize(
    "html", ["<p>a</b>c</p>", "<b><p>x</b></p>", "<li>x</li>", "<a>x</a>", "<p", "<" * 500, "&#0;"]
)
def test_broken_html_opens_in_the_editor(html):
    assert json.loads(TextArea(features=FEATURES).format_value(html))["blocks"] is not None


def content(text="words", *, styles=(), entity=None, kind="unstyled"):
    """What a browser posts; somebody may write it by hand."""
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if entity else []
    block = {
        "key": "a", "type": kind, "depth": 0, "text": text, "entityRanges": ranges,
        "inlineStyleRanges": [{"offset": 0, "length": len(text), "style": style} for style in styles],
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def link(url):
    return {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}


UNSAFE = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\x01javascript:x",
    "vbscript:msgbox(1)", "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "jav&#x09;ascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("url", UNSAFE[:-1])
def test_unsafe_links_are_refused_in_running_text(url):
    saved = ContentstateConverter(FEATURES).to_database_format(content(entity=link(url)))
    assert "words" in saved and "href" not in saved


def test_an_entity_in_a_link_is_no_sign():
    """`&#x09;` written out is saved as these letters: for browsers a name of a page, not a program."""
    saved = ContentstateConverter(FEATURES).to_database_format(content(entity=link(UNSAFE[-1])))
    assert "jav&amp;#x09;ascript" in saved or "href" not in saved


@pytest.mark.parametrize("url", UNSAFE)
def test_and_by_the_window_in_which_links_are_chosen(client, admin_user, url):
    client.force_login(admin_user)
    answer = client.post(
        reverse("wagtailadmin_choose_page_external_link"),
        {"external-link-chooser-url": url, "external-link-chooser-link_text": "x"},
    )
    assert answer.status_code == 200 and answer.json()["step"] == "external_link", "the form is shown again"


@pytest.mark.parametrize("url", UNSAFE)
def test_and_in_links_and_redirects(url):
    with pytest.raises(ValidationError):
        checked_address(url)
    form = RedirectForm({"old_path": "/old/", "site": "", "is_permanent": "on", "redirect_link": url})
    assert not form.is_valid() and "redirect_link" in form.errors


@pytest.mark.parametrize("url", UNSAFE)
def test_and_in_addresses_of_electronic_resources(url):
    with pytest.raises(ValidationError):
        EResourcePage(title="x", slug="x", address=url).clean_fields(
            exclude=["path", "depth", "content_type"]
        )


@pytest.mark.parametrize(
    "posted",
    [
        content(kind="header-one"),
        content(kind="atomic"),
        content(styles=["CODE", "BOLD", "UNKNOWN"]),
        content(entity={"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"src": "javascript:x"}}),
        content(entity={"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": "https://x.example"}}),
        content("<script>alert(1)</script>"),
    ],
)
def test_what_the_editor_does_not_offer_is_not_saved(posted):
    saved = ContentstateConverter(FEATURES).to_database_format(posted)
    assert not BAD.search(saved), saved


@pytest.mark.parametrize("posted", ["", "nonsense", "[]", "{}", '{"blocks": 7}', "null"])
def test_a_broken_text_breaks_no_page_of_the_staff(client, admin_user, posted):
    page = make_page(make_site()["en"], "A page")
    client.force_login(admin_user)
    data = {
        "title": "A page", "slug": "a-page", "intro": "", "search_description": "", "seo_title": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "paragraph",
        "body-0-id": "x", "body-0-value": posted, "action-publish": "1",
    }  # fmt: skip
    response = client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert response.status_code in (200, 302, 400)


def test_the_text_block_offers_no_headings_pictures_or_colours():
    assert set(TextBlock().features) == {"bold", "italic", "ol", "ul", "link", "document-link"}


def test_a_redirect_to_the_web_is_possible():
    data = {
        "old_path": "/old/",
        "site": Site.objects.get().pk,
        "is_permanent": "on",
        "redirect_link": "https://a.example/",
    }
    assert RedirectForm(data).is_valid()
