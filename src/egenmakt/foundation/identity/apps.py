from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "egenmakt.foundation.identity"
    label = "identity"
    verbose_name = "Konton och roller"
