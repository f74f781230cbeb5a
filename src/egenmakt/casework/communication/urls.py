"""URLs of the room."""

from django.urls import URLPattern

app_name = "communication"

urlpatterns: list[URLPattern] = []
