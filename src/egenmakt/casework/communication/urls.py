"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.communication import views

app_name = "communication"

_STEP = "arenden/<uuid:case_id>/kommunicering/"

urlpatterns: list[URLPattern] = [
    path(_STEP, views.communication, name="communication"),
    path(f"{_STEP}lamna/", views.send, name="send"),
    path(f"{_STEP}avsta/", views.waive, name="waive"),
    path(f"{_STEP}muntligt/", views.oral, name="oral"),
    path(f"{_STEP}<uuid:communication_id>/svar/", views.answer, name="answer"),
    path(f"{_STEP}<uuid:communication_id>/mer-tid/", views.extend, name="extend"),
]
