"""Every public address of the portal. Addresses of rooms stand in the rooms' own urls.py."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from events.views import calendar_feed
from home.views.machine import robots, sitemap, theme_css
from library.files.views import document, guarded_file
from portal import health, media

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, name="sitemap_section"),
    path("theme.css", theme_css, name="theme_css"),
    path("events/calendar.ics", calendar_feed, name="calendar_feed"),
    path("", include("catalog_pages.machine_urls")),
    path("admin/", include("library.sign_in.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("files/<slug:kind>/<int:pk>/<str:name>", guarded_file, name="file"),
    path("media/<path:name>", media.public_file, name="media"),
]

# Lending can be taken out of the portal: its addresses go with it.
lending = [path("", include("circulation.urls"))] if "circulation" in settings.INSTALLED_APPS else []

urlpatterns += i18n_patterns(
    path("", include("catalog_pages.urls")),
    path("", include("events.urls")),
    path("", include("archive.urls")),
    path("", include("enquiries.urls")),
    *lending,
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
)

handler400 = "home.views.errors.bad_request"
handler403 = "home.views.errors.permission_denied"
handler404 = "home.views.errors.page_not_found"
handler500 = "home.views.errors.server_error"
