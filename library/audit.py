"""The audit log: who changed what, who looked at personal data, who signed in.

Wagtail's own log holds the entries: it records every change made in the administration by itself. Here are the
actions of ours, and the one way for services to record them. Details never hold secrets.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import ModelLogEntry

from library.models import Branch, User

SIGNED_IN = "library.signed_in"
SIGNED_OUT = "library.signed_out"
SIGN_IN_FAILED = "library.sign_in_failed"
LOCKED_OUT = "library.locked_out"
SECOND_FACTOR_ON = "library.second_factor_on"
SECOND_FACTOR_OFF = "library.second_factor_off"
SECOND_FACTOR_FAILED = "library.second_factor_failed"
LOOKED = "library.looked"
HOURS_CHANGED = "library.hours_changed"
RIGHTS_CHANGED = "library.rights_changed"

ACTIONS = {
    SIGNED_IN: _("Signed in"),
    SIGNED_OUT: _("Signed out"),
    SIGN_IN_FAILED: _("Sign-in failed"),
    LOCKED_OUT: _("Locked out after too many tries"),
    SECOND_FACTOR_ON: _("Sign-in with a code switched on"),
    SECOND_FACTOR_OFF: _("Sign-in with a code switched off"),
    SECOND_FACTOR_FAILED: _("Wrong code"),
    LOOKED: _("Looked at personal data"),
    HOURS_CHANGED: _("Opening hours changed"),
    RIGHTS_CHANGED: _("Rights changed"),
}

SECRETS = ("password", "token", "secret", "code", "key")


class SecretInAuditLog(ValueError):
    """A detail whose name says that it is a secret: it must not be recorded."""


def register_actions(registry: LogActionRegistry) -> None:
    """Make the actions known to Wagtail (hook `register_log_actions`)."""
    for action, label in ACTIONS.items():
        registry.register_action(action, label, label)


def record(
    action: str,
    instance: models.Model,
    *,
    user: User | None = None,
    branch: Branch | None = None,
    **details: Any,
) -> None:
    """Record what `user` (default: who is signed in to the administration) did to `instance`.

    `details` are plain values. Raises SecretInAuditLog for a detail named like a secret.
    """
    secret = [name for name in details if name in SECRETS]
    if secret:
        raise SecretInAuditLog(", ".join(secret))
    if branch is not None:
        details["branch"] = branch.code
    if user is not None and user.pk is None:
        user = None
    log(instance=instance, action=action, user=user, data=details)


def looked(instance: models.Model, *, user: User, branch: Branch | None = None) -> None:
    """Record that `user` looked at the personal data of `instance`. The log names it by number, not by name."""
    log(
        instance=instance,
        action=LOOKED,
        user=user,
        title=f"{instance._meta.verbose_name} {instance.pk}",
        data={"branch": branch.code} if branch else {},
    )


def due(at: datetime) -> QuerySet[ModelLogEntry]:
    """The entries that are older than AUDIT_DAYS at a moment. The history of pages is not among them: it stays."""
    return ModelLogEntry.objects.filter(timestamp__lt=at - timedelta(days=settings.AUDIT_DAYS))
