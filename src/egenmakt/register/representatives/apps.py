from django.apps import AppConfig


class RepresentativesConfig(AppConfig):
    name = "egenmakt.register.representatives"
    label = "representatives"
    verbose_name = "Ställföreträdare"

    def ready(self) -> None:
        from egenmakt.register.people import frame, panels
        from egenmakt.register.people.actions import REGISTERS
        from egenmakt.register.representatives import queries

        frame.register_represented_by(queries.represented_by)
        panels.register(
            panels.Panel(
                key="representatives",
                order=10,
                template="representatives/panel.html",
                load=lambda actor, person: {
                    "around": queries.around(person),
                    "may_change": actor.has(*REGISTERS),
                },
                place="rail",
            )
        )
