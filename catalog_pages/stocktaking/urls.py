"""Addresses of stocktaking, under /admin/catalogue/stocktaking/."""

from django.urls import path

from catalog_pages.stocktaking import scan_views, views

app_name = "stocktaking"

urlpatterns = [
    path("", views.CountsPage.as_view(), name="list"),
    path("open/", views.OpenPage.as_view(), name="open"),
    path("<int:pk>/", views.CountPage.as_view(), name="count"),
    path("<int:pk>/scan/", scan_views.ScanPage.as_view(), name="scan"),
    path("<int:pk>/scans/", scan_views.send_scans, name="scans"),
    path("<int:pk>/undo/", scan_views.undo, name="undo"),
    path("<int:pk>/file/", scan_views.ScanFilePage.as_view(), name="file"),
    path("<int:pk>/minutes/", views.minutes_paper, name="minutes"),
    path("<int:pk>/handover/", views.HandoverPage.as_view(), name="handover"),
    path("<int:pk>/step/<slug:name>/", views.step, name="step"),
    path("<int:pk>/lists/<slug:code>/", views.ListPage.as_view(), name="rows"),
    path("<int:pk>/missing/<int:row>/found/", views.found, name="found"),
    path("<int:pk>/scans/<int:row>/note/", views.note, name="note"),
]
