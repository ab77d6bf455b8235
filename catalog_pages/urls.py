from django.urls import path

from catalog_pages import browse_views, feeds, views
from catalog_pages.e_resources import views as e_resources
from catalog_pages.export.views import without_language

app_name = "catalog_pages"

urlpatterns = [
    path("catalogue/", views.results, name="results"),
    path("catalogue/facet/<slug:name>/", views.facet, name="facet"),
    path("catalogue/<int:pk>/", views.record, name="record"),
    path("catalogue/<int:pk>.<slug:form>", without_language),
    path("catalogue/feed.<slug:form>", feeds.feed, name="feed"),
    path("catalogue/browse/", browse_views.browse, name="browse"),
    path("catalogue/browse/<slug:kind>/", browse_views.browse_list, name="browse_list"),
    path("catalogue/shelf/", browse_views.walk, name="shelf"),
    path("e-resources/", e_resources.index, name="e_resources"),
    path("e-resources/feed.<slug:form>", e_resources.feed, name="e_resources_feed"),
    path("e-resources/go/<int:pk>/", e_resources.go, name="e_resource_go"),
]
