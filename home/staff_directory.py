"""Who works where: the staff that agreed to be shown, by library and department or from A to Z."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import get_language

from library.models import Branch, Department, StaffMember
from library.text import in_language
from search.analysis import fold
from search.sorting import sort_key

LONGEST_NAME = 100
BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StaffWish:
    """What a reader asks of the directory."""

    words: str = ""
    branch: str = ""
    department: int = 0
    by_name: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> "StaffWish":
        """From an address; what is no such thing is passed over."""
        words, branch = parameters.get("q", "").strip(), parameters.get("branch", "")
        department = parameters.get("department", "")
        is_number = department.isascii() and department.isdigit() and int(department[:20]) <= BIGGEST_ID
        return cls(
            words=words if len(words) <= LONGEST_NAME else "",
            branch=branch if len(branch) <= 40 else "",
            department=int(department) if is_number and len(department) < 20 else 0,
            by_name=parameters.get("order") == "name",
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A library, or None for the whole system, with its departments and their staff in order."""

    branch: Branch | None
    departments: list[tuple[Department, list[StaffMember]]]


@dataclass(frozen=True, slots=True)
class Directory:
    """`places` and `people` hold what was asked for; the rest is what may be chosen."""

    places: list[Place]
    people: list[StaffMember]
    branches: list[Branch] = field(default_factory=list)
    departments: list[Department] = field(default_factory=list)
    chosen_branch: Branch | None = None
    chosen_department: Department | None = None


def read_directory(wish: StaffWish) -> Directory:
    """The directory as asked for, in three queries. A library or department that is not there narrows nothing."""
    departments = sorted(
        Department.objects.filter(Q(branch=None) | Q(branch__is_active=True)).select_related("branch"),
        key=_place_in_system,
    )
    branches = list(dict.fromkeys(d.branch for d in departments if d.branch))
    branch = next((b for b in branches if b.code == wish.branch), None)
    department = next((d for d in departments if d.pk == wish.department), None)
    within = [d for d in departments if branch is None or d.branch_id == branch.pk]
    wanted = [d for d in within if department is None or d.pk == department.pk]
    staff = _staff(wanted, wish.words)
    places = [
        Place(branch=key, departments=list(_filled(group, staff, only_people=bool(wish.words))))
        for key, group in groupby(wanted, lambda d: d.branch)
    ]
    people = [person for members in staff.values() for person in members]
    return Directory(
        places=[place for place in places if place.departments],
        people=sorted(people, key=lambda person: _name_key(person.name)),
        branches=branches, departments=within, chosen_branch=branch, chosen_department=department,
    )  # fmt: skip


def _staff(departments: Iterable[Department], words: str) -> dict[int, list[StaffMember]]:
    """{department id: who is shown there}, the head first where staff have put her first, then by the alphabet."""
    rows = StaffMember.objects.filter(show_on_site=True, department__in=[d.pk for d in departments])
    by_id = {department.pk: department for department in departments}
    wanted = fold(words).split()
    found: dict[int, list[StaffMember]] = {}
    for person in rows.select_related("photograph").prefetch_related("photograph__renditions"):
        person.department = by_id[person.department_id]
        said = fold(" ".join([person.name, *(person.role or {}).values()]))
        if all(word in said for word in wanted):
            found.setdefault(person.department_id, []).append(person)
    for members in found.values():
        members.sort(key=lambda person: (person.position, _name_key(person.name)))
    return found


def _filled(
    group: Iterable[Department], staff: dict[int, list[StaffMember]], *, only_people: bool
) -> Iterator[tuple[Department, list[StaffMember]]]:
    """Departments with somebody in them, or with a number to call."""
    for department in group:
        members = staff.get(department.pk, [])
        has_contact = department.phone or department.email
        if members or (has_contact and not only_people):
            yield department, members


def _place_in_system(department: Department) -> tuple:
    """What belongs to the whole system first, then library by library in the system's order."""
    branch = department.branch
    place = (branch.position, branch.code) if branch else (-1, "")
    return (*place, department.position, _name_key(in_language(department.name)), department.pk)


def _name_key(name: str) -> str:
    """By the alphabet of the language of the page."""
    return sort_key(name, settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE)
