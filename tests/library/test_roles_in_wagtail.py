"""Wagtail's own staff pages × role: pictures, documents, pages, redirects, sites, languages, settings …"""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
)

from library.models import PortalDocument, PortalImage
from library.roles import ROLES, group_of, rights_of
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Address:
    """A staff page, the rights of which one opens it ("files: …", "pages: …" or a model's), and its row."""

    name: str
    rights: tuple[str, ...]
    row: str = ""
    more: tuple[str, ...] = ()

    def url(self, rows):
        return reverse(self.name, args=[*self.more, *([rows[self.row]] if self.row else [])])


def files(prefix, what):
    """Pictures or documents: those who may add see the list, those who may change see each row."""
    add, change = f"files: add_{what}", f"files: change_{what}"
    lists = (f"{prefix}:index", f"{prefix}:index_results")
    one = (f"{prefix}:edit", f"{prefix}:delete", f"{prefix}:{what}_usage")
    yield from (Address(name, (add, change)) for name in lists)
    yield from (Address(name, (add,)) for name in (f"{prefix}:add", f"{prefix}:add_multiple"))
    yield from (Address(name, (change,), what) for name in one)


def rows_of(prefix, model, row, views):
    for view, actions, has_row in views:
        yield Address(
            f"{prefix}:{view}",
            tuple(f"{model.replace('.', f'.{a}_')}" for a in actions),
            row if has_row else "",
        )


ANY = ("view", "add", "change", "delete")
LISTS = (
    ("index", ANY, False),
    ("add", ("add",), False),
    ("edit", ("change",), True),
    ("delete", ("delete",), True),
)
ANY_PAGE_RIGHT = (
    "pages: add",
    "pages: change",
    "pages: publish",
    "pages: bulk_delete",
    "pages: lock",
    "pages: unlock",
)
EDIT_PAGE = ("pages: change", "pages: publish", "pages: lock", "pages: unlock")
ADDRESSES = [
    *files("wagtailimages", "image"),
    *files("wagtaildocs", "document"),
    *rows_of("wagtailredirects", "wagtailredirects.redirect", "redirect", LISTS),
    *rows_of("wagtailsites", "wagtailcore.site", "site", LISTS),
    *rows_of("wagtaillocales", "wagtailcore.locale", "locale", LISTS[:1] + LISTS[2:3]),
    *(Address(f"wagtailadmin_collections:{view}", tuple(f"files: {a}_collection" for a in actions if a != "view"),
              "collection" if has_row else "") for view, actions, has_row in LISTS),
    *rows_of("wagtailadmin_workflows", "wagtailcore.workflow", "workflow", LISTS[:3]),
    Address("wagtailsettings:edit", ("library.change_systemsettings",), "site", ("library", "systemsettings")),
    Address("wagtailadmin_explore", ANY_PAGE_RIGHT, "page"),
    Address("wagtailadmin_explore_results", ANY_PAGE_RIGHT, "page"),
    Address("wagtailadmin_pages:edit", EDIT_PAGE, "page"),
    Address("wagtailadmin_pages:history", EDIT_PAGE, "page"),
    Address("wagtailadmin_pages:add_subpage", ("pages: add",), "page"),
    Address("wagtailadmin_pages:delete", ("pages: change", "pages: bulk_delete"), "page"),
    Address("wagtailadmin_pages:move", ("pages: change",), "page"),
    Address("wagtailadmin_pages:unpublish", ("pages: publish",), "page"),
    Address("wagtailadmin_pages:set_privacy", ("pages: publish",), "page"),
    Address("wagtailadmin_pages:search", ANY_PAGE_RIGHT),
]  # fmt: skip


@pytest.fixture
def rows():
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=Page(title="Rules", slug="rules-of-the-house"))
    return {
        "image": PortalImage.objects.create(title="Picture", file=get_test_image_file()).pk,
        "document": PortalDocument.objects.create(title="Rules", file=ContentFile(b"x", name="rules.txt")).pk,
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/az/").pk,
        "site": Site.objects.get(is_default_site=True).pk,
        "locale": Locale.objects.order_by("pk").first().pk,
        "collection": Collection.get_first_root_node().add_child(name="Press").pk,
        "workflow": Workflow.objects.create(name="Two pairs of eyes").pk,
        "page": page.pk,
    }


def opens(client, address, rows):
    response = client.get(address.url(rows))
    assert response.status_code in (200, 302, 403, 404), f"{address.name}: {response.status_code}"
    # Wagtail sends those without a right to its front page, with a message.
    return response.status_code == 200 or (
        response.status_code == 302
        and not response.url.startswith(("/admin/login/", reverse("wagtailadmin_home")))
    )


def rights(role):
    every = {
        f"{room}.{name}"
        for room, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    return (
        rights_of(role, every) | {f"files: {name}" for name in role.files} | {f"pages: {name}" for name in role.pages}
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_each_role_opens_what_its_rights_say_and_nothing_else(role, rows, client):
    user = UserFactory()
    user.groups.set([group_of(role.code)])
    client.force_login(user)
    wrong = [
        f"{address.name} is {'open' if is_open else 'shut'}"
        for address in ADDRESSES
        if (is_open := opens(client, address, rows)) != bool(rights(role) & set(address.rights))
    ]
    assert not wrong


def test_a_right_taken_from_the_administrators_shuts_its_addresses(rows, client):
    group = group_of("administrator")
    user = UserFactory()
    user.groups.set([group])
    client.force_login(user)
    still_open = []
    for address in ADDRESSES:
        names = [right.rpartition(" ")[2] for right in address.rights]
        codenames = [name.rpartition(".")[2] for name in names]
        if address.rights[0].startswith("files"):
            taken = GroupCollectionPermission.objects.filter(group=group, permission__codename__in=codenames)
        elif address.rights[0].startswith("pages"):
            codenames = [f"{name}_page" for name in codenames]
            taken = GroupPagePermission.objects.filter(group=group, permission__codename__in=codenames)
        else:
            taken = group.permissions.through.objects.filter(group=group, permission__codename__in=codenames)
        kept = list(taken)
        assert kept, address.name
        taken.delete()
        if opens(client, address, rows):
            still_open.append(address.name)
        type(kept[0]).objects.bulk_create(kept)
    assert not still_open
