"""The library system itself: its people, branches, hours and look."""

from library.models.appearance import SystemSettings
from library.models.authorities import (
    Authority,
    AuthorityIdentifier,
    AuthorityName,
    AuthorityRelation,
)
from library.models.branches import Branch, Department, StaffMember
from library.models.hours import DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday
from library.models.images import PortalImage, PortalRendition
from library.models.pages import BasePage
from library.models.users import User

__all__ = [
    "Authority",
    "AuthorityIdentifier",
    "AuthorityName",
    "AuthorityRelation",
    "BasePage",
    "Branch",
    "DatedHours",
    "Department",
    "MovedWorkingDay",
    "OpeningHours",
    "PortalImage",
    "PortalRendition",
    "PublicHoliday",
    "StaffMember",
    "SystemSettings",
    "User",
]
