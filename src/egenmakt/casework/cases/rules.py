"""Who may do what in a case one may open, and what keeps a case from being closed.

Reading is the gate's matter. Here: opening a file in an emergency, or deciding in it, is not working on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from egenmakt.casework.cases.models import Case, CaseStaff, NoteKind, NoteSource
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.register.people.frame import is_protected
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity

# Who distributes the work of a unit.
LEADS = (Role.UNIT_MANAGER, Role.REGISTRAR)


class Invalid(ValueError):
    """What was asked for cannot be stored.

    `errors` holds everything wrong at once: a field's name, or the empty string for the whole, and a Swedish
    sentence that says what to do.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


def user_of(actor: Actor) -> UUID:
    """The user who acts. Scheduled jobs have none and do no casework: NotAllowed."""
    if actor.user_id is None:
        raise NotAllowed(_("Det här gör en människa, inte programmet på egen hand."))
    return actor.user_id


def holds(actor: Actor, unit_id: UUID, *roles: Role) -> bool:
    """Whether the actor holds one of the roles in the unit, or in the whole municipality."""
    units = actor.units(*roles)
    return units is None or unit_id in units


def works_on(actor: Actor, case: Case) -> bool:
    """Whether the actor handles the case: officer, co-worker today, or manager or registrar of its unit."""
    return (
        actor.user_id == case.officer_id
        or holds(actor, case.unit_id, *LEADS)
        or CaseStaff.objects.filter(case=case, user_id=user_of(actor), valid__contains=clock.today()).exists()
    )


def require_work(actor: Actor, case: Case) -> None:
    """NotAllowed unless the actor works on the case and the case is open."""
    if not works_on(actor, case):
        raise NotAllowed(
            _("Ärendet kan ändras av den som handlägger det, av enhetens chef och av registrator.")
        )
    if case.closed_on is not None:
        raise NotAllowed(_("Ärendet är avslutat. Det kan läsas men inte ändras."))


def require_lead(actor: Actor, case: Case) -> None:
    """NotAllowed unless the actor distributes the work of the case's unit and the case is open."""
    if not holds(actor, case.unit_id, *LEADS):
        raise NotAllowed(_("Enhetens chef eller registrator fördelar ärenden."))
    if case.closed_on is not None:
        raise NotAllowed(_("Ärendet är avslutat. Det kan läsas men inte ändras."))


def may_be_officer(user_id: UUID, unit_id: UUID, day: date) -> bool:
    """Whether the user is case officer in the unit (or in the whole municipality) on the day."""
    held = Assignment.objects.filter(user_id=user_id, role=Role.CASE_OFFICER, valid__contains=day)
    return any(one.unit_id in (None, unit_id) for one in held)


def may_know(person: Person, user_id: UUID) -> bool:
    """Whether the user may see who the person is: she is not protected, or names the user as reader."""
    if not is_protected(person):
        return True
    return NamedReader.objects.filter(person=person, user_id=user_id, valid__contains=clock.today()).exists()


_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")


def tells_who(text: str, person: Person) -> bool:
    """Whether a text shown in lists gives away who the person is: a number, or a protected person's name."""
    if _NUMBER.search(text):
        return True
    identity: PersonIdentity | None = person.shown
    if identity is None or not is_protected(person):
        return False
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    names = re.findall(r"\w+", f"{identity.given_name} {identity.family_name}")
    return any(name.casefold() in words or f"{name.casefold()}s" in words for name in names if len(name) > 1)


def note_problems(
    *,
    kind: str | None,
    happened_at: datetime | None,
    source: str,
    source_name: str,
    on_consent: bool,
    without_consent_reason: str,
    lock: bool,
) -> dict[str, str]:
    """What is wrong with a note, by field; None is what could not be read. A working note may lack what others told.

    H-15: what comes from others rests on a consent, or on a reason why there is none.
    """
    errors: dict[str, str] = {}
    if kind is not None and kind not in NoteKind.values:
        errors["kind"] = _("Välj vad anteckningen gäller.")
    if happened_at is not None and happened_at > clock.now():
        errors["happened_on"] = _("Skriv när det hände. Tiden kan inte ligga framåt.")
    if not lock or kind != NoteKind.RECEIVED:
        return errors
    if source not in NoteSource.values:
        errors["source"] = _("Välj vem uppgiften kommer från.")
    if source == NoteSource.OTHER and not source_name.strip():
        errors["source_name"] = _("Skriv vem som lämnade uppgiften, till exempel ”rektor vid skolan”.")
    if source == NoteSource.OTHER and not on_consent and not without_consent_reason.strip():
        errors["consent"] = _("Välj vilket samtycke uppgiften vilar på, eller skriv varför det saknas.")
    return errors


def task_problems(person: Person | None, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a task's words and days, by field; what could not be read is missing from `values`."""
    errors: dict[str, str] = {}
    if "title" in values and not values["title"].strip():
        errors["title"] = _("Skriv vad som ska göras.")
    for name in ("title", "waits_for", "due_reason"):
        if person is not None and tells_who(values.get(name) or "", person):
            errors[name] = _(
                "Skriv utan personnummer och utan namn på en skyddad person. Uppgiften syns i listor."
            )
    since = values.get("waits_since")
    if since is not None and since > clock.today():
        errors["waits_since"] = _("Skriv sedan vilken dag uppgiften väntar. Dagen kan inte ligga framåt.")
    return errors


def require_current(row: Model, version: int, *, current: dict[str, Any], posted: dict[str, Any]) -> None:
    """StaleVersion unless the row still has the version the form was shown with.

    Take the row locked first.
    """
    stored: int = row.version  # type: ignore[attr-defined]
    if stored == version:
        return
    last = row.history_events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    raise StaleVersion(
        current=current,
        posted=posted,
        version=stored,
        saved_by=_name_of(last.pgh_actor_id) if last else "",
        saved_at=last.pgh_created_at if last else None,
    )


def _name_of(user_id: UUID | None) -> str:
    if user_id is None:
        return ""
    return str(User.objects.filter(pk=user_id).values_list("name", flat=True).first() or "")


# What keeps a case from being closed: each room may say, in Swedish sentences.
Hindrance = Callable[[Case], Iterable[str]]
_hindrances: list[Hindrance] = []


def register_hindrance(hindrance: Hindrance) -> None:
    """Add what keeps a case open (called when the program starts, from the room's AppConfig.ready)."""
    _hindrances.append(hindrance)


def hindrances_of(case: Case) -> list[str]:
    """Everything that keeps the case from being closed, one sentence each."""
    return [sentence for hindrance in _hindrances for sentence in hindrance(case)]
