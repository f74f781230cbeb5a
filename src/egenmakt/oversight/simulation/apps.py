from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "egenmakt.oversight.simulation"
    label = "simulation"
    verbose_name = "Räkna på ändringar"
