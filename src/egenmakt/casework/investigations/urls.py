"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.investigations import views

app_name = "investigations"

urlpatterns: list[URLPattern] = [
    path("arenden/<uuid:case_id>/personkrets/", views.personkrets, name="personkrets"),
    path("arenden/<uuid:case_id>/personkrets/underlag/", views.add_evidence, name="add_evidence"),
    path(
        "arenden/<uuid:case_id>/personkrets/underlag/<uuid:evidence_id>/ta-bort/",
        views.remove_evidence,
        name="remove_evidence",
    ),
    path("arenden/<uuid:case_id>/utredning/", views.investigation, name="investigation"),
    path("arenden/<uuid:case_id>/utredning/bedomning/", views.assessment, name="assessment"),
    path("arenden/<uuid:case_id>/utredning/barnet/", views.child_view, name="child_view"),
    path("arenden/<uuid:case_id>/utredning/livsomrade/<slug:area>/", views.life_area, name="life_area"),
]
