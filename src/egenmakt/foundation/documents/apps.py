from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "egenmakt.foundation.documents"
    label = "documents"
    verbose_name = "Handlingar"
