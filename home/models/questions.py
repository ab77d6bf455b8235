"""Questions asked often, with their answers."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks.standing import QUESTION_BLOCKS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import StandingPage, first_blocks
from search.analysis import fold

MANY_QUESTIONS = 8  # from so many on, the page has a search of its own
LONGEST_SEARCH = 100


class FAQPage(StandingPage):
    """Questions by subject; each answer opens on the spot and has an address of its own."""

    template = "home/faq_page.html"
    page_description = _("Questions asked often, by subject, with their answers.")

    questions = BlocksInCode(QUESTION_BLOCKS, blank=True, verbose_name=_("questions"))

    content_panels = [*FooterPage.content_panels, FieldPanel("questions")]

    class Meta:
        verbose_name = _("questions and answers")

    def begin(self, choice: str = "") -> None:
        self.title = _now("Questions and answers")
        self.questions = first_blocks(
            ("group", {"title": _now("Card and lending"), "questions": _first_questions()})
        )

    def entries(self) -> Iterator[tuple[str, str, Any, str]]:
        """Every question as (subject, question, answer, anchor); like questions get anchors with numbers."""
        taken: dict[str, int] = {}
        for block in self.questions:
            for entry in block.value["questions"]:
                # Readers keep links to answers: the words stand in them, not the position.
                stem = slugify(entry["question"], allow_unicode=True)[:60].strip("-") or "question"
                taken[stem] = taken.get(stem, 0) + 1
                anchor = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
                yield block.value["title"], entry["question"], entry["answer"], anchor

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        entries = list(self.entries())
        wanted = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
        words = fold(wanted).split()
        wanted = wanted if words else ""  # signs alone ask for nothing
        found = [entry for entry in entries if _mentions(entry, words)]
        groups: dict[str, list[Any]] = {}
        for subject, *entry in found:
            groups.setdefault(subject, []).append(entry)
        context["groups"] = list(groups.items())
        context["found"] = len(found)
        context["wanted"] = wanted
        context["has_search"] = len(entries) >= MANY_QUESTIONS or bool(wanted)
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """schema.org FAQPage; None while there are no questions."""
        questions = [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": strip_tags(answer.source).strip()},
            }
            for _subject, question, answer, _anchor in self.entries()
        ]
        if not questions:
            return None
        return {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions}


def _mentions(entry: tuple[str, str, Any, str], words: list[str]) -> bool:
    subject, question, answer, _anchor = entry
    text = fold(f"{subject} {question} {strip_tags(answer.source)}")
    return all(word in text for word in words)


def _first_questions() -> list[dict[str, str]]:
    questions = [
        (
            _now("How do I get a reader's card?"),
            _now("Come with your identity number. The card is made on the spot and is free."),
        ),
        (
            _now("How many books may I take, and for how long?"),
            _now("Write it here in a sentence, and link to the lending rules."),
        ),
        (_now("How do I renew?"), _now("Write here by which ways: at the desk, by phone, on this site.")),
    ]
    return [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in questions]
