"""Roles: what a group of staff is called in the table of rights, and how its members sign in."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """A group that came from the table in library/roles.py, or a library's own group (then without a code).

    `given` remembers what the table has given once: a right that an administrator takes away stays away.
    """

    code = models.SlugField(_("code"), unique=True, null=True, editable=False)  # noqa: DJ001 (several without)
    group = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, related_name="role", verbose_name=_("group")
    )
    second_factor_required = models.BooleanField(
        _("sign in with a code as well"),
        default=False,
        help_text=_("Members sign in with their password and a code from their phone."),
    )
    given = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        permissions = [
            ("edit_every_branch", _("Can edit every library, not only their own")),
            ("use_desk", _("Can work at the lending desk")),
            ("read_statistics", _("Can read the statistics")),
            ("read_audit_log", _("Can read the audit log")),
        ]

    def __str__(self) -> str:
        return str(self.group or self.code)
