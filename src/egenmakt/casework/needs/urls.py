"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.needs import views

app_name = "needs"

urlpatterns: list[URLPattern] = [
    path("arenden/<uuid:case_id>/behov/", views.sheet, name="sheet"),
    path("arenden/<uuid:case_id>/behov/rakna/", views.count, name="count"),
    path("arenden/<uuid:case_id>/behov/forklaring/", views.explanation, name="explanation"),
    path("arenden/<uuid:case_id>/behov/inklistrat/", views.pasted, name="pasted"),
]
