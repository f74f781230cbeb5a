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


def migrate_all(verbosity: int = 0) -> None:
    """Bring the database up to date and give every table its rights and policies."""
    from django.core.management import call_command
    from django.db import connections, transaction

    from egenmakt.foundation.database import security

    call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    with transaction.atomic(using="owner"):
        security.apply(connections["owner"])


def migrate(arguments: Sequence[str]) -> int:
    """Bring the database up to date."""
    prepare()
    migrate_all(verbosity=1)
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
