"""What must be noticed where no service of ours is called: rights given, people signing in, a database made ready."""

from axes.signals import user_locked_out
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import m2m_changed, post_migrate
from wagtail.log_actions import get_active_log_context

from library import audit
from library.addresses import client_address
from library.models import User
from library.roles import keep_roles


def connect() -> None:
    """Called when the room is ready."""
    # After the last application with models, for by then every room's rights exist.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    post_migrate.connect(_after_migrate, sender=last, dispatch_uid="keep_roles")
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="audit")
    user_locked_out.connect(_locked_out, dispatch_uid="audit")
    for through in (User.groups.through, User.branches.through, Group.permissions.through):
        m2m_changed.connect(_rights_changed, sender=through, dispatch_uid=f"audit {through.__name__}")


def _after_migrate(using: str, **kwargs: object) -> None:
    if using == DEFAULT_DB_ALIAS:
        keep_roles()


def _signed_in(user: User, **kwargs: object) -> None:
    audit.record(audit.SIGNED_IN, user, user=user)


def _signed_out(user: User | None, **kwargs: object) -> None:
    if user is not None:
        audit.record(audit.SIGNED_OUT, user, user=user)


def _sign_in_failed(credentials: dict, request=None, **kwargs: object) -> None:
    # A locked-out person's tries say nothing new, and ten thousand of them must not fill the log.
    if request is not None and not getattr(request, "axes_locked_out", False):
        _record_for(credentials.get("username"), audit.SIGN_IN_FAILED, request)


def _locked_out(request, username: str | None, **kwargs: object) -> None:
    if getattr(request, "axes_failures_since_start", None):
        _record_for(username, audit.LOCKED_OUT, request)


def _record_for(username: str | None, action: str, request) -> None:
    """Record for an account there is. An unknown name may be a password typed into the wrong field."""
    user = User.objects.filter(username=username).first() if username else None
    if user is not None:
        audit.record(action, user, user=user, address=client_address(request))


CHANGES = {"post_add": "added", "post_remove": "removed", "post_clear": "cleared"}


def _rights_changed(
    instance, action: str, model, pk_set: set | None, reverse: bool, **kwargs: object
) -> None:
    # Loading fixtures and keep_roles() write by the thousand and by nobody: only people are recorded.
    user = get_active_log_context().user
    if action not in CHANGES or user is None:
        return
    names = sorted(str(row) for row in model.objects.filter(pk__in=pk_set or ()))
    audit.record(
        audit.RIGHTS_CHANGED, instance, user=user, what=model._meta.model_name, **{CHANGES[action]: names}
    )
