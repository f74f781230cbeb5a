"""What is printed when the demo serves: the address of the site, and who can sign in."""

from __future__ import annotations

from collections.abc import Iterator

from egenmakt.foundation.accounts.demo import DEMO_PASSWORD
from egenmakt.site.demo.staff import TOWNS

_HEADINGS = ("Roll", "Kommun", "E-post")


def sign_ins(address: str, people: int) -> str:
    """The address, the password, and a table of role, municipality and e-mail address."""
    rows = [_HEADINGS, *_rows()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    table.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(
        [
            "",
            f"Egenmakt visas på {address}   (avsluta med Ctrl+C)",
            f"Demolänet har tre kommuner och {people} personer. Ingen av dem finns.",
            "",
            *table,
            "",
            f"Lösenord för alla: {DEMO_PASSWORD}",
            "",
        ]
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    for town in TOWNS:
        for member in town.members:
            yield str(member.role.label), town.name, town.email(member.mailbox)
