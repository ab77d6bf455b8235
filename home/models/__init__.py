"""The pages of the website that staff write. Catalogue, libraries and events have views of their own."""

from home.models.base import FooterPage, SitePage, footer_page_types
from home.models.clubs import ClubIndexPage, ClubPage
from home.models.news import NewsCategory, NewsIndexPage, NewsPage, NewsPhotograph
from home.models.pages import ContentPage, HomePage, SectionPage

__all__ = [
    "ClubIndexPage",
    "ClubPage",
    "ContentPage",
    "FooterPage",
    "HomePage",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "NewsPhotograph",
    "SectionPage",
    "SitePage",
    "footer_page_types",
]
