from django.urls import path

from catalog_pages.cataloguing import listing, marc_views, views

app_name = "cataloguing"

urlpatterns = [
    path("", listing.RecordListView.as_view(), name="list"),
    path("add/", views.KindView.as_view(), name="kind"),
    path("add/host/", listing.HostView.as_view(), name="choose_host"),
    path("add/<slug:material>/", views.AddView.as_view(), name="add"),
    path("add/<slug:material>/marc/", marc_views.NewMarcView.as_view(), name="add_marc"),
    path("headings/<slug:kind>/", listing.headings, name="headings"),
    path("<int:pk>/", views.EditView.as_view(), name="edit"),
    path("<int:pk>/marc/", marc_views.MarcView.as_view(), name="marc"),
    path("<int:pk>/delete/", views.DeleteView.as_view(), name="delete"),
    path("<int:pk>/history/", views.RecordHistoryView.as_view(), name="history"),
    path(
        "<int:pk>/history/results/",
        views.RecordHistoryView.as_view(results_only=True),
        name="history_results",
    ),
]
