"""Addresses of weeding, under /admin/catalogue/weeding/."""

from django.urls import path

from catalog_pages.weeding import views

app_name = "weeding"

urlpatterns = [
    path("", views.ListsPage.as_view(), name="list"),
    path("new/", views.NewListPage.as_view(), name="new"),
    path("<int:pk>/", views.ListPage.as_view(), name="page"),
    path("<int:pk>/rule/", views.RulePage.as_view(), name="rule"),
    path("<int:pk>/paper/", views.proposal_paper, name="paper"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/step/<slug:name>/", views.step, name="step"),
]
