"""Facts of a service, partners, vacancies, questions, gaps in accessibility: what the standing pages list."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.content import TextBlock

PARTNER_KINDS = [
    ("education", _("Schools and universities")),
    ("culture", _("Libraries, museums, archives")),
    ("authority", _("City and state bodies")),
    ("society", _("Societies and foundations")),
    ("business", _("Companies")),
    ("abroad", _("Abroad")),
    ("other", _("Others")),
]


class FactBlock(blocks.StructBlock):
    """One fact: its name and its value in words."""

    name = blocks.CharBlock(label=_("Fact"), max_length=80)
    value = blocks.TextBlock(label=_("In words"), rows=1, max_length=400)

    class Meta:
        icon = "table"
        label = _("Fact")


class WebAddressBlock(blocks.URLBlock):
    """An address of the web: nothing that could run in the reader's browser."""

    def __init__(self, **kwargs):
        super().__init__(**({"required": False, "max_length": 300} | kwargs))

    def clean(self, value):
        value = super().clean(value)
        if value and not value.startswith(("https://", "http://")):
            raise ValidationError(_("A link begins with https:// or http://."))
        return value


class PartnerBlock(blocks.StructBlock):
    """A body the library works with, and what was agreed (A5)."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=PARTNER_KINDS, default="education")
    text = blocks.TextBlock(label=_("What we do together"), required=False, rows=2, max_length=400)
    since = blocks.CharBlock(label=_("Since"), required=False, max_length=40)
    until = blocks.CharBlock(
        label=_("Until"), required=False, max_length=40, help_text=_("Empty: until further notice.")
    )
    memorandum = DocumentChooserBlock(label=_("Memorandum"), required=False)
    address = WebAddressBlock(label=_("Web page"))
    logo = ImageBlock(label=_("Logo"), required=False)

    class Meta:
        icon = "group"
        label = _("Partner")


class VacancyBlock(blocks.StructBlock):
    """A post that is open until the deadline; the day after it is no longer shown."""

    title = blocks.CharBlock(label=_("Post"), max_length=120)
    place = blocks.CharBlock(
        label=_("Where"), required=False, max_length=160, help_text=_("For example the name of the library.")
    )
    terms = blocks.CharBlock(
        label=_("Hours and pay"), required=False, max_length=200,
        help_text=_("For example: full time, from March."),
    )  # fmt: skip
    posted = blocks.DateBlock(label=_("Announced on"), required=False)
    deadline = blocks.DateBlock(
        label=_("Apply until"), required=False, help_text=_("The last day. Empty: until the post is filled.")
    )
    text = TextBlock(label=_("What you would do, what we ask for"))
    how = blocks.CharBlock(label=_("How to apply"), required=False, max_length=300)
    document = DocumentChooserBlock(label=_("Document"), required=False)

    class Meta:
        icon = "user"
        label = _("Vacancy")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionGroupBlock(blocks.StructBlock):
    """Questions on one subject."""

    title = blocks.CharBlock(
        label=_("Subject"), required=False, max_length=120, help_text=_("May stay empty on a short page.")
    )
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=60)

    class Meta:
        icon = "help"
        label = _("Questions on one subject")


class GapBlock(blocks.StructBlock):
    """What does not work for everybody yet, and the way around it."""

    what = blocks.CharBlock(label=_("What does not work"), max_length=200)
    instead = blocks.CharBlock(label=_("What readers can do instead"), required=False, max_length=300)
    until = blocks.CharBlock(label=_("Mended by"), required=False, max_length=60)

    class Meta:
        icon = "warning"
        label = _("Known gap")


FACT_BLOCKS = [("fact", FactBlock())]
PARTNER_BLOCKS = [("partner", PartnerBlock())]
VACANCY_BLOCKS = [("vacancy", VacancyBlock())]
QUESTION_BLOCKS = [("group", QuestionGroupBlock())]
GAP_BLOCKS = [("gap", GapBlock())]
