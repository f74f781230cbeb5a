"""From what the case holds to what the law gives: the facts as they are frozen, and every recomputation of
them.

Facts have the shape of `egenmakt assess` (contracts), so anyone can compute them again outside the program.
Guarantee: the same facts and the same law give the same timeline; a difference is told, never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt import law
from egenmakt.casework.decisions.dossier import OF_AGE, Dossier
from egenmakt.casework.decisions.models import Proposal
from egenmakt.casework.investigations.models import Belonging
from egenmakt.casework.needs.models import Moment
from egenmakt.casework.needs.sheet import CaseFacts, MomentValues, SheetValues, facts_from
from egenmakt.foundation.ui.dates import hours_long, long_date
from egenmakt.law.calendar import CalendarUnknown
from egenmakt.law.timeline import add_months, add_years

Facts = dict[str, Any]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Computed:
    """What the law gives for some facts: the assessment, or in Swedish why there is none."""

    assessment: law.Assessment | None
    problem: str = ""

    @property
    def outcome(self) -> dict[str, Any]:
        """The assessment as it is stored with a proposal; empty when there is none."""
        return dict(self.assessment.to_json()) if self.assessment else {}

    @property
    def timeline(self) -> list[dict[str, Any]]:
        """Only the sums over time: what two computations are compared by."""
        return list(self.outcome.get("timeline", []))


def compute(facts: Facts | None) -> Computed:
    """What the law gives for facts; the problem in Swedish where it gives nothing."""
    if facts is None:
        return Computed(None, _("Tiden kan inte räknas ut. Ansökan, perioden och momenten behövs."))
    try:
        return Computed(law.assess(law.facts_from_json(facts)))
    except law.InvalidInput as invalid:
        return Computed(None, " ".join(dict.fromkeys(error.message for error in invalid.errors)))
    except (law.NoParameter, law.NoRule, CalendarUnknown) as missing:
        return Computed(None, str(missing))


def facts_of(dossier: Dossier, proposal: Proposal, municipality: str) -> Facts | None:
    """The facts of a case for the period of a proposal; None while the application or the sheet is missing.

    The moments become facts by the same function as in the moments editor. A decision until further notice is
    assessed to the day after the last change that is known now: it is what holds on that day that goes on.
    """
    sheet, application = dossier.sheet, dossier.application
    if sheet is None or application is None:
        return None
    first = proposal.starts_on or sheet.starts_on
    born = dossier.person.born
    until = proposal.ends_on or _last_known_change(first, born, dossier.moments)
    found = facts_from(
        CaseFacts.of(
            born=born,
            opened_on=dossier.case.opened_on,
            application=application,
            personkrets=_personkrets(dossier),
            municipality=municipality or None,
        ),
        replace(SheetValues.of(sheet), starts_on=first, ends_on=until),
        [(str(one.pk), MomentValues.of(one)) for one in dossier.moments],
    )
    return as_document(found)


def _last_known_change(first: date, born: date, moments: tuple[Moment, ...]) -> date:
    days = [add_years(first, 1) - _ONE_DAY]
    if (of_age := add_years(born, OF_AGE)) > first:
        days.append(add_months(of_age.replace(day=1), 1))
    days += [one.self_care_valid_until + _ONE_DAY for one in moments if one.self_care_valid_until]
    return max(days)


def _personkrets(dossier: Dossier) -> law.Personkrets | None:
    tried = dossier.trial.outcome if dossier.trial and dossier.trial.judged_at else ""
    if not tried:
        return None
    return law.Personkrets(None if tried == Belonging.NONE else int(tried))


def as_document(facts: law.AssessmentFacts) -> Facts:
    """Facts in the shape of `egenmakt assess`; `law.facts_from_json` reads back the same facts."""
    return {
        "on": facts.on.isoformat(),
        "until": facts.until.isoformat() if facts.until else None,
        "municipality": facts.municipality,
        "person": {"born": facts.born.isoformat()},
        "application": {
            "received": facts.received.isoformat(),
            "granted_before_age_limit": facts.granted_before_age_limit,
            "current_s_per_week": facts.current_s_per_week,
        },
        "personkrets": {"group": facts.personkrets.group} if facts.personkrets else None,
        "days_per_week": facts.days_per_week,
        "double_assistance": {
            "housing_adaptation_tried": facts.double_assistance.housing_adaptation_tried,
            "aids_tried": facts.double_assistance.aids_tried,
        },
        "moments": [_moment(one) for one in facts.moments],
        "night": {
            "waiting_minutes_per_day": _number(facts.waiting_minutes_per_day),
            "standby_minutes_per_day": _number(facts.standby_minutes_per_day),
        },
        **({"readings": list(facts.readings)} if facts.readings else {}),
    }


def _moment(moment: law.Moment) -> Facts:
    return {
        "id": moment.id,
        "text": moment.text,
        "need": moment.need.value,
        "minutes": _number(moment.minutes),
        "times": moment.times,
        "per": moment.per.value,
        "assistants": moment.assistants,
        "intimate": moment.intimate,
        "tube_feeding": moment.tube_feeding,
        "activation_measure": moment.activation_measure,
        "directly_necessary_for": moment.directly_necessary_for.value
        if moment.directly_necessary_for
        else None,
        "self_care": _self_care(moment),
        "met_otherwise_minutes": _number(moment.met_otherwise_minutes),
    }


def _self_care(moment: law.Moment) -> Facts | bool | None:
    if isinstance(moment.self_care, law.SelfCare):
        until = moment.self_care.valid_until
        return {
            "assessed": moment.self_care.assessed.isoformat(),
            "valid_until": until.isoformat() if until else None,
        }
    return moment.self_care


def _number(value: Decimal) -> int | float:
    """A number as JSON holds it: whole where it is whole; a few decimals are the same after reading back."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True)
