from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "egenmakt.foundation.ui"
    label = "ui"
    verbose_name = "Sidornas delar"
