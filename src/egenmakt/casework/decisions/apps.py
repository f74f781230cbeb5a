from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "egenmakt.casework.decisions"
    label = "decisions"
    verbose_name = "Beslut"

    def ready(self) -> None:
        """Hang the room's steps, deadlines and measures on the case and the person, and what follows a
        signature."""
        from egenmakt.casework.decisions import case_parts, following  # noqa: F401 - registers its handlers

        case_parts.register()
