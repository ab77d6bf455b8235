"""New pages begin with a few helpful words in their own language, and services with what their kind usually says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Page

from home.models import ServicePage, StandingPage
from home.service_presets import ServiceGroup, ServiceKind

CHOICE = "kind"  # in the address of the form of a new service


def ask_for_the_kind(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """Before the form of a new service: which kind is it? (Wagtail's hook `before_create_page`.)

    Whether the person may add pages here was checked before. The choice travels on the parent, which Wagtail hands
    to `begin_page` when it makes the form.
    """
    if page_class is not ServicePage or request.method != "GET":
        return None
    choice = request.GET.get(CHOICE, "")
    if choice in ServiceKind.values:
        parent.chosen_beginning = choice
        return None
    kinds = [(group.label, [kind for kind in ServiceKind if kind.group is group]) for group in ServiceGroup]
    context = {"parent_page": parent, "groups": kinds, "next": request.GET.get("next", "")}
    return TemplateResponse(request, "home/admin/choose_service.html", context)


def begin_page(page: Page, parent: Page, **_kwargs: Any) -> None:
    """Fill the form of a new page in the language of its branch of the tree (signal `init_new_page`)."""
    if isinstance(page, StandingPage):
        with translation.override(parent.locale.language_code):
            page.begin(getattr(parent, "chosen_beginning", ""))
