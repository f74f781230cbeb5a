"""What can go wrong when persons are registered and changed. Messages are Swedish and name nobody."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _


class AlreadyRegistered(Exception):
    """The number belongs to a person who is registered and not protected; `person_id` says which."""

    def __init__(self, person_id: UUID) -> None:
        self.person_id = person_id
        super().__init__(
            _("Personen är redan registrerad. Öppna hennes sida i stället för att registrera igen.")
        )


class NumberNotAvailable(Exception):
    """The number cannot be used here. Said of a protected person's number, without saying that it is one."""

    def __init__(self) -> None:
        super().__init__(
            _("Numret går inte att registrera härifrån. Be enhetschefen om hjälp, så kommer ni vidare.")
        )


class BirthDayMissing(ValueError):
    """Neither the number nor the form says when the person was born."""

    def __init__(self) -> None:
        super().__init__(_("Skriv vilken dag personen är född. Numret säger det inte."))


class NotStaffHere(ValueError):
    """The one named as reader has no role in the municipality today."""

    def __init__(self) -> None:
        super().__init__(_("Välj någon som har en roll i kommunen i dag."))


class AlreadyReader(ValueError):
    """The one named is a reader already."""

    def __init__(self) -> None:
        super().__init__(_("Hon eller han är redan läsare för personen."))


class LastReader(ValueError):
    """Without this reader nobody could open the protected person's file."""

    def __init__(self) -> None:
        super().__init__(
            _("Det här är den sista läsaren. Namnge en annan först, annars kan ingen öppna personens akt.")
        )


class ReasonMissing(ValueError):
    """A reason must be given."""

    def __init__(self) -> None:
        super().__init__(_("Skriv ett skäl, så att den som granskar förstår."))
