"""Links to pages and addresses."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from home.addresses import checked_address
from home.blocks.chosen import in_readers_language
from home.blocks.groups import WAYS


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or to any address."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=80)
    text = blocks.CharBlock(label=gettext_lazy("One sentence"), required=False, max_length=200)
    page = blocks.PageChooserBlock(label=gettext_lazy("Page"), required=False)
    address = blocks.CharBlock(
        label=gettext_lazy("or an address"), required=False, max_length=300,
        help_text=gettext_lazy("For example /catalogue/ or https://example.org/"),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = gettext_lazy("Link")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "url": link_url(value)}

    def clean(self, value):
        result = super().clean(value)
        errors = {}
        if result.get("address"):
            try:
                result["address"] = checked_address(result["address"])
            except ValidationError as error:
                errors["address"] = error
        page = result.get("page")
        if page and not page.live and not self.is_deferred_validation:
            errors["page"] = ValidationError(_("This page is not published: readers would not see the link."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return result


def link_url(value: Any, request: Any = None) -> str:
    """Return where a LinkBlock leads: the page wins over the address; "" for neither and for unpublished pages."""
    return next(iter(link_urls([value], request)))


def link_urls(values: Iterable[Any], request: Any = None) -> list[str]:
    """The same for several, with one query for translations; pages are those in the reader's language."""
    values = list(values)
    chosen = {value["page"].pk: value["page"] for value in values if value.get("page")}
    pages = dict(zip(chosen, in_readers_language(chosen.values()), strict=True))
    urls = []
    for value in values:
        if value.get("page"):
            page = pages[value["page"].pk]
            urls.append((page.specific_deferred.get_url(request) or "") if page.live else "")
        else:
            urls.append(value.get("address") or "")
    return urls


class QuickLinksBlock(blocks.StructBlock):
    """Four to six ways into the site."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=gettext_lazy("Links"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Quick links")
        group = WAYS
        template = "home/blocks/links.html"
        description = gettext_lazy("One to six links with a sentence each.")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        urls = link_urls(value["links"], (parent_context or {}).get("request"))
        # A link to a page that was taken down is no link; one that never had an address is shown as its words.
        links = [
            (link, url) for link, url in zip(value["links"], urls, strict=True) if url or not link["page"]
        ]
        return {**context, "links": links}

    def get_preview_value(self):
        links = [
            {"title": _("Catalogue"), "text": "", "address": "/catalogue/"},
            {"title": _("Libraries"), "text": "", "address": "/branches/"},
        ]
        return self.normalize({"title": "", "links": links})


class ButtonBlock(LinkBlock):
    """A link that looks like what it asks to do."""

    text = None
    title = blocks.CharBlock(
        label=gettext_lazy("Words on the button"),
        max_length=50,
        help_text=gettext_lazy("What happens: “Become a reader”, not “Click here”."),
    )


class CallToActionBlock(blocks.StructBlock):
    """One thing to do, said plainly, with one button."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    text = blocks.TextBlock(label=gettext_lazy("One sentence"), required=False, max_length=300, rows=2)
    button = ButtonBlock(label=gettext_lazy("Button"))

    class Meta:
        icon = "pick"
        label = gettext_lazy("Call to do something")
        group = WAYS
        template = "home/blocks/call.html"
        description = gettext_lazy("One thing readers can do now, with a button. At most one on a page.")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "url": link_url(value["button"], (parent_context or {}).get("request"))}

    def get_preview_value(self):
        button = {"title": _("Find a library"), "address": "/branches/"}
        sentence = _("All libraries with address, opening hours and what readers find there.")
        return self.normalize({"title": _("Libraries"), "text": sentence, "button": button})
