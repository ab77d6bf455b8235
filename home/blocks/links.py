"""Links to pages and addresses."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or to any address."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=200)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("or an address"), required=False, max_length=300,
        help_text=_("For example /catalogue/ or https://example.org/"),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "url": link_url(value)}

    def clean(self, value):
        result = super().clean(value)
        address = result.get("address") or ""
        if address and not address.startswith(("/", "https://", "http://", "mailto:", "tel:")):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Begin with /, https://, mailto: or tel:."))}
            )
        return result


def link_url(value: blocks.StructValue) -> str:
    """Return where a LinkBlock leads: the page wins over the address; "" when neither is given."""
    page = value.get("page")
    return (page.get_url() or "") if page else value.get("address") or ""


class QuickLinksBlock(blocks.StructBlock):
    """Four to six ways into the site."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ul"
        label = _("Quick links")
        template = "home/blocks/links.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "links": [(link, link_url(link)) for link in value["links"]]}
