"""URLs of the replay."""

from django.urls import path

from egenmakt.oversight.replay import views

app_name = "replay"

urlpatterns = [path("lagen/omrakning/", views.overview, name="overview")]
