from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "egenmakt.foundation.audit"
    label = "audit"
    verbose_name = "Historik och åtkomstlogg"
