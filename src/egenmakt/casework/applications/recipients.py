"""To whom the letters of a case go: the representative who applied, or the person herself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.documents.letters import Recipient
from egenmakt.register.people.frame import is_protected


class RecipientHidden(RuntimeError):
    """The letter's writer may not know who the person is, so it cannot be written to her. Someone named writes it."""

    def __init__(self) -> None:
        super().__init__(_("Brevet kan bara göras av en namngiven läsare för personen."))


def recipient_of(case: Case, application: Application | None) -> Recipient:
    """The reader of a letter in the case. No address is printed where an identity is protected: such letters go by
    Skatteverket's forwarding.

    Raises RecipientHidden when the one who acts may not know who the person is.
    """
    identity = case.person.shown
    if identity is None:
        raise RecipientHidden
    who, address = case.person.name, identity.address
    if application and application.representative:
        who, address = application.representative.name, application.representative.address
    lines = tuple(line.strip() for line in address.splitlines() if line.strip())
    return Recipient(name=who, address=None if is_protected(case.person) or not lines else lines)
