from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "egenmakt.casework.investigations"
    label = "investigations"
    verbose_name = "Utredningar"

    def ready(self) -> None:
        from egenmakt.casework.investigations import case_parts

        case_parts.register()
