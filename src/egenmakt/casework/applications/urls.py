"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.applications import views

app_name = "applications"

_STEP = "arenden/<uuid:case_id>/ansokan/"

urlpatterns: list[URLPattern] = [
    path("arenden/ny/", views.register, name="register"),
    path(_STEP, views.application, name="application"),
    path(f"{_STEP}andra/", views.edit, name="edit"),
    path(f"{_STEP}behorighet/", views.check_authority, name="check_authority"),
    path(f"{_STEP}forsta-kontakt/", views.note_first_contact, name="first_contact"),
    path(f"{_STEP}komplettering/", views.request_supplement, name="request_supplement"),
    path(f"{_STEP}komplettering/<uuid:supplement_id>/", views.receive_supplement, name="receive_supplement"),
]
