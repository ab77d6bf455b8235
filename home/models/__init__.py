"""The pages of the website that staff write. Catalogue, libraries and events have views of their own."""

from home.models.accessibility import AccessibilityStatementPage
from home.models.base import FooterPage, SitePage, footer_page_types
from home.models.children import ChildrenPage
from home.models.clubs import ClubIndexPage, ClubPage
from home.models.documents import DocumentsPage
from home.models.history import HistoryPage
from home.models.jobs import JobsPage
from home.models.news import NewsCategory, NewsIndexPage, NewsPage, NewsPhotograph
from home.models.newsletters import NewsletterIndexPage, NewsletterPage
from home.models.pages import ContentPage, HomePage, SectionPage
from home.models.partners import PartnersPage
from home.models.press import PressBrochure, PressKitPage, PressLogo, PressPhotograph
from home.models.questions import FAQPage
from home.models.services import ServicePage
from home.models.standing import StandingPage
from home.models.statistics import StatisticsPage, YearlyReportIndexPage, YearlyReportPage

__all__ = [
    "AccessibilityStatementPage",
    "ChildrenPage",
    "ClubIndexPage",
    "ClubPage",
    "ContentPage",
    "DocumentsPage",
    "FAQPage",
    "FooterPage",
    "HistoryPage",
    "HomePage",
    "JobsPage",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "NewsPhotograph",
    "NewsletterIndexPage",
    "NewsletterPage",
    "PartnersPage",
    "PressBrochure",
    "PressKitPage",
    "PressLogo",
    "PressPhotograph",
    "SectionPage",
    "ServicePage",
    "SitePage",
    "StandingPage",
    "StatisticsPage",
    "YearlyReportIndexPage",
    "YearlyReportPage",
    "footer_page_types",
]
