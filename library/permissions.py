"""Staff edit the libraries they work for: checked for each object, in services as in views."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from library.models import Branch, Department, StaffMember, User

EVERY_BRANCH = "library.edit_every_branch"


class NotYourBranch(PermissionDenied):
    """The person may not edit this library; views answer with "no permission"."""

    def __init__(self, user: User, branch: Branch | None) -> None:
        super().__init__(f"{user} may not edit {branch.code if branch else 'what belongs to all libraries'}")


def may_edit_branch(user: User, branch: Branch | None, *, right: str = "library.change_branch") -> None:
    """Return quietly when `user` holds `right` and works for `branch` (None: for all libraries alike).

    Raises NotYourBranch otherwise. Services that change what belongs to a library call this first.
    """
    if not user.has_perm(right) or not works_for(user, branch):
        raise NotYourBranch(user, branch)


def works_for(user: User, branch: Branch | None) -> bool:
    """Whether `user` may edit every library, or `branch` is among her own."""
    if user.has_perm(EVERY_BRANCH):
        return True
    return branch is not None and branch.pk in user.branch_ids


def editable_branches(user: User) -> models.QuerySet[Branch]:
    """The libraries whose data `user` may edit, as far as her rights reach."""
    branches = Branch.objects.all()
    return branches if user.has_perm(EVERY_BRANCH) else branches.filter(pk__in=user.branch_ids)


class BranchPermissionPolicy(ModelPermissionPolicy):
    """Rights over rows that belong to a library: the model's rights, for the libraries one works for.

    `branch` leads from a row to its library, as in a query: "" for Branch itself, else "branch",
    "department__branch". Looking (the action "view") is not bound to one's own libraries.
    """

    def __init__(self, model: type[models.Model], branch: str = "branch") -> None:
        super().__init__(model)
        self.branch = branch

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return action == "view" or works_for(user, self.branch_of(instance))

    def instances_user_has_any_permission_for(self, user: User, actions: Any) -> models.QuerySet:
        allowed = {action for action in actions if self.user_has_permission(user, action)}
        rows = self.model._default_manager.all()
        if not allowed:
            return rows.none()
        if "view" in allowed or user.has_perm(EVERY_BRANCH):
            return rows
        return rows.filter(**{f"{self.branch or 'pk'}__in": user.branch_ids})

    def users_with_any_permission_for_instance(self, actions: Any, instance: Any) -> models.QuerySet:
        users = self.users_with_any_permission(actions)
        if "view" in actions:
            return users
        everywhere = self._get_users_with_any_permission_codenames_filter(set())
        everywhere |= Q(groups__permissions__codename="edit_every_branch")
        everywhere |= Q(user_permissions__codename="edit_every_branch")
        return users.filter(everywhere | Q(branches=self.branch_of(instance))).distinct()

    def branch_of(self, instance: Any) -> Branch | None:
        for step in filter(None, self.branch.split("__")):
            instance = getattr(instance, step, None)
        return instance


def check_edit(request: HttpRequest, instance: models.Model) -> None:
    """Wagtail's pages of a row ask for the model's right only; here the row is looked at (`before_edit_snippet`)."""
    _check_rows(request.user, "change", [instance])


def check_delete(request: HttpRequest, instances: Iterable[models.Model]) -> None:
    """The same for deleting, one row or many (`before_delete_snippet`)."""
    _check_rows(request.user, "delete", instances)


def _check_rows(user: Any, action: str, rows: Iterable[models.Model]) -> None:
    for row in rows:
        policy = policy_registry.get(row)
        if isinstance(policy, BranchPermissionPolicy) and not policy.user_has_permission_for_instance(
            user, action, row
        ):
            raise NotYourBranch(user, policy.branch_of(row))


def register_policies() -> None:
    """Called when the room is ready, before anything asks for a policy."""
    register_permission_policy(Branch, BranchPermissionPolicy(Branch, ""))
    register_permission_policy(Department, BranchPermissionPolicy(Department))
    register_permission_policy(StaffMember, BranchPermissionPolicy(StaffMember, "department__branch"))
