"""Documents and rules: house rules, lending rules that the policy writes itself, files in groups."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks.documents import DOCUMENT_BLOCKS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import StandingPage, first_blocks
from library.policy_text import policy_sections

MANY_PARTS = 3  # from so many on, the page begins with its contents


class DocumentsPage(StandingPage):
    """House rules (A28), lending rules, and documents to download, in parts with headings."""

    template = "home/documents_page.html"
    page_description = _("House rules, lending rules, and documents to download, in groups.")

    body = BlocksInCode(DOCUMENT_BLOCKS, blank=True, verbose_name=_("content"))

    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("documents and rules")

    def begin(self, choice: str = "") -> None:
        """House rules article by article, lending rules, and a group for forms."""
        self.title = _now("Documents and rules")
        self.body = first_blocks(
            ("rules", {"title": _now("House rules"), "articles": _house_rules()}),
            ("policy", None),
            ("documents", {"title": _now("Forms and orders"), "documents": []}),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parts = [(f"part-{number}", block) for number, block in enumerate(self.body, start=1)]
        if any(block.block_type == "policy" for block in self.body):
            # Worked out once, for the contents and the block.
            context["policy_sections"] = policy_sections(get_language() or "")
        titles = [(anchor, self._title(block, context)) for anchor, block in parts]
        contents = [(anchor, title) for anchor, title in titles if title]
        context["parts"] = parts
        context["contents"] = contents if len(contents) >= MANY_PARTS else []
        return context

    @staticmethod
    def _title(block: Any, context: dict[str, Any]) -> str:
        """What the contents call a part; "" for parts without a heading, and for rules that are not shown."""
        if block.block_type == "policy":
            return _now("Lending rules") if context["policy_sections"] else ""
        return block.value["title"] if block.block_type in ("rules", "documents") else ""


def _house_rules() -> list[dict[str, str]]:
    """What house rules usually regulate, in a sentence each (A28, A29, A30)."""
    rules = [
        (_now("Who may come"), _now("The library is open to everybody, free of charge.")),
        (
            _now("Reader's card"),
            _now("To take books home you need a card. It is made on the spot and costs nothing."),
        ),
        (
            _now("Quiet and respect"),
            _now("Speak softly in the reading rooms, and set your telephone to silent."),
        ),
        (_now("Books and equipment"), _now("Handle them with care, and tell us when something is damaged.")),
        (
            _now("Food and drink"),
            _now("Water in a closed bottle is welcome; please eat outside the reading rooms."),
        ),
        (_now("Bags and coats"), _now("Leave them at the cloakroom or in a locker.")),
        (_now("Children"), _now("Small children come with an adult, who looks after them.")),
        (
            _now("Pictures"),
            _now("Take pictures for yourself without disturbing others; ask before you take people."),
        ),
        (_now("What you read is private"), _now("We tell nobody what you search, borrow or read.")),
        (
            _now("If a rule is broken"),
            _now("We remind you first. Whoever disturbs again may be asked to leave."),
        ),
    ]
    return [{"title": title, "text": f"<p>{text}</p>"} for title, text in rules]
