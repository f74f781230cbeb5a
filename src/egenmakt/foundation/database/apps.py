from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "egenmakt.foundation.database"
    label = "database"
