from django.apps import AppConfig


class RepresentativesConfig(AppConfig):
    name = "egenmakt.register.representatives"
    label = "representatives"
    verbose_name = "Ställföreträdare"
