"""URLs of the room."""

from django.urls import URLPattern

app_name = "representatives"

urlpatterns: list[URLPattern] = []
