"""From a proposal or a signed decision to what its letter tells. One builder, so preview and letter say
the same.

When a decision is signed its letter is computed from the frozen facts and must give the hours that are granted; if
it does not, nothing is signed (LetterDiffers). What it tells is then kept (`frozen`), so that nothing written in the
case afterwards changes a letter. Serves H-18, K-06, K-07, K-10, K-15.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import Application as AppliedFor
from egenmakt.casework.applications.models import AppliedBy
from egenmakt.casework.applications.models import Form as ApplicationForm
from egenmakt.casework.applications.recipients import recipient_of
from egenmakt.casework.cases.letters.sender import sender_of
from egenmakt.casework.cases.letters.words import genitive
from egenmakt.casework.decisions.calculations import calculations_of, granted_stretches, unverified_values
from egenmakt.casework.decisions.delegation import Delegated, delegated
from egenmakt.casework.decisions.dossier import Dossier
from egenmakt.casework.decisions.frozen import thawed
from egenmakt.casework.decisions.letters.content import (
    Appeal,
    Application,
    ChildsView,
    DecisionLetter,
    LawReference,
    Official,
    Person,
    RefusedPart,
    Signature,
    Yearly,
)
from egenmakt.casework.decisions.models import Decision, DecisionKind, RefusalGround
from egenmakt.casework.decisions.quality_gate import GRANTING, REFUSING, GateContext
from egenmakt.casework.investigations.models import Belonging
from egenmakt.foundation.identity.models import User
from egenmakt.guidelines import NoGuideline, NoGuidelineValue, guideline
from egenmakt.law import procedure
from egenmakt.law.timeline import add_years
from egenmakt.register.people.frame import is_protected
from egenmakt.register.people.models import Person as RegisteredPerson

LANGUAGE = "sv"  # letters are decided in Swedish, whatever language the page is read in
ADULT_READER = 15  # LSS 8 §: from fifteen a young person speaks for herself

SECTIONS: Mapping[str, str] = {
    RefusalGround.NOT_IN_PERSONKRETS: "1 § LSS",
    RefusalGround.NO_NEED: "7 och 9 a §§ LSS",
    RefusalGround.MET_OTHERWISE: "7 § LSS",
    RefusalGround.AGE_LIMIT: "9 b § LSS",
    RefusalGround.TEMPORARY_PROTECTION: "7 a § LSS",
}


class LetterDiffers(RuntimeError):
    """The letter would say other hours than those that were granted."""


def letter_of_proposal(context: GateContext) -> DecisionLetter:
    """The letter as it would be if the proposal were signed today. Raises ContradictoryLetter while it
    cannot be."""
    with translation.override(LANGUAGE):
        return _letter_of_proposal(context)


def _letter_of_proposal(context: GateContext) -> DecisionLetter:
    found = delegated(context.guideline, context.kind, context.computed.timeline, context.dossier.today)
    order = found if isinstance(found, Delegated) else None
    if context.signer is not None and order and order.allows(context.signer, context.dossier.case.unit_id):
        decider = Official(name=context.signer.name, title=_title(context.signer.title, order))
    else:
        decider = Official(
            name=_("[beslutsfattarens namn]"), title=order.who if order else _("beslutsfattare")
        )
    return _letter(
        context,
        decided_on=context.dossier.today,
        number="",
        signature=Signature(
            decided_by=decider,
            delegation=order.order.reference if order else str(found),
            presented_by=_presenter(context),
            meeting=context.meeting,
        ),
    )


def letter_of_decision(decision: Decision, context: GateContext) -> DecisionLetter:
    """The letter of a decision that is being signed, from what the gate looked at.

    Raises LetterDiffers when the law no longer gives what was proposed, ContradictoryLetter when the letter
    would not be whole.
    """
    frozen_timeline = list((context.proposal.outcome or {}).get("timeline", []))
    if context.computed.timeline != frozen_timeline:
        raise LetterDiffers(f"Beslut {decision.number}: beräkningen ger inte längre det som föreslogs.")
    signer = decision.signed_by
    with translation.override(LANGUAGE):
        return _letter(
            context,
            decided_on=decision.decided_on,
            number=decision.number,
            signature=Signature(
                decided_by=Official(name=signer.name, title=signer.title or _("beslutsfattare")),
                delegation=decision.delegation,
                presented_by=_presenter(context),
                meeting=decision.meeting,
            ),
        )


def kept_letter(decision: Decision) -> DecisionLetter:
    """The letter of a signed decision: what was told when it was signed, to those it is about as they are now."""
    case = decision.case
    application = AppliedFor.objects.filter(case=case).select_related("representative").first()
    with translation.override(LANGUAGE):
        return thawed(
            decision.letter_text.content,
            person=_person(case.person),
            recipient=recipient_of(case, application),
            applicant=_applicant(application),
        )


def _title(title: str, order: Delegated) -> str:
    return title or order.who


def _presenter(context: GateContext) -> Official:
    who: User = context.proposal.prepared_by or context.proposal.drafted_by
    return Official(name=who.name, title=who.title or _("LSS-handläggare"))


def _letter(context: GateContext, *, decided_on: date, number: str, signature: Signature) -> DecisionLetter:
    dossier, proposal = context.dossier, context.proposal
    case, person = dossier.case, dossier.person
    sender = sender_of(case)
    grants = context.kind in GRANTING
    stretches = granted_stretches(context) if grants else ()
    computed = grants or context.kind == DecisionKind.REFUSAL
    return DecisionLetter(
        kind=context.kind,  # type: ignore[arg-type]  # the letter refuses what is not a kind of decision
        reference=case.number,
        decision_number=number,
        decided_on=decided_on,
        sender=sender,
        recipient=recipient_of(case, dossier.application),
        person=_person(person),
        reader_is_person=reads_herself(dossier, decided_on),
        application=_application(dossier, proposal.applied_for),
        personkrets=_personkrets(dossier),
        form="financial" if proposal.form_of_support == "financial" else "arranged",
        stretches=stretches,
        period_reasons=proposal.period_reasons if proposal.ends_on else "",
        yearly=_yearly(context, decided_on) if grants else None,
        goal=proposal.goal if grants else "",
        scope=proposal.scope if grants else "",
        follow_up_on=proposal.follow_up_on if grants else None,
        calculations=calculations_of(context) if computed else (),
        unverified=unverified_values(context) if computed else (),
        law=law_references(context),
        reasons=proposal.reasons,
        plain_reasons=proposal.plain_reasons,
        circumstances=_circumstances(dossier) if computed else (),
        view_of_measure=dossier.assessment.own_view if dossier.assessment else "",
        childs_view=_childs_view(dossier) if dossier.is_child else None,
        refused=_refused(context),
        review_reservation=proposal.review_reservation if grants else "",
        signature=signature,
        appeal=_appeal(context, decided_on, sender.phone),
    )


def _person(person: RegisteredPerson) -> Person:
    return Person(
        name=person.name,
        given_name=person.first_name,
        born=person.born,
        personal_number=None if is_protected(person) else person.number or None,
    )


def _applicant(application: AppliedFor | None) -> str | None:
    who = application.representative if application else None
    return who.name if who else None


def reads_herself(dossier: Dossier, day: date) -> bool:
    """Whether a letter about the person is read by herself: she applied, and is old enough."""
    application = dossier.application
    by_herself = application is None or application.applied_by == AppliedBy.PERSON
    born = dossier.person.born
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return by_herself and age >= ADULT_READER


def _application(dossier: Dossier, wanted: str) -> Application:
    application = dossier.application
    if application is None:
        return Application(received=dossier.case.opened_on, oral=False, wanted=wanted)
    who = application.representative
    return Application(
        received=application.received_on,
        oral=application.form == ApplicationForm.ORAL,
        wanted=wanted or application.asks_for,
        applicant=_applicant(application),
        capacity=who.get_kind_display() if who else "",
    )


def _personkrets(dossier: Dossier) -> str:
    trial = dossier.trial
    if trial is None or not trial.outcome or trial.outcome == Belonging.NONE:
        return ""
    return f"{trial.outcome} ({trial.diagnosis})" if trial.diagnosis else str(trial.outcome)


def _childs_view(dossier: Dossier) -> ChildsView | None:
    view = dossier.child_view
    if view is None or view.heard is None:
        return None
    return ChildsView(
        heard=view.how,
        view=view.view or _("Barnet har inte kunnat framföra någon åsikt."),
        weighed=" ".join(part for part in (view.best_interests.strip(), view.effect.strip()) if part),
    )


def _circumstances(dossier: Dossier) -> tuple[str, ...]:
    assessment = dossier.assessment
    if assessment is None:
        return ()
    texts = (assessment.normalisation, assessment.met_otherwise, assessment.good_living_conditions)
    return tuple(text.strip() for text in texts if text.strip())


def _refused(context: GateContext) -> tuple[RefusedPart, ...]:
    proposal = context.proposal
    if context.kind not in REFUSING or not proposal.refusal_ground:
        return ()
    name = context.dossier.person.first_name
    whole = _("%(whose)s ansökan om personlig assistans") % {"whose": genitive(name)}
    return (
        RefusedPart(
            what=proposal.refused.strip() or whole,
            ground=proposal.refusal_ground,  # type: ignore[arg-type]  # the same words as in the model
            section=SECTIONS[proposal.refusal_ground],
            reason=proposal.refusal_reasons,
        ),
    )


def _appeal(context: GateContext, decided_on: date, phone: str) -> Appeal:
    case = context.dossier.case
    court = procedure.court_for(case.municipality.code, decided_on)
    contact = f"{case.officer.name}, {phone}" if case.officer else ""
    return Appeal(court=court.name, help_contact=contact)


def _yearly(context: GateContext, on: date) -> Yearly | None:
    """The yearly decision, where the guideline counts hours over a year and lets months vary (K-12)."""
    try:
        found = guideline(context.guideline)
        months = found.value("decision_period", on).value
        percent = found.value("monthly_flexibility", on).value
    except (NoGuideline, NoGuidelineValue):
        return None
    stretches = granted_stretches(context)
    if months != 12 or not stretches:
        return None
    first = stretches[0].first_day
    year_ends = add_years(first, 1).toordinal()
    total = 0
    for one in stretches:
        ends = one.last_day.toordinal() + 1 if one.last_day else year_ends
        total += max(0, min(ends, year_ends) - one.first_day.toordinal()) * one.seconds_per_week
    return Yearly(flexibility_percent=int(percent), total_seconds=total // 7)


def law_references(context: GateContext) -> tuple[LawReference, ...]:
    """The sections the decision rests on, each with what it says."""
    kind, dossier = context.kind, context.dossier
    if kind == DecisionKind.DISMISSAL:
        return (LawReference(citation="8 § LSS", says=_("insatser ges bara om den enskilde begär det")),)
    if kind == DecisionKind.CLOSURE:
        return (
            LawReference(
                citation="8 § LSS",
                says=_(
                    "insatser ges bara om den enskilde begär det; den som har ansökt får ta tillbaka ansökan"
                ),
            ),
        )
    group = dossier.trial.outcome if dossier.trial and dossier.trial.outcome not in ("", "none") else ""
    rows = [
        (f"1 § {group} LSS" if group else "1 § LSS", _("vilka personer lagen gäller för")),
        (
            "5 och 7 §§ LSS",
            _("rätt till insatser som ger goda levnadsvillkor, om behovet inte tillgodoses på annat sätt"),
        ),
        (
            "9 § 2 och 9 a §§ LSS",
            _("personlig assistans för den som behöver hjälp med grundläggande behov"),
        ),
    ]
    if dossier.is_child:
        rows.append(
            ("6 a och 8 §§ LSS", _("barnets bästa ska beaktas särskilt, och barnet får säga sin mening"))
        )
    if dossier.is_child and kind in GRANTING:
        rows.append(
            (
                "9 f § LSS och 6 a § förordningen (1993:1090)",
                _("avdrag för det som föräldrar normalt ansvarar för"),
            )
        )
    ground = context.proposal.refusal_ground
    if kind in REFUSING and ground == RefusalGround.AGE_LIMIT:
        rows.append(("9 b § LSS", _("åldersgränsen för personlig assistans")))
    if kind in REFUSING and ground == RefusalGround.TEMPORARY_PROTECTION:
        rows.append(("7 a § LSS", _("den som har tillfälligt skydd har inte rätt till insatser")))
    return tuple(LawReference(citation=citation, says=says) for citation, says in rows)
