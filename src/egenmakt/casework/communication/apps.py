from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "egenmakt.casework.communication"
    label = "communication"
    verbose_name = "Kommunicering"

    def ready(self) -> None:
        """Hang the room's step on the case, and carry out what its outbox entries ask."""
        from egenmakt.casework.communication import case_parts, posting  # noqa: F401

        case_parts.register()
