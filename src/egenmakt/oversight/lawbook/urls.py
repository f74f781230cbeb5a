"""URLs of the law pages."""

from django.urls import path

from egenmakt.oversight.lawbook import views

app_name = "lawbook"

urlpatterns = [
    path("lagen/", views.index, name="index"),
    path("lagen/andringar/", views.changes, name="changes"),
    path("lagen/andringar/beslut.csv", views.touched_csv, name="touched_csv"),
    path("lagen/<slug:rule>/", views.rule, name="rule"),
]
