"""`egenmakt migrate`, `manage`, and what every command that needs the database calls first."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def prepare() -> None:
    """Start the embedded server unless DATABASE_URL names one, and set up Django."""
    from egenmakt.foundation.database.server import EmbeddedServer, data_folder

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egenmakt.site.settings")
    if not os.environ.get("DATABASE_URL"):
        EmbeddedServer(data_folder() / "postgres").start()
    import django

    django.setup()


def migrate_all(verbosity: int = 0, *, again: bool = False) -> None:
    """Bring the database up to date and give every table its rights and policies.

    One at a time: a second program waits for the first. Rights that are in place already are left alone unless
    `again`, so that a program that starts does not lock tables that others are writing in.
    """
    from django.core.management import call_command
    from django.db import connections, transaction

    from egenmakt.foundation.database import security

    owner = connections["owner"]
    with security.alone(owner):
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
        if again or not security.is_applied(owner):
            with transaction.atomic(using="owner"):
                security.apply(owner)


def migrate(arguments: Sequence[str]) -> int:
    """Bring the database up to date."""
    prepare()
    migrate_all(verbosity=1, again=True)
    return 0


def manage(arguments: Sequence[str]) -> int:
    """Run a management command of Django's."""
    from django.core.management import execute_from_command_line

    if not arguments or arguments[0] not in ("makemigrations", "makemessages", "compilemessages", "help"):
        prepare()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egenmakt.site.settings")
    execute_from_command_line(["egenmakt manage", *arguments])
    return 0


def shell(arguments: Sequence[str]) -> int:
    """A Python prompt with the rooms loaded."""
    return manage(["shell", *arguments])


if __name__ == "__main__":
    sys.exit(migrate([]))
