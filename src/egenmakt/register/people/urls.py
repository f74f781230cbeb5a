"""Persons: the list, the search, one person and what is done with her."""

from django.urls import path

from egenmakt.register.people import opening, registering, views

app_name = "people"

urlpatterns = [
    path("personer/", views.people, name="list"),
    path("personer/ny/", registering.find_before_registering, name="find"),
    path("personer/ny/uppgifter/", registering.register, name="register"),
    path("personer/<uuid:person_id>/", views.person, name="person"),
    path("personer/<uuid:person_id>/andra/", registering.edit, name="edit"),
    path("personer/<uuid:person_id>/lasare/", opening.readers, name="readers"),
    path("personer/<uuid:person_id>/lasare/<uuid:reader_id>/avsluta/", opening.end_reader, name="end_reader"),
    path("personer/<uuid:person_id>/oppna-med-skal/", opening.break_glass, name="break_glass"),
    path("personer/<uuid:person_id>/atkomst/", opening.accesses, name="accesses"),
    path("sok/", views.search, name="search"),
]
