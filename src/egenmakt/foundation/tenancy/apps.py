from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "egenmakt.foundation.tenancy"
    label = "tenancy"
    verbose_name = "Kommuner och enheter"
