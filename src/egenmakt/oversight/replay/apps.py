from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "egenmakt.oversight.replay"
    label = "replay"
    verbose_name = "Omräkning"
