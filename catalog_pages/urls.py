from django.urls import include, path

from catalog_pages import article_views, browse_views, feeds, views
from catalog_pages.children import views as children
from catalog_pages.e_resources import views as e_resources
from catalog_pages.export.views import without_language
from catalog_pages.lists import views as lists

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
    path("catalogue/new/", lists.new, name="new"),
    path("catalogue/new/feed.<slug:form>", lists.new_feed, name="new_feed"),
    path("catalogue/acquisitions/", lists.acquisitions, name="acquisitions"),
    path("catalogue/acquisitions/<slug:month>/", lists.acquisitions_of, name="acquisitions_of"),
    path("catalogue/lists/", lists.lists, name="lists"),
    path("catalogue/most-read/", lists.most_read, name="most_read"),
    path("catalogue/my-list/", lists.my_list, name="my_list"),
    path("children/", children.entrance, name="children"),
    path("children/books/", children.books, name="children_books"),
    path("", include("catalog_pages.authorities.urls")),
    path("e-resources/", e_resources.index, name="e_resources"),
    path("e-resources/feed.<slug:form>", e_resources.feed, name="e_resources_feed"),
    path("e-resources/go/<int:pk>/", e_resources.go, name="e_resource_go"),
]
