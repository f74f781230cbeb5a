from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "egenmakt.register.people"
    label = "people"
    verbose_name = "Personer"

    def ready(self) -> None:
        from egenmakt.foundation.reviews import subjects
        from egenmakt.register.people import queries

        subjects.register(queries.named_for_review)
