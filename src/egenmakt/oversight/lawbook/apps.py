from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "egenmakt.oversight.lawbook"
    label = "lawbook"
    verbose_name = "Lagen"

    def ready(self) -> None:
        """Read every parameter of the law, so that a faulty file stops the start with its name and line."""
        from egenmakt.law.parameters import all_parameters

        all_parameters()
