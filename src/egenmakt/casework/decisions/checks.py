"""What each requirement of the quality gate looks at in the case. One function a requirement; `rules.GATE`
lists them.

A function reads only the context it is given. Its sentence says what was found, or what to do.
"""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import AppliedBy
from egenmakt.casework.applications.rules import asks_why
from egenmakt.casework.cases.letters.sender import missing_in_sender
from egenmakt.casework.cases.models import CaseKind
from egenmakt.casework.communication.models import Waiver
from egenmakt.casework.communication.queries import state_from
from egenmakt.casework.decisions.models import DecisionKind, RefusalGround
from egenmakt.casework.decisions.quality_gate import GateContext, GateResult
from egenmakt.casework.investigations.models import Belonging
from egenmakt.casework.investigations.queries import CHILD_TEXTS, answers_of
from egenmakt.casework.investigations.rules import missing_in_child_view, missing_in_trial
from egenmakt.foundation.ui.dates import hours_long, long_date


def link(context: GateContext, name: str) -> str:
    """The case's page of another room, or the case itself where there is no such page."""
    for wanted in (name, "cases:case"):
        try:
            return reverse(wanted, kwargs={"case_id": context.dossier.case.pk})
        except NoReverseMatch:
            continue
    return ""


def applicant(context: GateContext) -> GateResult:
    """The one who applied may do so, and it has been checked (LSS 8 §, FL 14–15 §§)."""
    application, url = context.dossier.application, link(context, "applications:application")
    if application is None:
        return GateResult(False, _("Ansökan är inte registrerad. Registrera den."), url)
    who, by_other = application.representative, application.applied_by == AppliedBy.REPRESENTATIVE
    question = asks_why(
        context.dossier.person, application.received_on, application.applied_by, who.kind if who else ""
    )
    if by_other and who is None:
        return GateResult(False, _("Ställföreträdaren kan inte visas för dig och därför inte prövas."), url)
    if who is not None and application.received_on not in who.valid:
        return GateResult(
            False,
            _("Behörigheten gällde inte den %(day)s, då ansökan kom in.")
            % {"day": long_date(application.received_on)},
            url,
        )
    if question and not application.representation_reason.strip():
        return GateResult(False, question, url)
    if application.authority_checked_on is None:
        return GateResult(False, _("Kontrollera den sökandes behörighet och skriv vad som styrker den."), url)
    if application.authority_until and application.authority_until < context.dossier.today:
        return GateResult(
            False,
            _("Behörigheten gällde till %(day)s. Kontrollera den igen.")
            % {"day": long_date(application.authority_until)},
            url,
        )
    told = who.get_kind_display() if who else _("personen själv")
    return GateResult(
        True,
        _("Ansökt av %(who)s. Behörigheten kontrollerades %(day)s: %(ground)s.")
        % {
            "who": told,
            "day": long_date(application.authority_checked_on),
            "ground": application.authority_ground,
        },
        url,
    )


def personkrets(context: GateContext) -> GateResult:
    """The group of persons has been tried on named evidence, every criterion of the group (LSS 1 §)."""
    trial, url = context.dossier.trial, link(context, "investigations:personkrets")
    if trial is None or not trial.outcome or trial.judged_at is None:
        return GateResult(False, _("Personkretsen är inte prövad. Pröva den."), url)
    evidence = context.dossier.evidence
    missing = missing_in_trial(trial.outcome, answers_of(trial), trial.reasons, len(evidence))
    if missing or not evidence:
        return GateResult(False, " ".join(missing) or _("Lägg till minst ett underlag."), url)
    titles = ", ".join(f"{one.title} ({long_date(one.dated)})" for one in evidence)
    if trial.outcome == Belonging.NONE:
        if context.proposal.refusal_ground == RefusalGround.NOT_IN_PERSONKRETS:
            return GateResult(True, _("Tillhör inte personkretsen, prövat på %s.") % titles, url)
        return GateResult(
            False, _("Personen tillhör inte personkretsen. Då kan insatsen inte beviljas."), url
        )
    return GateResult(
        True,
        _("Personkrets %(group)s, prövad på %(evidence)s.") % {"group": trial.outcome, "evidence": titles},
        url,
    )


