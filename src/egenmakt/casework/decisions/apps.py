from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "egenmakt.casework.decisions"
    label = "decisions"
    verbose_name = "Beslut"
