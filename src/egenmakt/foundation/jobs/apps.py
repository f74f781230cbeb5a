from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "egenmakt.foundation.jobs"
    label = "jobs"
    verbose_name = "Utkorg"
