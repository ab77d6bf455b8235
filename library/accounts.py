"""Accounts of staff in the administration: whose libraries, which role, how they sign in."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from library.models import Role, User
from library.sign_in import second_factor

# Names of posts, not of persons, in the languages of the portal.
SHARED_NAMES = {
    "admin", "administrator", "bibliotek", "biblioteka", "bibliotekar", "desk", "editor", "guest", "kitabxana",
    "kitabxanaci", "kitapkhana", "kutubxona", "kütüphane", "librarian", "library", "manager", "office", "operator",
    "root", "staff", "test", "user",
}  # fmt: skip
PERSONAL = _("Accounts are personal: give each person one, named after her or him. They are never shared.")


class PersonalAccount:
    """Only an administrator makes administrators."""

    def __init__(self, *args, for_user: User | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = PERSONAL
        if for_user is not None and not for_user.is_superuser:
            field = self.fields.get("is_superuser")
            if field:
                field.disabled = True


class NewAccountForm(PersonalAccount, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"branches"}
        widgets = UserCreationForm.Meta.widgets | {"branches": forms.CheckboxSelectMultiple}


class AccountForm(PersonalAccount, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"branches"}
        widgets = UserEditForm.Meta.widgets | {"branches": forms.CheckboxSelectMultiple}


class NewAccountView(CreateView):
    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"for_user": self.request.user}

    def form_valid(self, form):
        response = super().form_valid(form)
        if self.object.username.lower().rstrip("0123456789") in SHARED_NAMES:
            messages.warning(self.request, PERSONAL)
        return response


class AccountView(EditView):
    def setup(self, request, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"for_user": self.request.user}


class StaffAccountViewSet(UserViewSet):
    add_view_class = NewAccountView
    edit_view_class = AccountView

    def get_form_class(self, for_update: bool = False):
        return AccountForm if for_update else NewAccountForm


def special_rights() -> QuerySet[Permission]:
    """The rights of ours that belong to no list of rows (hook `register_permissions`)."""
    codenames = [codename for codename, _name in Role._meta.permissions]
    return Permission.objects.filter(content_type__app_label="library", codename__in=codenames)


class RolePanel(forms.ModelForm):
    """On the page of a group: how its members sign in."""

    template = "library/sign_in/role_panel.html"

    class Meta:
        model = Role
        fields = ["second_factor_required"]

    def __init__(self, data=None, files=None, instance: Group | None = None, prefix: str = "role") -> None:
        self.group = instance or Group()
        role = Role.objects.filter(group=self.group).first() if self.group.pk else None
        super().__init__(data, files, instance=role or Role(), prefix=prefix)

    def save(self, commit: bool = True) -> Role:
        self.instance.group = self.group
        return super().save(commit)

    def as_admin_panel(self) -> str:
        return render_to_string(self.template, {"form": self})


def role_panel() -> type[RolePanel]:
    return RolePanel


class SecondFactorPanel(BaseSettingsPanel):
    """On one's own account page: the way to the code."""

    name = "second_factor"
    title = _("Sign-in with a code")
    order = 600
    template_name = "library/sign_in/account_panel.html"
    form_class = forms.Form

    def get_form(self) -> forms.Form:
        form = forms.Form(self.request.POST or None)
        form.save = lambda: None
        return form

    def get_context_data(self) -> dict:
        return super().get_context_data() | {"on": second_factor.is_on(self.user)}


def second_factor_panel(request, user: User, profile) -> SecondFactorPanel:
    return SecondFactorPanel(request, user, profile)


def account_buttons(user: User, request_user: User):
    """In the list of accounts: taking away a lost second factor."""
    if request_user.has_perm("library.change_user") and second_factor.is_on(user):
        address = reverse("library_second_factor_reset", args=[user.pk])
        yield Button(_("Reset sign-in with a code"), address, icon_name="lock-open", priority=30)
