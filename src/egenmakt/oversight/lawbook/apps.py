from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "egenmakt.oversight.lawbook"
    label = "lawbook"
    verbose_name = "Lagen"
