"""Addresses of the catalogue for other programs: they carry no language."""

from django.urls import path

from catalog_pages.export import views

app_name = "catalogue_out"

urlpatterns = [
    path("catalogue/<int:pk>.<slug:form>", views.record, name="record"),
]
