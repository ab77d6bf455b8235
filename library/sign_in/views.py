"""Pages of signing in: the password, the code, and setting up the code."""

from functools import wraps
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_otp import DEVICE_ID_SESSION_KEY
from wagtail.admin.views.account import LoginView

from library.models import User
from library.sign_in import second_factor

KEY = "second_factor_key"


class SignInView(LoginView):
    """The password; who needs a code goes on to the next page."""

    def get(self, *args, **kwargs):
        if not self.request.user.is_authenticated and self.request.half_signed_in:
            return redirect(_with_next("library_second_factor", self.get_redirect_url()))
        return super().get(*args, **kwargs)

    def get_success_url(self) -> str:
        if second_factor.is_missing(self.request.user):
            return _with_next("library_second_factor", self.get_redirect_url())
        return super().get_success_url()


def in_the_persons_language(view):
    """The page is for whoever gave the password, in her own language; others are sent to sign in first."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user = request.user if request.user.is_authenticated else request.half_signed_in
        if user is None:
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        profile = getattr(user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else translation.get_language()
        with translation.override(language):
            return view(request, user, *args, **kwargs)

    return inner


@in_the_persons_language
def second_factor_step(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for the code; who has none yet sets it up first."""
    if not request.half_signed_in:
        return redirect(_next(request))
    if not second_factor.is_on(user):
        return redirect(_with_next("library_second_factor_set_up", _next(request)))
    error = ""
    if request.method == "POST":
        try:
            device = second_factor.verify(user, request.POST.get("code", ""))
        except second_factor.WrongCode as wrong:
            error = str(wrong)
        else:
            _remember(request, device)
            return redirect(_next(request))
    return render(request, "library/sign_in/second_factor.html", {"error": error, "next": _next(request)})


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Forget the password that was given, so that someone else may sign in."""
    request.session.flush()
    return redirect("wagtailadmin_login")


@in_the_persons_language
def set_up(request: HttpRequest, user: User) -> HttpResponse:
    """Show the key for the phone, take a first code, then show the recovery codes, once."""
    if second_factor.is_on(user):
        # With the password alone nobody may put her own phone in place of the owner's.
        return redirect(
            "library_second_factor" if request.half_signed_in else "library_second_factor_overview"
        )
    key = request.session.setdefault(KEY, second_factor.new_key())
    error = ""
    if request.method == "POST":
        try:
            device, codes = second_factor.set_up(user, key, request.POST.get("code", ""))
        except second_factor.WrongCode as wrong:
            error = str(wrong)
        else:
            del request.session[KEY]
            _remember(request, device)
            return _show_codes(request, codes)
    context = {
        "error": error, "next": _next(request), "required": second_factor.is_required(user),
        "key": second_factor.readable_key(key), "picture": second_factor.picture(user, key),
    }  # fmt: skip
    return render(request, "library/sign_in/set_up.html", context)


@in_the_persons_language
def overview(request: HttpRequest, user: User) -> HttpResponse:
    """Whether one's own second factor is on, and what can be done about it."""
    if request.half_signed_in:
        return redirect("library_second_factor")
    context = {
        "on": second_factor.is_on(user),
        "required": second_factor.is_required(user),
        "left": second_factor.recovery_codes_left(user),
    }
    return render(request, "library/sign_in/overview.html", context)


@require_POST
@in_the_persons_language
def renew_codes(request: HttpRequest, user: User) -> HttpResponse:
    """New recovery codes in place of the old ones."""
    if request.half_signed_in or not second_factor.is_on(user):
        return redirect("library_second_factor_overview")
    return _show_codes(request, second_factor.renew_recovery_codes(user))


@require_POST
@in_the_persons_language
def switch_off(request: HttpRequest, user: User) -> HttpResponse:
    """Switch one's own second factor off, unless a role demands it."""
    if not request.half_signed_in:
        try:
            second_factor.switch_off(user)
        except second_factor.StillRequired as refusal:
            messages.error(request, str(refusal))
    return redirect("library_second_factor_overview")


def reset_for(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator takes away the second factor of someone whose phone and codes are lost."""
    user = get_object_or_404(User, pk=pk)
    if not request.user.has_perm("library.change_user") or (
        user.is_superuser and not request.user.is_superuser
    ):
        raise PermissionDenied
    if request.method == "POST":
        second_factor.reset(user, by=request.user)
        messages.success(request, _("%(person)s now signs in by password alone.") % {"person": user})
        return redirect("wagtailusers_users:index")
    return render(request, "library/sign_in/reset.html", {"person": user})


def _remember(request: HttpRequest, device) -> None:
    """The session is verified from here on, under a new number."""
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    request.session.cycle_key()


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "library/sign_in/codes.html", {"codes": codes, "next": _next(request)})


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("wagtailadmin_home")


def _with_next(name: str, target: str) -> str:
    return f"{reverse(name)}?next={quote(target)}" if target else reverse(name)