class Recomputation:
    """A frozen proposal computed again, from its own facts and from what the case holds now."""

    replayed: Computed
    current: Computed
    same_when_replayed: bool
    same_now: bool
    changes: tuple[str, ...]


def recompute(proposal: Proposal, dossier: Dossier, municipality: str) -> Recomputation:
    """Compute a proposal again in this session. `changes` says in Swedish what is not as it was when
    proposed."""
    replayed = compute(proposal.facts)
    facts = facts_of(dossier, proposal, municipality)
    current = compute(facts)
    frozen = list((proposal.outcome or {}).get("timeline", []))
    return Recomputation(
        replayed=replayed,
        current=current,
        same_when_replayed=replayed.timeline == frozen and bool(frozen),
        same_now=current.timeline == frozen and bool(frozen),
        changes=tuple(_changes(proposal.facts or {}, facts or {}, frozen, current.timeline)),
    )


_NAMES = {
    "on": gettext_lazy("första dagen"),
    "until": gettext_lazy("sista dagen"),
    "person": gettext_lazy("födelsedatumet"),
    "application": gettext_lazy("uppgifterna om ansökan"),
    "personkrets": gettext_lazy("personkretsen"),
    "days_per_week": gettext_lazy("dagar i veckan med assistans"),
    "double_assistance": gettext_lazy("utredningen om bostadsanpassning och hjälpmedel"),
    "night": gettext_lazy("väntetid och beredskap"),
}


def _changes(then: Facts, now: Facts, frozen: list[Facts], current: list[Facts]) -> list[str]:
    changed = [
        _("Ändrat: %(what)s.") % {"what": name}
        for key, name in _NAMES.items()
        if then.get(key) != now.get(key)
    ]
    before = {one["id"]: one for one in then.get("moments", [])}
    after = {one["id"]: one for one in now.get("moments", [])}
    changed += [
        _("Momentet ”%s” har tagits bort.") % before[key]["text"] for key in before if key not in after
    ]
    changed += [_("Momentet ”%s” har lagts till.") % after[key]["text"] for key in after if key not in before]
    changed += [
        _("Momentet ”%s” har ändrats.") % after[key]["text"]
        for key in after
        if key in before and before[key] != after[key]
    ]
    if frozen != current:
        changed.append(
            _("Tiden var %(then)s och är nu %(now)s.") % {"then": _told(frozen), "now": _told(current)}
        )
    return changed


def _told(timeline: list[Facts]) -> str:
    """A timeline in a few words: 15 h 45 min från 1 mars 2026."""
    parts = [
        _("%(hours)s från %(day)s")
        % {"hours": hours_long(one["total_s"]), "day": long_date(date.fromisoformat(one["from"]))}
        for one in timeline
    ]
    return ", ".join(parts) or _("inte uträknad")