def measure(context: GateContext) -> GateResult:
    """The measure is one of those the law names, and no section shuts it out (LSS 9 § 2, 7 a §, 9 b §)."""
    url = link(context, "investigations:assessment")
    if context.dossier.case.kind != CaseKind.ASSISTANCE:
        return GateResult(False, _("Ärendet gäller inte en insats i 9 § LSS."), link(context, "cases:case"))
    assessment = context.dossier.assessment
    shut_out = bool(assessment and assessment.temporary_protection)
    ground = context.proposal.refusal_ground
    if shut_out and ground != RefusalGround.TEMPORARY_PROTECTION:
        return GateResult(
            False, _("Personen har tillfälligt skydd, och det utesluter insatser enligt 7 a § LSS."), url
        )
    if ground == RefusalGround.TEMPORARY_PROTECTION and not shut_out:
        return GateResult(False, _("Utredningen säger inte att personen har tillfälligt skydd."), url)
    return GateResult(True, _("Personlig assistans är en insats enligt 9 § 2 LSS."), url)


def need(context: GateContext) -> GateResult:
    """The need is shown, moment by moment, and nothing in the assessment is unclear (LSS 7 § and 9 a §)."""
    url = link(context, "needs:sheet")
    if not context.dossier.moments:
        if context.proposal.refusal_ground == RefusalGround.NO_NEED:
            return GateResult(True, _("Utredningen visar inga behov av hjälp som räknas."), url)
        return GateResult(False, _("Skriv vilka moment personen behöver hjälp med."), url)
    if context.computed.problem:
        return GateResult(False, context.computed.problem, url)
    unclear = [one for one in context.computed.timeline if one["outcome"] == "unclear"]
    if unclear:
        return GateResult(
            False, _("Bedömningen är oklar. Svara på det som saknas i momenten, så kan tiden räknas ut."), url
        )
    return GateResult(
        True, _("%(count)d moment är beskrivna.") % {"count": len(context.dossier.moments)}, url
    )


def met_otherwise(context: GateContext) -> GateResult:
    """It is shown how far the need is in fact met in another way, by whom and how much (LSS 7 §, H-07)."""
    url = link(context, "investigations:assessment")
    assessment = context.dossier.assessment
    if assessment is None or not assessment.met_otherwise.strip():
        return GateResult(False, _("Skriv hur behoven tillgodoses i dag, av vem och hur mycket."), url)
    unnamed = [
        one.text
        for one in context.dossier.moments
        if one.met_otherwise_minutes > 0 and not one.met_by.strip()
    ]
    if unnamed:
        return GateResult(
            False,
            _("Skriv vem som tillgodoser en del av: %s.") % ", ".join(unnamed),
            link(context, "needs:sheet"),
        )
    return GateResult(True, _("Beskrivet hur behoven tillgodoses i dag."), url)


def good_living_conditions(context: GateContext) -> GateResult:
    """The measure is needed for good living conditions (LSS 5 § and 7 § second paragraph)."""
    assessment, url = context.dossier.assessment, link(context, "investigations:assessment")
    if assessment is None or not assessment.good_living_conditions.strip():
        return GateResult(False, _("Skriv varför insatsen behövs för goda levnadsvillkor."), url)
    return GateResult(True, _("Skälen finns i den samlade bedömningen."), url)


def own_view(context: GateContext) -> GateResult:
    """The person's own view of her needs is told beside the officer's (LSS 6 §, H-16)."""
    assessment, url = context.dossier.assessment, link(context, "investigations:assessment")
    if assessment is None or not assessment.own_view.strip():
        return GateResult(False, _("Skriv personens egen syn på sina behov och på insatsen."), url)
    return GateResult(True, _("Personens egen syn är beskriven."), url)


