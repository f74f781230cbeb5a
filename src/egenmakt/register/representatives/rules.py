"""What must be known of a representative, and who may apply for a person (LSS 8 §). Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from egenmakt.law.calendar import after_years
from egenmakt.register.representatives.models import RepresentativeKind

APPLIES_HERSELF = 15
OF_AGE = 18

_POWERS_OF_ATTORNEY = (RepresentativeKind.PROXY, RepresentativeKind.FUTURE_PROXY)
_APPOINTED = (RepresentativeKind.TRUSTEE, RepresentativeKind.ADMINISTRATOR)
# those the law names for whoever is under 15 or plainly unable (LSS 8 §)
_NAMED_BY_LAW = (
    RepresentativeKind.GUARDIAN,
    RepresentativeKind.TRUSTEE,
    RepresentativeKind.ADMINISTRATOR,
    RepresentativeKind.FUTURE_PROXY,
)


def of_age_on(born: date) -> date:
    """The day someone turns 18 and has no guardian any more (FB 9 kap. 1 §)."""
    return after_years(born, OF_AGE)


def lacking(
    kind: RepresentativeKind, *, scope: str, evidence: str, first: date, last: date | None, born: date
) -> dict[str, str]:
    """Everything that is missing or wrong, by field: what authority rests on, what it covers, and its days.

    A power of attorney says what it covers and can be shown; a trustee or administrator has an order that can be
    shown; a guardian's authority ends when the child comes of age.
    """
    wrong: dict[str, str] = {}
    if kind in _POWERS_OF_ATTORNEY and not scope.strip():
        wrong["scope"] = _("Skriv vad fullmakten omfattar.")
    if kind in _POWERS_OF_ATTORNEY and not evidence.strip():
        wrong["evidence"] = _("Skriv vad som visar fullmakten, till exempel ”fullmakt daterad 3 mars 2026”.")
    if kind in _APPOINTED and not scope.strip():
        wrong["scope"] = _(
            "Skriv vad förordnandet omfattar: bevaka rätt, förvalta egendom eller sörja för person."
        )
    if kind in _APPOINTED and not evidence.strip():
        wrong["evidence"] = _("Skriv vilket beslut som visar förordnandet, och från vilken dag.")
    if kind == RepresentativeKind.GUARDIAN and first >= of_age_on(born):
        wrong["first"] = _("Personen är vuxen den dagen och har ingen vårdnadshavare. Välj ett annat slag.")
    elif last is not None and last < first:
        wrong["last"] = _("Sista dagen ligger före den första. Välj en senare dag.")
    elif kind == RepresentativeKind.GUARDIAN and last is not None and last >= of_age_on(born):
        wrong["last"] = _("Vårdnaden upphör när barnet fyller 18 år. Välj en dag före det.")
    return wrong


def last_day(kind: RepresentativeKind, last: date | None, born: date) -> date | None:
    """The last day of authority: as noted, and for a guardian never later than the day before the child is 18."""
    if kind == RepresentativeKind.GUARDIAN and last is None:
        return of_age_on(born) - timedelta(days=1)
    return last


@dataclass(frozen=True)
class MayApply:
    """Who may ask for measures for a person on a day: herself, some of her representatives; and why, in Swedish."""

    herself: bool
    kinds: frozenset[RepresentativeKind]
    reason: str


def may_apply(born: date, day: date, *, plainly_unable: bool) -> MayApply:
    """Who may ask for measures (LSS 8 §).

    The person herself from the day she turns 15, unless she plainly cannot take a stand on her own (a judgement that
    the officer makes and gives reasons for). Otherwise a guardian, trustee, administrator or holder of a future power
    of attorney. Whoever has a power of attorney acts for the one who gave it, at any age (FL 14 §).
    """
    if day < after_years(born, APPLIES_HERSELF):
        reason = _("Den som är under 15 år företräds av vårdnadshavare, god man eller förvaltare (8 § LSS).")
        return MayApply(False, frozenset({*_NAMED_BY_LAW, RepresentativeKind.PROXY}), reason)
    if plainly_unable:
        reason = _(
            "Den som uppenbart saknar förmåga att ta ställning själv företräds av vårdnadshavare, god man, "
            "förvaltare eller framtidsfullmaktshavare (8 § LSS)."
        )
        return MayApply(False, frozenset({*_NAMED_BY_LAW, RepresentativeKind.PROXY}), reason)
    reason = _("Den som har fyllt 15 år ansöker själv, eller genom ett ombud med fullmakt (8 § LSS).")
    return MayApply(True, frozenset({RepresentativeKind.PROXY}), reason)
