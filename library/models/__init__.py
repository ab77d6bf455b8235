"""The library system itself: its people, branches, hours and look."""

from library.models.appearance import SystemSettings
from library.models.branches import Branch, Department, StaffMember
from library.models.hours import DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday
from library.models.images import PortalImage, PortalRendition
from library.models.pages import BasePage
from library.models.statistics import DailyCount
from library.models.users import User

__all__ = [
    "BasePage",
    "Branch",
    "DailyCount",
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
