"""Addresses of the catalogue for other programs: they carry no language."""

from django.urls import path

from catalog_pages.cover_pictures import cover_picture
from catalog_pages.export import views
from catalog_pages.export.unapi import unapi
from catalog_pages.feeds import opensearch
from catalog_pages.oai.views import oai
from catalog_pages.sru.views import sru

app_name = "catalogue_out"

urlpatterns = [
    path("catalogue/<int:pk>.<slug:form>", views.record, name="record"),
    path("catalogue/export.<slug:form>", views.selection, name="selection"),
    path("catalogue/cover/<int:pk>-<slug:size>.webp", cover_picture, name="cover"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("oai", oai, name="oai"),
    path("unapi", unapi, name="unapi"),
    path("sru", sru, name="sru"),
]
