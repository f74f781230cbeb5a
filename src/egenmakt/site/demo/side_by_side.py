"""What runs in a process that fills one municipality. Imports nothing of Django before Django is set up."""

from __future__ import annotations

from datetime import date


def prepare() -> None:
    """Set up a new process to work on the database."""
    from egenmakt.site.commands.database import prepare as prepare_database

    prepare_database()


def fill(slug: str, today: date, people: int, parent: int) -> None:
    """Fill one municipality, from where it was; end early when the process `parent` is gone."""
    from egenmakt.site.demo.loading import Begun, load_town
    from egenmakt.site.demo.staff import TOWNS

    town = next(town for town in TOWNS if town.slug == slug)
    load_town(town, Begun(today, people), parent=parent)