def childs_perspective(context: GateContext) -> GateResult:
    """The child was heard or it says why not, what is best for the child, and the effect (LSS 6 a and 8 §§)."""
    view, url = context.dossier.child_view, link(context, "investigations:child_view")
    told = {"heard": view.heard} | {name: getattr(view, name) for name in CHILD_TEXTS} if view else {}
    if missing := missing_in_child_view(told):
        return GateResult(False, " ".join(missing), url)
    return GateResult(True, _("Barnets perspektiv är beskrivet."), url)


def communicated(context: GateContext) -> GateResult:
    """The material was put to the person with time to answer, or it says lawfully why not (FL 25 §)."""
    url = link(context, "communication:communication")
    rows = context.dossier.communications
    state = state_from(rows, context.dossier.today)
    if state.waiver == Waiver.FULL_APPROVAL and context.kind != DecisionKind.GRANT:
        return GateResult(
            False, _("Skälet att ansökan beviljas fullt ut gäller bara när inget avslås. Kommunicera."), url
        )
    if state.waiver and not any(
        one.pk == state.communication_id and one.waiver_reason.strip() for one in rows
    ):
        return GateResult(False, _("Skriv varför materialet inte behöver kommuniceras."), url)
    return GateResult(state.is_settled, state.sentence, url)


def amounts(context: GateContext) -> GateResult:
    """The amounts are the same when the signer's session computes them again, from then and from now."""
    url = link(context, "needs:sheet")
    again = context.recomputation
    if context.computed.problem:
        return GateResult(False, context.computed.problem, url)
    if again is None:
        told = hours_long(context.biggest_total_s)
        return GateResult(True, _("Tiden är uträknad, som mest %s i veckan.") % told, url)
    if not again.same_when_replayed:
        return GateResult(
            False,
            _("Beräkningen ger inte längre det som föreslogs. Återlämna förslaget, så räknas det om."),
            link(context, "decisions:decision"),
        )
    if not again.same_now:
        return GateResult(
            False,
            _("Det här har ändrats sedan förslaget: %s") % " ".join(again.changes),
            link(context, "decisions:decision"),
        )
    if again.changes:
        return GateResult(
            True, _("Tiden är densamma. Ändrat sedan förslaget: %s") % " ".join(again.changes), url
        )
    return GateResult(True, _("Omräknat nu: samma tid som i förslaget."), url)


def outcome_fits(context: GateContext) -> GateResult:
    """The kind of decision says what the computation says: nothing is granted that the law does not give."""
    url = link(context, "decisions:proposal")
    totals = [int(one["total_s"]) for one in context.computed.timeline]
    granted = [total > 0 for total in totals]
    if context.kind == DecisionKind.REFUSAL:
        outside_the_facts = context.proposal.refusal_ground == RefusalGround.TEMPORARY_PROTECTION
        if any(granted) and not outside_the_facts:
            return GateResult(
                False, _("Beräkningen ger tid. Ändra beslutet, eller det i momenten som är fel."), url
            )
        return GateResult(True, _("Beräkningen ger ingen tid."), url)
    if not any(granted):
        return GateResult(False, _("Beräkningen ger ingen tid, så ansökan kan inte beviljas."), url)
    inside = granted[granted.index(True) : len(granted) - granted[::-1].index(True)]
    if not all(inside):
        return GateResult(
            False, _("Tiden blir noll under en del av perioden. Dela upp perioden i två beslut."), url
        )
    if context.kind == DecisionKind.GRANT and len(inside) < len(granted):
        return GateResult(
            False, _("En del av perioden ger ingen tid. Ändra perioden eller besluta om delvis avslag."), url
        )
    return GateResult(True, _("Beslutet stämmer med beräkningen."), url)


def sender_known(context: GateContext) -> GateResult:
    """The letter can say where an appeal is handed in and how to reach the board (FL 33 and 43 §§)."""
    missing = missing_in_sender(context.dossier.case.municipality)
    if missing:
        return GateResult(
            False,
            _("Kommunens uppgifter saknar %s. Be systemansvarig fylla i dem.") % ", ".join(missing),
            link(context, "cases:case"),
        )
    return GateResult(True, _("Kommunens adress och telefon finns i brevet."))
