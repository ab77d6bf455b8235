from django.urls import path

from catalog_pages.authorities import views

urlpatterns = [
    path("catalogue/authors/<int:pk>/", views.entry, {"kind": "author"}, name="author"),
    path("catalogue/subjects/<int:pk>/", views.entry, {"kind": "subject"}, name="subject"),
]
