"""Reviewing what has been opened."""

from django.urls import path

from egenmakt.foundation.reviews import views

app_name = "reviews"

urlpatterns = [
    path("granskning/oppningar/", views.openings, name="openings"),
    path("granskning/oppningar/<uuid:opening_id>/", views.opening, name="opening"),
    path("granskning/logg/", views.log_reviews, name="log_reviews"),
    path("granskning/logg/dra/", views.draw_sample, name="draw_sample"),
    path("granskning/logg/<uuid:review_id>/", views.log_review, name="log_review"),
]
