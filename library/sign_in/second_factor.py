"""The second factor: a code from the phone (TOTP), and recovery codes for when the phone is lost."""

from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from wagtail.models import Site

from library import audit
from library.models import Role, SystemSettings, User

DIGITS = 6
RECOVERY_CODES = 10


class WrongCode(ValueError):
    """The code does not fit. The text says so in the reader's language."""


class WaitFirst(WrongCode):
    """Too many wrong codes: the next one is looked at only after a pause."""


class StillRequired(ValueError):
    """The second factor is demanded by a role of the person and cannot be switched off."""


def is_on(user: User) -> bool:
    """Whether `user` has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required(user: User) -> bool:
    """Whether a role of `user` demands a second factor. Superusers count as administrators."""
    return _demanding_roles(user).exists()


def _demanding_roles(user: User) -> QuerySet[Role]:
    groups = Q(group__user=user)
    if user.is_superuser:
        groups |= Q(code="administrator")
    return Role.objects.filter(groups, second_factor_required=True)


def is_missing(user: User) -> bool:
    """Whether `user`, signed in by password, has yet to give or to set up the second factor; one query."""
    if getattr(user, "otp_device", None) is not None:
        return False
    set_up_already = Exists(TOTPDevice.objects.filter(user=user, confirmed=True))
    asks = set_up_already | Exists(_demanding_roles(user))
    return User.objects.filter(asks, pk=user.pk).exists()


def new_key() -> str:
    return random_hex(20)


def readable_key(key: str) -> str:
    """The key for typing it into a phone: letters and digits in groups of four."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(user: User, key: str) -> SafeString:
    """The key as a QR code for the phone: an SVG to stand in the page."""
    site = Site.objects.filter(is_default_site=True).first()
    issuer = str(SystemSettings.for_site(site) if site else settings.WAGTAIL_SITE_NAME).replace(":", " ")
    label = quote(f"{issuer}:{user.get_username()}")
    secret = b32encode(unhexlify(key)).decode()
    address = f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}"
    return mark_safe(segno.make(address).svg_inline(scale=5, border=2, light="#fff"))  # noqa: S308 (segno's own)


def set_up(user: User, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Switch the second factor on and return the device and its recovery codes. Raises WrongCode."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        device = TOTPDevice.objects.create(user=user, name="phone", key=key, confirmed=True)
        if not device.verify_token(_digits(code)):
            raise WrongCode(_wrong_code())
        codes = renew_recovery_codes(user)
    audit.record(audit.SECOND_FACTOR_ON, user, user=user)
    return device, codes


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes of `user` and return the new ones, for the only time."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}".upper() for code in codes]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def verify(user: User, code: str) -> Device:
    """Return the device that took `code`. Raises WrongCode, or WaitFirst after several wrong ones in a row."""
    device = _verified_device(user, code)
    if device is None:
        audit.record(audit.SECOND_FACTOR_FAILED, user, user=user)
        raise WrongCode(_wrong_code())
    return device


@transaction.atomic
def _verified_device(user: User, code: str) -> Device | None:
    """The device that took the code; failures are counted, so nothing is raised in here once one was tried."""
    digits = _digits(code)
    model: type[TOTPDevice | StaticDevice] = TOTPDevice
    if len(digits) != DIGITS or not digits.isdigit():
        # Recovery codes hold neither nought nor one: whoever reads them so means the letters.
        model, digits = StaticDevice, digits.replace("0", "o").replace("1", "i")
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return None
    allowed, _details = device.verify_is_allowed()
    if not allowed:
        raise WaitFirst(_("Too many wrong codes. Wait a little, then try again."))
    return device if device.verify_token(digits) else None


def switch_off(user: User) -> None:
    """Switch the second factor off by its owner's wish. Raises StillRequired where a role demands it."""
    if is_required(user):
        raise StillRequired(_("Your role demands sign-in with a code."))
    reset(user, by=user)


@transaction.atomic
def reset(user: User, *, by: User | None) -> None:
    """Take away the second factor of `user`, for example because the phone is lost; `by` stands in the log."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    audit.record(audit.SECOND_FACTOR_OFF, user, user=by)


def _digits(code: str) -> str:
    return code.replace(" ", "").replace("-", "").strip().lower()


def _wrong_code() -> str:
    return _("This code does not fit. Codes change every half minute: try the one your phone shows now.")
