from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "egenmakt.casework.investigations"
    label = "investigations"
    verbose_name = "Utredningar"
