from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "egenmakt.casework.applications"
    label = "applications"
    verbose_name = "Ansökningar"
