from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "egenmakt.register.people"
    label = "people"
    verbose_name = "Personer"
