from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "egenmakt.foundation.access"
    label = "access"
    verbose_name = "Behörighet"
