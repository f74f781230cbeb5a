"""Who writes a letter: the municipality's board and the case's unit, as the municipality has given its
address.

The address is kept as lines: postal lines first, then telephone, e-mail and web, each on a line of its own.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.documents.letters import Sender
from egenmakt.foundation.tenancy.models import Municipality

_PHONE = re.compile(r"[+\d][\d \-()/]{5,}")


def sender_of(case: Case) -> Sender:
    """The sender of a letter in the case. What the municipality has not given is empty."""
    municipality = case.municipality
    postal, phone, email, web = _read(municipality)
    return Sender(
        municipality=_("%s kommun") % _genitive(municipality.name),
        board=municipality.board,
        unit=case.unit.name,
        postal_address=postal,
        phone=phone,
        email=email,
        web=web,
    )


def missing_in_sender(municipality: Municipality) -> list[str]:
    """What a letter needs of the municipality's address and does not have: how to reach it, in Swedish."""
    postal, phone, email, _web = _read(municipality)
    wanted = {_("postadress"): bool(postal), _("telefon"): bool(phone), _("e-postadress"): bool(email)}
    return [name for name, there in wanted.items() if not there]


def _read(municipality: Municipality) -> tuple[tuple[str, ...], str, str, str]:
    postal: list[str] = []
    phone = email = web = ""
    for line in (line.strip() for line in municipality.address.splitlines()):
        if "@" in line:
            email = email or line
        elif line.startswith(("https://", "http://")):
            web = web or line
        elif _PHONE.fullmatch(line):
            phone = phone or line
        elif line:
            postal.append(line)
    return tuple(postal), phone, email, web


def _genitive(name: str) -> str:
    return name if name.endswith("s") else f"{name}s"
