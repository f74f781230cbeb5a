from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "egenmakt.casework.communication"
    label = "communication"
    verbose_name = "Kommunicering"
