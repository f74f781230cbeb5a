"""Who may apply (LSS 8 §), and for how long a representative may."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import AppliedBy, Form
from egenmakt.foundation import clock
from egenmakt.law.calendar import after_years
from egenmakt.register.people.frame import age_on
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative, RepresentativeKind

LSS_IN_FORCE = date(1994, 1, 1)
APPLIES_ALONE = 15
OF_AGE = 18

# A representative whom the law names for whoever plainly cannot apply herself, whatever her age.
_NEEDS_REASON_FROM_15 = (RepresentativeKind.GUARDIAN,)


def asks_why(person: Person, received_on: date, applied_by: str, kind: str) -> str:
    """What must be explained about who applied, as a question in Swedish; empty when nothing must.

    Under 15 a guardian applies; from 15 the young person herself, unless she plainly cannot (LSS 8 §). The
    application is taken in either way: it is for the investigation to find out.
    """
    age = age_on(person, received_on)
    if applied_by == AppliedBy.PERSON and age < APPLIES_ALONE:
        return _(
            "Ett barn under 15 år företräds av vårdnadshavaren (8 § LSS). Skriv varför barnet ansöker själv, "
            "eller välj ställföreträdare."
        )
    if applied_by == AppliedBy.REPRESENTATIVE and age >= APPLIES_ALONE and kind in _NEEDS_REASON_FROM_15:
        return _(
            "Den som har fyllt 15 år ansöker själv (8 § LSS). Skriv varför en vårdnadshavare ansöker, till "
            "exempel att personen uppenbart saknar förmåga att ta ställning."
        )
    return ""


def authority_ends(
    person: Person, applied_by: str, kind: str, valid_until: date | None, today: date
) -> date | None:
    """The last day the applicant's authority lasts, by what is known; None when no end is.

    It is the representative's own last day, and for guardians the day before the child turns 15 (or 18, when she
    has turned 15).
    """
    if applied_by == AppliedBy.PERSON:
        return None
    ends = [valid_until] if valid_until else []
    if kind == RepresentativeKind.GUARDIAN:
        for age in (APPLIES_ALONE, OF_AGE):
            birthday = after_years(person.born, age)
            if birthday > today:
                ends.append(birthday - timedelta(days=1))
                break
    return min(ends, default=None)


def problems(
    person: Person,
    representative: Representative | None,
    *,
    form: str | None,
    received_on: date | None,
    applied_by: str | None,
    asks_for: str | None,
    representation_reason: str,
) -> dict[str, str]:
    """Everything that is wrong with an application, by field; None is what could not be read."""
    errors: dict[str, str] = {}
    if form is not None and form not in Form.values:
        errors["form"] = _("Välj om ansökan är skriftlig eller muntlig.")
    if applied_by is not None and applied_by not in AppliedBy.values:
        errors["applied_by"] = _("Välj vem som ansöker.")
    if asks_for is not None and not asks_for.strip():
        errors["asks_for"] = _("Skriv vad ansökan gäller.")
    if applied_by == AppliedBy.REPRESENTATIVE and representative is None:
        errors["representative"] = _(
            "Välj vem som ansöker för personen. Saknas hon eller han, registrera först."
        )
    if received_on is None:
        return errors
    if received_on > clock.today():
        errors["received_on"] = _("Skriv den dag ansökan kom in. Den kan inte ligga framåt.")
    elif received_on < LSS_IN_FORCE or received_on < person.born:
        errors["received_on"] = _("Kontrollera datumet. LSS gäller från 1994, och från att personen är född.")
    elif representative is not None and received_on not in representative.valid:
        errors["representative"] = _(
            "Den här ställföreträdaren fick inte företräda personen när ansökan kom in."
        )
    elif applied_by and "representative" not in errors and not representation_reason.strip():
        kind = representative.kind if representative else ""
        if question := asks_why(person, received_on, applied_by, kind):
            errors["representation_reason"] = question
    return errors
