"""URLs of the simulation."""

from django.urls import path

from egenmakt.oversight.simulation import views

app_name = "simulation"

urlpatterns = [path("lagen/rakna/", views.simulation, name="simulation")]
