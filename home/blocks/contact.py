"""A form on a page: a few questions whose answers go to the library as a letter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from home.blocks.groups import FORMS
from home.contact import QuestionsForm, forms_on
from library.housekeeping import MAIL_DAYS

KINDS = [
    ("line", gettext_lazy("One line")),
    ("text", gettext_lazy("Several lines")),
    ("email", gettext_lazy("E-mail address")),
    ("phone", gettext_lazy("Telephone number")),
    ("choice", gettext_lazy("One of several answers")),
    ("tick", gettext_lazy("A tick")),
]


class QuestionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=gettext_lazy("Question"), max_length=150)
    kind = blocks.ChoiceBlock(label=gettext_lazy("Kind of answer"), choices=KINDS, default="line")
    required = blocks.BooleanBlock(
        label=gettext_lazy("Must be answered"), required=False, default=False,
        help_text=gettext_lazy("Ask only for what you need."),
    )  # fmt: skip
    choices = blocks.TextBlock(
        label=gettext_lazy("The answers to choose from, one a line"), required=False, rows=3, max_length=1000
    )
    help = blocks.CharBlock(label=gettext_lazy("A hint"), required=False, max_length=200)

    class Meta:
        icon = "help"
        label = gettext_lazy("Question")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        lines = [line for line in (cleaned.get("choices") or "").splitlines() if line.strip()]
        if cleaned.get("kind") == "choice" and len(lines) < 2 and not self.is_deferred_validation:
            few = ValidationError(_("Write at least two answers, each on a line of its own."))
            raise blocks.StructBlockValidationError({"choices": few})
        return cleaned


class ContactFormBlock(blocks.StructBlock):
    """The form is shown on the page, and answered at an address of its own (home.views.contact)."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    text = blocks.TextBlock(label=gettext_lazy("What it is for"), required=False, max_length=400, rows=2)
    recipient = blocks.EmailBlock(
        label=gettext_lazy("Who gets the answers"),
        help_text=gettext_lazy("An e-mail address of the library. Readers do not see it."),
    )
    questions = blocks.ListBlock(QuestionBlock(), label=gettext_lazy("Questions"), min_num=1, max_num=10)
    thanks = blocks.CharBlock(
        label=gettext_lazy("What readers see when it is sent"), required=False, max_length=300,
        help_text=gettext_lazy("For example when they will have an answer."),
    )  # fmt: skip

    class Meta:
        icon = "form"
        label = gettext_lazy("Form")
        group = FORMS
        template = "home/blocks/form.html"
        description = gettext_lazy("Up to ten questions. The answers come by e-mail, nothing else is kept.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the empty `form` and the `action` it is sent to; "" where the page was never saved."""
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        placed = next((form for form in forms_on(page) if form.value is value), None) if page else None
        name = placed.block_id if placed else ""
        has_place = placed is not None and page.pk
        return {
            **context,
            "form": QuestionsForm(value["questions"], name=name),
            "action": reverse("home:form", args=[page.pk, name]) if has_place else "",
            "name": name[:8],
            "days": MAIL_DAYS,
        }

    def get_preview_value(self) -> Any:
        questions = [
            {"label": _("Your name"), "kind": "line", "required": True},
            {"label": _("Your message"), "kind": "text", "required": True},
        ]
        return self.normalize({"title": _("Write to us"), "recipient": "", "questions": questions})
