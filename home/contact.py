"""Forms that staff put on pages: questions in, one letter out. Nothing is kept but the letter in the queue."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from library.mail import queue_mail

FORM_BLOCK = "form"
TRAP = "website"  # a field that people do not see and programs fill in
SHAPE = "shape"
LONGEST_LINE, LONGEST_TEXT = 200, 4000


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A form block where it stands: on which page, under which number, with what staff wrote into it."""

    page: Page
    block_id: str
    value: Mapping[str, Any]


class QuestionsForm(forms.Form):
    """The questions of a block as fields `q0`, `q1`, …; errors are tied to them."""

    use_required_attribute = True

    def __init__(self, questions: Sequence[Mapping[str, Any]], data: Any = None, *, name: str = "") -> None:
        super().__init__(data, auto_id=f"form-{name[:8]}-%s")
        self.questions = list(questions)
        self.shape = _shape_of(self.questions)
        for number, question in enumerate(self.questions):
            self.fields[f"q{number}"] = _field(question)

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people do not see."""
        return bool(self.data.get(TRAP))

    @property
    def has_changed_meanwhile(self) -> bool:
        """Whether staff changed the questions after the reader opened the page."""
        return self.data.get(SHAPE) != self.shape

    def answers(self) -> list[tuple[str, str]]:
        """Questions and what was answered, in words; unanswered ones are left out."""
        answered = ((self.fields[name].label, value) for name, value in self.cleaned_data.items())
        return [(str(label), _in_words(value)) for label, value in answered if value not in ("", None, False)]


def _field(question: Mapping[str, Any]) -> forms.Field:
    kind = question.get("kind") or "line"
    common = {
        "label": question["label"],
        "required": bool(question.get("required")),
        "help_text": question.get("help") or "",
    }
    if kind == "text":
        area = forms.Textarea(attrs={"class": "textarea", "rows": 6})
        return forms.CharField(max_length=LONGEST_TEXT, widget=area, **common)
    if kind == "email":
        entry = forms.EmailInput(attrs={"class": "input", "autocomplete": "email"})
        return forms.EmailField(max_length=254, widget=entry, **common)
    if kind == "phone":
        entry = forms.TextInput(attrs={"class": "input", "type": "tel", "autocomplete": "tel"})
        return forms.CharField(max_length=40, widget=entry, **common)
    if kind == "choice":
        choices = [line.strip() for line in (question.get("choices") or "").splitlines() if line.strip()]
        return forms.ChoiceField(
            choices=[("", "–"), *((choice, choice) for choice in choices)],
            widget=forms.Select(attrs={"class": "select"}),
            **common,
        )
    if kind == "tick":
        return forms.BooleanField(**common)
    return forms.CharField(
        max_length=LONGEST_LINE, widget=forms.TextInput(attrs={"class": "input"}), **common
    )


def _in_words(value: Any) -> str:
    return str(_("Yes")) if value is True else str(value)


def _shape_of(questions: Sequence[Mapping[str, Any]]) -> str:
    shape = [[question["label"], question.get("kind"), question.get("choices")] for question in questions]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:12]


def forms_on(page: Page) -> Iterator[PlacedForm]:
    """Every form block of a page, in whatever stream it stands."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name) or ():
                if block.block_type == FORM_BLOCK and block.id:
                    yield PlacedForm(page, block.id, block.value)


def placed_form(page: Page, block_id: str) -> PlacedForm | None:
    """The form of a page under its number; None where staff have taken it away."""
    return next((form for form in forms_on(page) if form.block_id == block_id), None)


@transaction.atomic
def send_answers(*, placed: PlacedForm, answers: Sequence[tuple[str, str]]) -> None:
    """Queue the letter to the address that staff chose. The same answers on the same day are one letter.

    The portal keeps the letter as long as any (see library.housekeeping), and nothing else.
    """
    words = json.dumps([placed.page.pk, placed.block_id, list(answers)])
    digest = hashlib.sha256(words.encode()).hexdigest()[:40]
    queue_mail(
        to=placed.value["recipient"],
        template="page_form",
        context={
            "title": " ".join(placed.value["title"].split()),
            "page": placed.page,
            "answers": answers,
        },
        language=settings.LANGUAGE_CODE,
        key=f"page-form-{timezone.localdate():%Y%m%d}-{digest}",
    )
