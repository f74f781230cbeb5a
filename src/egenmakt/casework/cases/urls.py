"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.cases import views

app_name = "cases"

urlpatterns: list[URLPattern] = [
    path("arenden/", views.case_list, name="list"),
    path("arenden/<uuid:case_id>/", views.overview, name="case"),
]
