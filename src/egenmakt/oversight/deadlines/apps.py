from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "egenmakt.oversight.deadlines"
    label = "deadlines"
    verbose_name = "Bevakning"
