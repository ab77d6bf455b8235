from django.urls import path

from catalog_pages.importing import views

app_name = "imports"

urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("new/", views.UploadView.as_view(), name="new"),
    path("<int:pk>/", views.ShowView.as_view(), name="show"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/undo/", views.UndoView.as_view(), name="undo"),
    path("<int:pk>/progress/", views.progress, name="progress"),
]
