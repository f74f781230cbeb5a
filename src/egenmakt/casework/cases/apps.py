from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "egenmakt.casework.cases"
    label = "cases"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        """What the room itself tells of a case, what in it keeps a case open, and which program this is."""
        from egenmakt.casework.cases import happened, happenings, queries, rules, standings
        from egenmakt.register.people import search

        for source in happened.SOURCES:
            happenings.register(source)
        rules.register_hindrance(happened.open_tasks_and_notes)
        search.register(queries.hits_for)
        standings.program()
