from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "egenmakt.foundation.reviews"
    label = "reviews"
    verbose_name = "Granskning"
