"""Addresses of the staff pages of periodicals, under /admin/catalogue/periodicals/."""

from django.urls import path

from catalog_pages.periodicals import views

app_name = "periodicals"

urlpatterns = [
    path("", views.SubscriptionsPage.as_view(), name="list"),
    path("find/", views.FindPeriodicalPage.as_view(), name="find"),
    path("subscribe/<int:pk>/", views.SubscriptionPage.as_view(is_new=True), name="subscribe"),
    path("today/", views.TodayPage.as_view(), name="today"),
    path("late/", views.LatePage.as_view(), name="late"),
    path("<int:pk>/", views.SubscriptionPage.as_view(), name="subscription"),
    path("<int:pk>/issue/", views.IssuePage.as_view(is_new=True), name="issue_add"),
    path("<int:pk>/bind/", views.BindPage.as_view(), name="bind"),
    path("issues/<int:pk>/", views.IssuePage.as_view(), name="issue"),
]
