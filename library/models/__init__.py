"""The library system itself: its people, branches, hours and look."""

from library.models.appearance import SystemSettings
from library.models.authorities import (
    Authority,
    AuthorityIdentifier,
    AuthorityName,
    AuthorityRelation,
)
from library.models.branches import Branch, BranchPhotograph, Department, StaffMember
from library.models.documents import PortalDocument
from library.models.hours import DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday
from library.models.images import PortalImage, PortalRendition
from library.models.jobs import ProgressReport, ReportState, ScheduledRun
from library.models.mail import MailState, OutgoingMail
from library.models.pages import BasePage
from library.models.roles import Role
from library.models.statistics import DailyCount, SearchedWords
from library.models.telegram import PostState, TelegramPost
from library.models.users import User

__all__ = [
    "Authority",
    "AuthorityIdentifier",
    "AuthorityName",
    "AuthorityRelation",
    "BasePage",
    "Branch",
    "BranchPhotograph",
    "DailyCount",
    "DatedHours",
    "MailState",
    "Department",
    "MovedWorkingDay",
    "OpeningHours",
    "OutgoingMail",
    "PostState",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "ProgressReport",
    "PublicHoliday",
    "ReportState",
    "ScheduledRun",
    "SearchedWords",
    "Role",
    "StaffMember",
    "SystemSettings",
    "TelegramPost",
    "User",
]
