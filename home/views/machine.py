"""Answers for browsers and search engines, at addresses without a language."""

from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.context import current_frame
from home.sitemaps import SITEMAPS

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /*/desk/
Disallow: /*/my/
Disallow: /*/search/
Disallow: /*/catalogue/?*
Disallow: /*/catalogue/facet/
Disallow: /*/catalogue/feed.
Disallow: /*/catalogue/browse/*?*
Disallow: /*/catalogue/authors/*?*
Disallow: /*/catalogue/subjects/*?*
Disallow: /catalogue/
Disallow: /oai
Disallow: /sru
Disallow: /*/catalogue/shelf/?*
Disallow: /*/e-resources/?*
Disallow: /*/e-resources/go/
Disallow: /*/e-resources/feed.

Sitemap: {sitemap}
"""


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """The library's colours, corners and headings as custom properties. Its address changes when they do."""
    frame = current_frame()
    response = HttpResponse(frame.theme, content_type="text/css; charset=utf-8")
    lasting = request.GET.get("v") == frame.theme_version
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if lasting else "public, max-age=60"
    )
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap_url = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap_url), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """The index of sitemaps, or one of them."""
    if section is None:
        return sitemap_views.index(request, sitemaps=SITEMAPS, sitemap_url_name="sitemap_section")
    return sitemap_views.sitemap(request, sitemaps=SITEMAPS, section=section)
