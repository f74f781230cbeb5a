from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "egenmakt.casework.needs"
    label = "needs"
    verbose_name = "Behov"
