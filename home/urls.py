from django.urls import path

from home.views.branches import branch_detail, branch_list
from home.views.comfort import set_comfort
from home.views.search import everything, suggestions
from home.views.sharing import sharing_picture

app_name = "home"

urlpatterns = [
    path("branches/", branch_list, name="branches"),
    path("branches/<slug:code>/", branch_detail, name="branch"),
    path("search/", everything, name="search"),
    path("search/suggest", suggestions, name="suggest"),
    path("sharing/<slug:kind>/<int:pk>/<slug:mark>", sharing_picture, name="sharing_picture"),
    path("comfort/", set_comfort, name="comfort"),
]
