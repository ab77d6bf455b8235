"""Loading a demo library: staff accounts and the pages of the site, from the profile's tables."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail import hooks

from home.demo_pages import load_pages
from library.demo import DemoProfile
from library.models import Branch, User
from library.progress import Progress
from library.roles import group_of

PROFILES = Path(__file__).parent / "demo_content"
LOADER_HOOK = "register_demo_content"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A staff account of the demo; `password` is None where the account was there before and keeps its own."""

    username: str
    password: str | None


def profiles() -> list[str]:
    """The names of the demo libraries there are."""
    return sorted(path.name for path in PROFILES.iterdir() if path.is_dir())


def demo_profile(name: str) -> DemoProfile:
    """Return the profile of that name; raises LookupError when there is none."""
    if name not in profiles():
        raise LookupError(name)
    return DemoProfile(name, PROFILES / name)


def load_demo(profile: DemoProfile, *, quiet: bool = False) -> None:
    """Run every room's loader, lower rooms first. Loading twice changes nothing."""
    loaders = [register() for register in hooks.get_hooks(LOADER_HOOK)]
    with Progress(f"Loading the demo library {profile.name}", total=len(loaders), quiet=quiet) as progress:
        for load in loaders:
            load(profile)
            progress.advance()


def load_site(profile: DemoProfile) -> None:
    """Create the pages of the profile that are not there yet."""
    load_pages(profile, languages=settings.CONTENT_LANGUAGES)


@transaction.atomic
def create_staff(password: str = "") -> list[SignIn]:
    """Create the demo's three staff accounts where they are missing; accounts that exist are left alone.

    Passwords are random unless one is given, and stored only as hashes.
    """
    roles = {"admin": None, "editor": group_of("editor"), "librarian": group_of("librarian")}
    return [create_account(username, group, password) for username, group in roles.items()]


def create_account(username: str, group: Group | None, password: str = "") -> SignIn:
    """Create a staff account, an administrator's without a group; one that exists keeps its password."""
    if User.objects.filter(username=username).exists():
        return SignIn(username, None)
    chosen = password or secrets.token_urlsafe(9)
    user = User(username=username, is_staff=True, is_superuser=group is None)
    user.set_password(chosen)
    user.save()
    if group:
        user.groups.add(group)
        user.branches.set(Branch.objects.filter(kind=Branch.Kind.CENTRAL))
    return SignIn(username, chosen)
