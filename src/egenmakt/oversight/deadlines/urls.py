"""URLs of the worklists."""

from django.urls import path

from egenmakt.oversight.deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("arbete/", views.worklist, name="worklist"),
    path("enheten/", views.unit, name="unit"),
    path("enheten/lista/", views.unit_list, name="unit_list"),
]
