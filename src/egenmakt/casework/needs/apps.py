from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "egenmakt.casework.needs"
    label = "needs"
    verbose_name = "Behov"

    def ready(self) -> None:
        from egenmakt.casework.needs import case_parts

        case_parts.register()
