"""Staff pages of announcements: texts to be copied, and what was posted in Telegram."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import ListView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.images.models import SourceImageIOError

from library.announcements.queue import is_on, send_again
from library.announcements.texts import Announced, Text, texts_of
from library.models import PortalRendition, PostState, TelegramPost
from library.schedule import Scheduled

VIEW, CHANGE = "library.view_telegrampost", "library.change_telegrampost"
ROWS = 50
_A_MINUTE = timedelta(minutes=1)


def announcement_page(request: HttpRequest, announced: Announced, *, back: str) -> HttpResponse:
    """The texts and pictures of an announcement, to be copied; the caller has checked the right.

    `back` is the staff page of what is announced.
    """
    post = TelegramPost.objects.filter(key=announced.key).first()
    context = {
        "announced": announced,
        "texts": [(text, _picture(announced, text)) for text in texts_of(announced)],
        "post": post,
        "is_on": is_on(),
        "may_retry": request.user.has_perm(CHANGE),
        "back": back,
        "page_title": _("Announcement"),
        "header_title": _("Announcement: %(title)s") % {"title": announced.title},
    }
    return TemplateResponse(request, "library/announcements/texts.html", context)


def _picture(announced: Announced, text: Text) -> PortalRendition | None:
    if announced.picture is None:
        return None
    try:
        return announced.picture.get_rendition(text.network.picture)
    except SourceImageIOError:  # its file is gone; the words are there still
        return None


class TelegramPostsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, ListView):
    """What was posted in the channel, what waits, and what went wrong."""

    template_name = "library/announcements/posts.html"
    page_title = gettext_lazy("Posts in Telegram")
    header_icon = "mail"
    permission_required = VIEW
    raise_exception = True
    paginate_by = ROWS
    queryset = TelegramPost.objects.order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            is_on=is_on(),
            channel=settings.TELEGRAM_CHANNEL,
            may_retry=self.request.user.has_perm(CHANGE),
            **kwargs,
        )


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a post that was given up into the queue once more."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    if send_again(get_object_or_404(TelegramPost, pk=pk)):
        messages.success(request, _("The post waits for the worker again."))
    else:
        messages.warning(request, _("That has been done already, perhaps by somebody else."))
    return redirect("library_telegram")


def addresses() -> list[URLPattern]:
    return [
        path("reports/telegram/", TelegramPostsView.as_view(), name="library_telegram"),
        path("reports/telegram/<int:pk>/", try_again, name="library_telegram_retry"),
    ]


class TelegramMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_on() and request.user.has_perm(VIEW)


def menu_item() -> TelegramMenuItem:
    return TelegramMenuItem(
        _("Posts in Telegram"), reverse("library_telegram"), name="telegram", icon_name="mail", order=920
    )


def schedule() -> Scheduled:
    """Posts that wait for another try; new ones are sent at once by a job of their own."""
    from library.announcements.sending import send_due  # the room's tasks are known when it is ready

    return Scheduled(
        name="telegram", label=gettext_lazy("Send posts to Telegram"), run=send_due, every=_A_MINUTE
    )


class FailedPostsPanel(Component):
    """Posts that were given up, on the first page of the staff."""

    name = "telegram_failed"
    template_name = "library/announcements/panel.html"
    order = 120

    def __init__(self, posts: list[TelegramPost]) -> None:
        self.posts = posts

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"posts": self.posts}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may try again (hook `construct_homepage_panels`)."""
    if is_on() and request.user.has_perm(CHANGE):
        posts = list(TelegramPost.objects.filter(state=PostState.FAILED)[:5])
        if posts:
            panels.append(FailedPostsPanel(posts))
