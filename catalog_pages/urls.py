from django.urls import path

from catalog_pages import views

app_name = "catalog_pages"

urlpatterns = [
    path("catalogue/", views.results, name="results"),
    path("catalogue/facet/<slug:name>/", views.facet, name="facet"),
    path("catalogue/<int:pk>/", views.record, name="record"),
    path("e-resources/", views.e_resources, name="e_resources"),
]
