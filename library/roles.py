"""Who may do what: the table of roles, and the step that keeps the groups of staff in line with it.

Each role is a group (*Settings › Groups*), whose rights an administrator may widen or narrow. The step runs after
every `migrate`. It gives a role each right of the table once: what an administrator added stays, what she took away
stays away, and a group she deleted is not made again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from library.models import Role

EDIT = "view add change delete"
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class RoleRights:
    """A role and its rights.

    `models` maps a room ("circulation": every model of it) or a model ("library.branch") to actions; `special` are
    single rights; `pages` hold for the whole page tree; `files` for all pictures, documents and their collections.
    `own_branch_only` is for readers of this table: libraries, departments, staff and hours may be edited for one's
    own libraries only, unless the role has "library.edit_every_branch".
    """

    code: str
    label: str | Promise
    models: Mapping[str, str] = field(default_factory=dict)
    special: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    claims: str = ""  # the English name of a group that may be there already

    @property
    def own_branch_only(self) -> bool:
        return EVERYTHING not in self.models and "library.edit_every_branch" not in self.special


SIGN_IN = "wagtailadmin.access_admin"
OWN_LIBRARY = {"library.branch": "view change", "library.department": EDIT, "library.staffmember": EDIT}
PICTURES = ("choose_image", "add_image")
FILES = (*PICTURES, "change_image", "choose_document", "add_document", "change_document")
ROOM_OF_FILES = {"image": "wagtailimages", "document": "wagtaildocs", "collection": "wagtailcore"}

ROLES = (
    RoleRights(
        "administrator",
        _("Administrators"),
        models={EVERYTHING: EVERYTHING},
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        files=(*FILES, "add_collection", "change_collection", "delete_collection"),
    ),
    RoleRights(
        "editor",
        _("Editors"),
        models={
            "library.systemsettings": "change",
            "wagtailredirects.redirect": EDIT,
            "catalog_pages.eresourcepage": "view change",  # the report; the pages go by the page tree
            "catalog_pages.eresourcesubject": EDIT,
            "home.newspage": "view change",  # the list and the announcements; the pages go by the page tree
            "home.newscategory": EDIT,
            "library.telegrampost": "view change",
            **OWN_LIBRARY,
        },
        special=(SIGN_IN, "simple_translation.submit_translation"),
        pages=("add", "change", "publish"),
        files=FILES,
        claims="Editors",
    ),
    RoleRights("branch_editor", _("Branch editors"), models=OWN_LIBRARY, special=(SIGN_IN,), files=PICTURES),
    RoleRights(
        "librarian",
        _("Librarians"),
        models={
            "catalog_pages": EDIT,
            "library.authority": EDIT,
            "library.publicholiday": EDIT,
            "library.movedworkingday": EDIT,
            **OWN_LIBRARY,
        },
        special=(SIGN_IN, "library.use_desk"),
        files=PICTURES,
        claims="Librarians",
    ),
    RoleRights(
        "desk",
        _("Desk staff"),
        models={"circulation": "view add change", "catalog_pages": "view"},
        special=(SIGN_IN, "library.use_desk"),
    ),
    RoleRights(
        "archivist",
        _("Archivists"),
        models={"archive": EDIT, "library.authority": EDIT},
        special=(SIGN_IN,),
        files=PICTURES,
    ),
    RoleRights("answerer", _("Question answerers"), models={"enquiries": EDIT}, special=(SIGN_IN,)),
    RoleRights(
        "statistics_reader", _("Statistics readers"), special=(SIGN_IN, "library.read_statistics")
    ),
)  # fmt: skip


def rights_of(role: RoleRights, every: Iterable[str]) -> set[str]:
    """The role's rights among `every` one there is, as "room.action_model"."""
    return {name for name in every if name in role.special or _covers(role.models, name)}


def _covers(models: Mapping[str, str], name: str) -> bool:
    if EVERYTHING in models:
        return True
    room, _dot, codename = name.partition(".")
    action, _line, model = codename.partition("_")
    actions = f"{models.get(room, '')} {models.get(f'{room}.{model}', '')}".split()
    return action in actions


@transaction.atomic
def keep_roles() -> None:
    """Make the groups that are missing and give each role what the table has newly for it."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for rights in ROLES:
        role, created = Role.objects.get_or_create(code=rights.code)
        if created:
            role.group = _group_for(rights)
        if role.group is None:
            continue
        before = set(role.given)
        _give_models(role, role.group, rights_of(rights, permissions) - before, permissions)
        _give_pages(role, role.group, rights, permissions, before)
        _give_files(role, role.group, rights, permissions, before)
        if created or set(role.given) != before:
            role.given = sorted(role.given)
            role.save()


def group_of(code: str) -> Group:
    """The group of a role. Raises LookupError for a role that is not in the table or whose group was deleted."""
    role = Role.objects.select_related("group").filter(code=code).first()
    if role is None or role.group is None:
        raise LookupError(code)
    return role.group


def _group_for(rights: RoleRights) -> Group:
    """The role's group, named in the library's language; one of the same English name is taken over as it is."""
    existing = Group.objects.filter(name=rights.claims).first() if rights.claims else None
    with translation.override(settings.LANGUAGE_CODE):
        name = str(rights.label)
    if existing and (existing.name == name or Group.objects.filter(name=name).exists()):
        return existing
    if existing:
        existing.name = name
        existing.save(update_fields=["name"])
        return existing
    return Group.objects.get_or_create(name=name)[0]


def _give_models(role: Role, group: Group, names: set[str], permissions: Mapping[str, Permission]) -> None:
    group.permissions.add(*(permissions[name] for name in names))
    role.given += names


def _give_pages(
    role: Role, group: Group, rights: RoleRights, permissions: Mapping[str, Permission], before: set[str]
) -> None:
    root = Page.get_first_root_node()
    for action in rights.pages:
        mark = f"pages: {action}"
        permission = permissions.get(f"wagtailcore.{action}_page")
        if mark not in before and root and permission:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
            role.given.append(mark)


def _give_files(
    role: Role, group: Group, rights: RoleRights, permissions: Mapping[str, Permission], before: set[str]
) -> None:
    root = Collection.get_first_root_node()
    for action in rights.files:
        mark = f"files: {action}"
        room = ROOM_OF_FILES[action.rpartition("_")[2]]
        permission = permissions.get(f"{room}.{action}")
        if mark not in before and root and permission:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
            role.given.append(mark)
