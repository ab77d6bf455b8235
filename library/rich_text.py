"""The editor of running text, made to bear what is pasted, imported or posted by hand.

Text pasted into the editor is cleaned in the browser, and saved from the editor's own form, which knows nothing but
what the field offers. What came another way (an import, an older site) is cleaned when it is opened.
"""

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, Declaration, Doctype, ProcessingInstruction, Tag
from django.utils.html import format_html, strip_tags
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.whitelist import check_url

# With everything that stands inside them.
DROPPED = (
    "script", "style", "head", "title", "xml", "iframe", "object", "form", "svg", "math", "template", "noscript",
    "img", "picture", "video", "audio", "canvas", "link", "meta",
)  # fmt: skip
KEPT = {
    "p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "hr", "sub", "sup", "del", "code",
    "blockquote", "embed",
}  # fmt: skip
# Lines of their own in other programs.
LINES = {"h1", "h5", "h6", "div", "section", "article", "dt", "dd", "tr", "caption", "pre", "center"}
OF_OURS = {"linktype", "id", "embedtype", "format", "alt", "url", "data-block-key"}
FOREIGN = re.compile(
    r"<(?:!--|!|\?|(?:script|style|head|html|body|xml|img|font|span|table|iframe|div|h1|\w+:\w+)\b)|\s(?:style|class|on\w+)\s*=",
    re.I,
)


class TextArea(DraftailRichTextArea):
    """Wagtail's editor of running text; nothing that stands in the field or is posted to it breaks the page."""

    def format_value(self, value: Any) -> str:
        html = "" if value is None else str(getattr(value, "source", value))
        if FOREIGN.search(html):
            html = cleaned(html)
        try:
            return super().format_value(html)
        except Exception:  # noqa: BLE001 - the converter asserts and raises whatever it likes
            return super().format_value(format_html("<p>{}</p>", strip_tags(html)))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        try:
            return super().value_from_datadict(data, files, name)
        except Exception:  # noqa: BLE001 - the same on the way back: this was written by no editor
            return ""


def cleaned(html: str) -> str:
    """HTML of another program with nothing left but words, paragraphs, lists, emphasis and safe links.

    >>> cleaned('<h1 style="color:red">Title</h1><p onclick="x()">Words</p><script>x()</script>')
    '<p>Title</p><p>Words</p>'
    """
    soup = BeautifulSoup(html, "html.parser")
    for junk in soup.find_all(DROPPED):
        junk.decompose()
    for note in soup.find_all(string=lambda text: isinstance(text, NOTES)):
        note.extract()
    for tag in soup.find_all(True):
        _clean_tag(tag)
    return str(soup).strip()


NOTES = (Comment, Declaration, Doctype, ProcessingInstruction)


def _clean_tag(tag: Tag) -> None:
    href = tag.get("href")
    is_item = tag.name == "li" and tag.parent is not None and tag.parent.name not in ("ul", "ol")
    tag.attrs = {name: value for name, value in tag.attrs.items() if name in OF_OURS}
    if tag.name == "a":
        if href is not None and check_url(str(href)) is not None:
            tag["href"] = str(href)
        elif "linktype" not in tag.attrs:
            tag.unwrap()
    elif tag.name in LINES or is_item:
        tag.name = "p"
    elif tag.name not in KEPT:
        if tag.name in ("td", "th"):
            tag.append(" ")
        tag.unwrap()
