from django.urls import include, path

from catalog_pages import article_views, browse_views, feeds, views
from catalog_pages.export.views import without_language

app_name = "catalog_pages"

urlpatterns = [
    path("catalogue/", views.results, name="results"),
    path("catalogue/facet/<slug:name>/", views.facet, name="facet"),
    path("catalogue/<int:pk>/", views.record, name="record"),
    path("catalogue/<int:pk>/articles/", article_views.articles, name="articles"),
    path("catalogue/<int:pk>.<slug:form>", without_language),
    path("catalogue/feed.<slug:form>", feeds.feed, name="feed"),
    path("catalogue/browse/", browse_views.browse, name="browse"),
    path("catalogue/browse/<slug:kind>/", browse_views.browse_list, name="browse_list"),
    path("catalogue/shelf/", browse_views.walk, name="shelf"),
    path("", include("catalog_pages.authorities.urls")),
    path("e-resources/", views.e_resources, name="e_resources"),
]
