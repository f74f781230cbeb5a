"""Who may act for a person, and what she has consented to: under the person's own address."""

from django.urls import path

from egenmakt.register.representatives import views

app_name = "representatives"

_PERSON = "personer/<uuid:person_id>"
_ONE = f"{_PERSON}/stallforetradare/<uuid:representative_id>"

urlpatterns = [
    path(f"{_PERSON}/stallforetradare/ny/", views.add_representative, name="add"),
    path(f"{_ONE}/andra/", views.edit_representative, name="edit"),
    path(f"{_ONE}/avsluta/", views.end_representative, name="end"),
    path(f"{_PERSON}/samtycken/nytt/", views.add_consent, name="add_consent"),
    path(
        f"{_PERSON}/samtycken/<uuid:consent_id>/aterkalla/", views.withdraw_consent, name="withdraw_consent"
    ),
]
