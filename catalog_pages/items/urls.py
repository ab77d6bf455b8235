"""Addresses of the staff pages of copies, under /admin/catalogue/."""

from django.urls import path

from catalog_pages.items import clock_views, label_views, move_views, register_views, views

app_name = "catalogue_items"

urlpatterns = [
    path("items/", views.ItemsPage.as_view(), name="list"),
    path("items/<int:pk>/", views.ItemPage.as_view(), name="item"),
    path("items/<int:pk>/delete/", views.DeleteItemPage.as_view(), name="delete"),
    path("items/find/", views.FindRecordPage.as_view(), name="find"),
    path("items/add/<int:pk>/", views.AddCopiesPage.as_view(), name="add"),
    path("items/shelf/", views.PutOnShelfPage.as_view(), name="shelf"),
    path("items/status/", views.ChangeStatusPage.as_view(), name="status"),
    path("items/send/", move_views.SendPage.as_view(), name="send"),
    path("items/receive/", move_views.ReceivePage.as_view(), name="receive"),
    path("items/moves/", move_views.MovesPage.as_view(), name="moves"),
    path("items/labels/", label_views.LabelsPage.as_view(), name="labels"),
    path("items/colours/", label_views.ChartPage.as_view(), name="colours"),
    path("items/waiting/", clock_views.WaitingReport.as_view(), name="waiting"),
    path(
        "items/waiting/results/", clock_views.WaitingReport.as_view(results_only=True), name="waiting_results"
    ),
    path("accessions/", register_views.RegisterPage.as_view(), name="register"),
    path("accessions/add/", register_views.AccessionPage.as_view(), name="accession_add"),
    path("accessions/due/", register_views.DuePage.as_view(), name="due"),
    path("accessions/<int:pk>/", register_views.AccessionPage.as_view(), name="accession"),
]
