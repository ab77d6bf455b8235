"""Whom the portal takes for signed in."""

import time
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, SimpleLazyObject
from django.utils.translation import gettext as _

from library.models import User
from library.sign_in import second_factor

LAST_SEEN = "last_seen"
STAMP_SECONDS = 60
# An open editor asks here every few seconds by itself: that is nobody at work.
BACKGROUND = "/admin/editing-sessions/"


class StaffSessionMiddleware:
    """A password alone signs nobody in where a code is needed too, and a session left idle ends.

    It stands behind OTPMiddleware and changes who `request.user` is, so it holds at every address there is and will
    be. Nothing happens until somebody asks for the user: pages for readers touch no session.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.half_signed_in = None
        request.user = SimpleLazyObject(partial(person, request, request.user))
        return self.get_response(request)


def person(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    """`user`, or nobody while the session is idle for too long or the second factor is missing.

    In the latter case `request.half_signed_in` is the user.
    """
    if not user.is_authenticated:
        return user
    while isinstance(
        user, LazyObject
    ):  # Wagtail's log looks under one wrapping only, and there are two by now
        user = user._wrapped
    if _left_idle(request):
        # Not logout(): it would ask for request.user, which is being found out here.
        request.session.flush()
        messages.info(request, _("You were away for a while. Please sign in again."), fail_silently=True)
        return AnonymousUser()
    if second_factor.is_missing(user):
        request.half_signed_in = user
        return AnonymousUser()
    return user


def _left_idle(request: HttpRequest) -> bool:
    now = int(time.time())
    seen = request.session.get(LAST_SEEN, now)
    if now - seen > settings.STAFF_IDLE_MINUTES * 60:
        return True
    stale = LAST_SEEN not in request.session or now - seen >= STAMP_SECONDS
    if stale and not request.path_info.startswith(BACKGROUND):
        request.session[LAST_SEEN] = now
    return False
