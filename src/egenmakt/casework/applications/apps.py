from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "egenmakt.casework.applications"
    label = "applications"
    verbose_name = "Ansökningar"

    def ready(self) -> None:
        """Hang the room's step, deadlines and happenings on the case, and carry out what its outbox entries ask."""
        from egenmakt.casework.applications import case_parts, posting  # noqa: F401

        case_parts.register()
