"""Lending rules in the reader's language, written by the policy itself."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.groups import FORMS
from library.policy_text import policy_sections


class PolicyTextBlock(blocks.StaticBlock):
    """What the hook `register_policy_text` says. Without it staff see a note, and readers nothing."""

    class Meta:
        icon = "list-ol"
        label = _("Lending rules")
        admin_text = _(
            "The portal writes the lending rules by itself, from those that are in force at the desk."
        )
        group = FORMS
        template = "home/blocks/policy_text.html"
        description = _("For the page on documents and rules: how many, how long, and what is not lent.")

    def get_preview_value(self):
        return None

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        user = getattr(request, "user", None)
        sections = context.get("policy_sections")  # a page that needs them too has asked already
        if sections is None:
            sections = policy_sections(get_language() or "")
        is_staff = not sections and user is not None and user.has_perm("wagtailadmin.access_admin")
        return {**context, "sections": sections, "tell_staff": is_staff}
