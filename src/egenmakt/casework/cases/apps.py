from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "egenmakt.casework.cases"
    label = "cases"
    verbose_name = "Ärenden"
